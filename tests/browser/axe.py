"""axe-core, from disk, on an open page: what it finds there, in words."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page, expect

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
BY_COLOUR = ["color-contrast", "link-in-text-block"]  # all that light and dark can change
STILL = "*, *::before, *::after { transition: none !important; animation: none !important }"

# A picture's marks are no content beside its name, and tokens of a kind share their colours: with
# one of each left, axe takes a fraction of the time.
OPEN_AND_THIN = """() => {
  document.querySelectorAll('details').forEach(each => { each.open = true })
  document.querySelectorAll('svg[role=img] > :not(title, desc)').forEach(mark => mark.remove())
  const seen = new Set()
  for (const token of document.querySelectorAll('.highlight code span[class]')) {
    const kind = `${token.parentElement.className} ${token.className}`
    seen.has(kind) ? token.replaceWith(...token.childNodes) : seen.add(kind)
  }
  document.querySelectorAll('code > span[id]:not(:has(*))').forEach(line => {
    line.replaceWith(line.textContent)
  })
}"""
# What scrolls becomes focusable by script in the frame after a change of width: axe waits for it.
RUN = """async ([part, rules]) => {
  await new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))
  const only = rules ? { runOnly: rules } : { rules: { 'target-size': { enabled: true } } }
  const options = { ...only, resultTypes: ['violations'], preload: false }
  const { violations } = await axe.run(part, options)
  return violations.flatMap(({ id, nodes }) => nodes.map(node =>
    `${id}: ${node.target.join(' ')}: ${node.any.concat(node.all, node.none)[0]?.message}`))
}"""


def prepare(page: Page) -> None:
    """Loads axe into the page, opens all that is closed, and leaves one of many equal marks."""
    page.add_style_tag(content=STILL)
    page.evaluate(OPEN_AND_THIN)
    page.evaluate(AXE)


def violations(page: Page, rules: list[str] | None = None, part: str = "html") -> list[str]:
    """What breaks those rules, or any of axe's (best practices and target size among them)."""
    found: list[str] = page.evaluate(RUN, [part, rules])
    return found


def in_both_schemes(
    page: Page,
    widths: tuple[int, ...] = (1440, 390),
    part: str = "html",
    dark: tuple[int, ...] = (1440, 390),
) -> list[str]:
    """What a prepared page, or a part of it, breaks at each width in light, and at some in dark."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        schemes = [("light", "default", None), ("dark", "slate", BY_COLOUR)]
        for scheme, name, rules in schemes if width in dark else schemes[:1]:
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
            found += [f"{scheme}, {width}: {wrong}" for wrong in violations(page, rules, part)]
    return found
