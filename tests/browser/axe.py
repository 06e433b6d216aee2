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
RUN = """async ([part, rules, without]) => {
  await new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))
  const off = Object.fromEntries(without.map(rule => [rule, { enabled: false }]))
  const only = rules ? { runOnly: rules } : { rules: { 'target-size': { enabled: true }, ...off } }
  const options = { ...only, resultTypes: ['violations'], preload: false }
  const { violations } = await axe.run(part, options)
  return violations.flatMap(({ id, nodes }) => nodes.map(node =>
    `${id}: ${node.target.join(' ')}: ${node.any.concat(node.all, node.none)[0]?.message}`))
}"""
# Colours are four fifths of axe's time. Of blocks whose words all stand in elements of one way from
# the root, one style of their own, and the same colours, as a table's cells do, one keeps its words.
LOOK_AT_COLOURS = """() => {
  window.kinds ??= new Map()
  for (const each of document.body.querySelectorAll('*')) {
    const of = getComputedStyle(each)
    const kind = [of.color, of.backgroundColor, of.backgroundImage, of.opacity, of.fontSize,
      of.fontWeight, of.textDecorationLine].join()
    kinds.set(each, (kinds.get(each) ?? '') + kind)
  }
}"""
LEAVE_ONE_OF_A_KIND = """() => {
  const ways = new Map()
  const way = each => {
    if (each === document.body) return ''
    if (!ways.has(each)) ways.set(each, [way(each.parentElement), each.tagName,
      each.getAttribute('class'), each.getAttribute('style'), kinds.get(each)].join())
    return ways.get(each)
  }
  const block = each => getComputedStyle(each).display.startsWith('inline') &&
    each !== document.body ? block(each.parentElement) : each
  const blocks = new Map()
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text; (text = texts.nextNode());) {
    if (!text.data.trim() || text.parentElement.matches('script, style')) continue
    const of = block(text.parentElement)
    blocks.has(of) ? blocks.get(of).push(text) : blocks.set(of, [text])
  }
  const seen = new Set()
  for (const texts of blocks.values()) {
    const found = texts.map(text => way(text.parentElement))
    if (found.every(each => seen.has(each))) texts.forEach(text => { text.data = '' })
    found.forEach(each => seen.add(each))
  }
}"""


def prepare(page: Page) -> None:
    """Loads axe into the page, opens all that is closed, and leaves one of many equal marks."""
    page.add_style_tag(content=STILL)
    page.evaluate(OPEN_AND_THIN)
    page.evaluate(AXE)


def violations(
    page: Page, rules: list[str] | None = None, part: str = "html", without: list[str] | None = None
) -> list[str]:
    """What breaks those rules, or any of axe's (best practices and target size among them)."""
    found: list[str] = page.evaluate(RUN, [part, rules, without or []])
    return found


def in_both_schemes(
    page: Page,
    widths: tuple[int, ...] = (1440, 390),
    part: str = "html",
    coloured: tuple[int, ...] = (1440, 390),
) -> list[str]:
    """What a prepared page, or a part of it, breaks at each width, and its colours at some.

    Colours are all that light and dark can change. To look at them takes words from the page.
    """
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {wrong}" for wrong in violations(page, None, part, BY_COLOUR)]
    looks = [(width, scheme) for width in coloured for scheme in ("light", "dark")]
    for look in looks:
        _shown(page, *look)
        page.evaluate(LOOK_AT_COLOURS)
    if looks:
        page.evaluate(LEAVE_ONE_OF_A_KIND)
    for width, scheme in looks:
        _shown(page, width, scheme)
        found += [f"{scheme}, {width}: {wrong}" for wrong in violations(page, BY_COLOUR, part)]
    return found


def _shown(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    name = {"light": "default", "dark": "slate"}[scheme]
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
