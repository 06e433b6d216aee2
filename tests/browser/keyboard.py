"""A page walked with the Tab key, or by script: what took the focus, and how that was seen."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.axe import STILL
from tests.conftest import SLUGS

Stop = dict[str, object]
WALKED = (SLUGS[0], "")  # a question whose pages are walked wide as well, and those of none
MOST = 2000  # stops; more than any page has, fewer than a trap makes

OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true })"
DRAWN = """() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(done))))"""
# A note closes a moment after its mark has lost the focus.
CLOSED = """() => [...document.querySelectorAll('.md-tooltip--active')].every(each =>
  each.closest('.md-annotation')?.contains(document.activeElement) ?? true)"""

# Looked at when the next key goes down: by then the browser has scrolled there and drawn it.
RECORD = """() => {
  const marked = each => each && ['', '::before', '::after'].some(part => {
    const style = getComputedStyle(each, part || null)
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 &&
      !/, 0\\)$|transparent/.test(style.outlineColor)
  })
  const inside = (x, y) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight
  const shows = (each, x, y) => {
    const found = inside(x, y) && document.elementFromPoint(x, y)
    return found && (each.contains(found) || found.contains(each) && !found.matches(GROUND))
  }
  const GROUND = 'body, main, article, .md-container, .md-main__inner, .md-content'
  const steps = [...Array(9).keys()].map(step => 0.02 + step * 0.12)
  const onTop = each => [...each.getClientRects()].some(({ left, top, width, height }) =>
    steps.some(across => steps.some(down => shows(each, left + across * width, top + down * height))))
  const name = each => `<${each.tagName.toLowerCase()} ${each.id && '#' + each.id} ` +
    `${each.getAttribute('class')?.replace('focus-visible', '').trim() ?? ''}> ` +
    each.textContent.trim().slice(0, 30)
  window.stops = []
  const known = new Map()
  addEventListener('keydown', ({ key }) => {
    const at = document.activeElement
    if (key !== 'Tab' || !at || at === document.body) return
    if (!known.has(at)) known.set(at, known.size)
    stop(at)
  }, true)
  const stop = at => {
    // A control without a size of its own shows the focus on its label.
    const seen = at.matches('.tabbed-set > input') ? at.nextElementSibling : at
    stops.push({
      place: known.get(at), name: name(at),
      marked: marked(at) || marked(seen) || [...at.children].some(marked),
      visible: onTop(seen) || [...seen.children].some(onTop),
    })
  }
  // Of a group of radio buttons the chosen one is a stop, or the first where none is chosen.
  const groups = new Set()
  const chosen = name => document.querySelector(`[type=radio][name="${CSS.escape(name)}"]:checked`)
  const leads = ({ type, name, checked }) => type !== 'radio' || checked ||
    !chosen(name) && !groups.has(name) && groups.add(name)
  const now = () => [...document.querySelectorAll('a[href], area[href], button, input, select, ' +
    'textarea, summary, iframe, [contenteditable], [tabindex]')].filter(each =>
    each.tabIndex >= 0 && !each.matches(':disabled') && each.checkVisibility({ visibilityProperty: true }))
  const reachable = now().filter(leads)
  window.missed = () => reachable.filter(each => !known.has(each) && each.tabIndex >= 0).map(name)
  window.focusAll = async () => {
    const tried = new Set()
    for (let fresh = now(); fresh.length; fresh = now().filter(each => !tried.has(each))) {
      for (const each of fresh) {
        tried.add(each)
        each.focus()
        if (document.activeElement === each) known.set(each, known.size), stop(each)
      }
      await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
    }
  }
  return reachable.length
}"""


@dataclass(frozen=True)
class Walk:
    """Names of what took the focus, in order, and what was wrong with some."""

    stops: tuple[str, ...]
    missed: tuple[str, ...]
    unmarked: tuple[str, ...]
    hidden: tuple[str, ...]
    trapped: bool

    @property
    def faults(self) -> list[str]:
        """In words, all that a reader without a mouse would meet."""
        return [
            *(f"not reached: {name}" for name in self.missed),
            *(f"focus without a mark: {name}" for name in self.unmarked),
            *(f"focus out of sight: {name}" for name in self.hidden),
            *(["the last stop does not let go"] if self.trapped else []),
        ]


def confirmed(page: Page, key: str = "Tab") -> Walk:
    """A walk through a page as its address gives it; what is wrong, a patient one finds too.

    On a busy machine a key may come before what the last one led to is drawn.
    """
    walked = walk(page, key)
    if walked.faults:
        page.reload()
        walked = walk(page, key, patient=True)
    return walked


def walk(page: Page, key: str = "Tab", *, patient: bool = False) -> Walk:
    """Presses the key through the whole page, all of it unfolded, once around.

    Code that comes in sight gets its button and notes then: the way round grows as it is walked.
    """
    _open(page)
    ahead: int = page.evaluate(RECORD) + 8
    pressed, stops, once = 0, [], []
    while stops == once and not _stuck(stops) and pressed < MOST:
        for _ in range(ahead):
            page.keyboard.press(key)
            if patient:
                page.evaluate(DRAWN)
                page.wait_for_function(CLOSED)
        pressed, ahead = pressed + ahead, 20
        stops = page.evaluate("stops")
        once = _first_round(stops)
    return Walk(
        stops=tuple(stop["name"] for stop in once),
        missed=tuple(page.evaluate("missed()")),
        unmarked=tuple(stop["name"] for stop in once if not stop["marked"]),
        hidden=tuple(stop["name"] for stop in once if not stop["visible"]),
        trapped=_stuck(stops),
    )


def focused(page: Page) -> Walk:
    """What a walk finds in a page at another width, where its keys lead to the same places.

    A script focuses each place in turn: that shows whether the focus is marked and in sight there.
    """
    _open(page)
    page.evaluate(RECORD)
    page.keyboard.press("Tab")  # whoever uses keys is shown the focus
    page.evaluate("focusAll()")
    stops = page.evaluate("stops")
    return Walk(
        stops=tuple(stop["name"] for stop in stops),
        missed=tuple(page.evaluate("missed()")),
        unmarked=tuple(stop["name"] for stop in stops if not stop["marked"]),
        hidden=tuple(stop["name"] for stop in stops if not stop["visible"]),
        trapped=False,
    )


def skips_to_the_content(page: Page) -> bool:
    """Whether the first stop of a new page is a link in sight past all that every page has."""
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    expect(page.locator(".md-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    return page.evaluate("!!document.activeElement.closest('article')")


def _open(page: Page) -> None:
    """Unfolds all, and lets what loads its script in sight do so."""
    page.evaluate(OPEN_ALL)
    page.add_style_tag(content=STILL)
    for late in page.locator("[data-script]").all():
        late.scroll_into_view_if_needed()
        page.wait_for_function("each => !each.matches(':disabled *')", arg=late.element_handle())
    page.evaluate("scrollTo(0, 0)")


def _stuck(stops: list[Stop]) -> bool:
    return len(stops) > 3 and len({stop["place"] for stop in stops[-3:]}) == 1


def _first_round(stops: list[Stop]) -> list[Stop]:
    seen: set[object] = set()
    for number, stop in enumerate(stops):
        if stop["place"] in seen and stop["place"] != stops[number - 1]["place"]:
            return stops[:number]
        seen.add(stop["place"])
    return stops
