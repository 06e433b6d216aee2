"""A page on a phone: nothing is lost at an edge without a sign, lines break well, swipes scroll."""

import re

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Answer, Look, Visit, in_languages

LANGUAGES = ("zh", "en")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
BEGIN_LINES = """() => {
  const closing = /[，。、；：！？）」』”’》…,.;:!?)\\]]/g
  const range = document.createRange()
  const texts = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT)
  const found = []
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const inside = text.parentElement
    const before = text.previousSibling
    if (inside.closest('pre, svg, math, .formula-tex') || !inside.checkVisibility()) continue
    for (const { index } of text.data.matchAll(closing)) {
      if (!index && !before) continue
      range.setStart(text, index)
      range.setEnd(text, index + 1)
      const here = range.getBoundingClientRect()
      if (index) range.setStart(text, index - 1), range.setEnd(text, index)
      else range.selectNodeContents(before)
      const last = [...range.getClientRects()].at(-1)
      if (here.width && last && here.top >= last.bottom - 2 && here.left < last.left)
        found.push(inside.textContent.slice(0, 40) + ' … ' + text.data.slice(index, index + 9))
    }
  }
  return found
}"""


def test_no_line_begins_with_a_comma_or_a_stop(answer: Answer) -> None:
    for width in (360, 390, 412):
        assert answer.at(width).evaluate(BEGIN_LINES) == [], width


SMALL = """() => [...document.querySelectorAll('a[href], button, input, select, summary')]
  .filter(each => !each.matches('.md-annotation__index')) // stands in a line of code, as a link in a sentence
  .map(each => each.closest('label') ?? each)
  .filter(each => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map(each => [each, each.getBoundingClientRect()])
  .filter(([, { width, height, right }]) => width && right > 0 && Math.min(width, height) < 24)
  .map(([each, { width, height }]) => `${each.outerHTML.slice(0, 90)} ${width} × ${height}`)"""


@in_languages("zh")
def test_every_target_has_room_for_a_finger(answer: Answer) -> None:
    assert answer.at(390).evaluate(SMALL) == []


def test_every_target_of_the_index_has_room_for_a_finger(look: Look) -> None:
    assert look("questions/", 390).evaluate(SMALL) == []


def test_every_edge_that_cuts_says_so(answer: Answer) -> None:
    page = answer.at(390)
    page.wait_for_timeout(100)
    cut = """() => [...document.querySelectorAll('article *')].filter(each =>
      /auto|scroll/.test(getComputedStyle(each).overflowX) &&
      each.scrollWidth > each.clientWidth + 1 && each.checkVisibility())"""
    silent = page.evaluate(
        f"({cut})().filter(each => getComputedStyle(each).maskImage === 'none').map(each => each.outerHTML.slice(0, 80))"
    )
    assert silent == []
    assert page.evaluate(f"({cut})().length") > 0
    commands = page.evaluate(
        f"({cut})().filter(each => each.closest('.receipt, .downloads')).length"
    )
    assert commands == 0


@in_languages("en")
def test_no_option_of_a_command_is_parted(answer: Answer) -> None:
    lines = "all => all.map(each => new Set([...each.getClientRects()].map(({ y }) => y)).size)"
    page = answer.at(390)
    found = page.locator(".receipt pre .joined").evaluate_all(lines)
    receipts = page.locator("figure .receipt").count()
    assert receipts
    assert found == [1, 1] * receipts


def test_the_sign_follows_what_is_scrolled(visit: Visit) -> None:
    page = visit("iou/", **PHONE)
    code = page.locator(".highlight code.cut-after").first
    place = code.element_handle()
    place.evaluate("each => each.scrollBy(40, 0)")
    page.wait_for_function("each => each.matches('.cut-before.cut-after')", arg=place)
    place.evaluate("each => each.scrollBy(9999, 0)")
    page.wait_for_function("each => each.matches('.cut-before:not(.cut-after)')", arg=place)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_function("each => !each.matches('.cut-before, .cut-after')", arg=place)


ENLARGE_ALL = """async () => {
  const frame = () => new Promise(requestAnimationFrame)
  const found = []
  for (const button of document.querySelectorAll('[data-close]')) {
    button.click()
    await frame()
    const dialog = document.querySelector('dialog.figure-large')
    const { left, right, height } = dialog.querySelector('svg[role=img]').getBoundingClientRect()
    const fits = dialog.open && dialog.scrollWidth <= dialog.clientWidth
    dialog.querySelector('form[method=dialog] button').click()
    for (let frames = 0; frames < 300 && dialog.isConnected; frames++) await frame()
    found.push([fits, left, right, height, !dialog.isConnected])
  }
  return found
}"""


@in_languages("en")  # whose words are the longer ones
def test_an_enlarged_figure_fits(answer: Answer) -> None:
    for width, height in ((390, 844), (844, 390)):  # sideways, its panels stand abreast
        page = answer.at(width, height)
        found = page.evaluate(ENLARGE_ALL)
        assert len(found) == page.locator("[data-close]").count() > 0
        for fits, left, right, high, closes in found:
            assert fits or width > height
            assert left >= 0
            assert right <= width
            assert high <= height
            assert closes


def test_a_number_stays_with_what_it_counts(visit: Visit) -> None:
    page = visit("finetuning/", **PHONE)
    heads = page.locator("article th:visible", has_text=re.compile("每类.5")).all()
    assert heads
    for head in heads:
        lines = head.evaluate(
            """each => {
              const range = document.createRange()
              const [text] = each.childNodes
              const top = place => {
                range.setStart(text, place)
                range.setEnd(text, place + 1)
                return range.getBoundingClientRect().top
              }
              const place = text.data.indexOf('5')
              return [top(place), top(place + 2)]
            }"""
        )
        assert lines[0] == lines[1]


def boxes(page: Page) -> list[int]:
    return page.evaluate(
        "[...document.querySelectorAll('#figure-overlap [type=number]')].map(each => +each.value)"
    )


def swipe(page: Page, part: Locator, dx: int, dy: int, rest: int = 0) -> tuple[float, list[int]]:
    """A finger that begins on a part and goes ten times so far: what it scrolled, what it moved."""
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    top, before = page.evaluate("scrollY"), boxes(page)
    session = page.context.new_cdp_session(page)
    for step in range(11):
        kind = "touchMove" if step else "touchStart"
        points = [{"x": x + step * dx, "y": y + step * dy}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(16 if step else 16 + rest)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(400)
    return page.evaluate("scrollY") - top, [b - a for a, b in zip(before, boxes(page), strict=True)]


@pytest.mark.parametrize(("dx", "dy"), [(0, -20), (5, -20), (0, 15), (-4, 12)])
def test_a_swipe_up_or_down_over_a_box_scrolls_the_page(visit: Visit, dx: int, dy: int) -> None:
    page = visit("iou/", **PHONE)
    page.locator("#figure-overlap").scroll_into_view_if_needed()
    scrolled, moved = swipe(page, page.locator("[data-box='1'][data-part='0']"), dx, dy)
    assert abs(scrolled) > 60
    assert (scrolled > 0) == (dy < 0)
    assert set(moved) == {0}


@pytest.mark.parametrize(
    ("part", "dx", "dy", "rest"), [(0, 5, 0, 0), (0, -4, 5, 0), (0, 0, 5, 500), (4, 0, 3, 0)]
)
def test_a_drag_to_a_side_after_a_rest_or_by_a_corner_moves_it(
    visit: Visit, part: int, dx: int, dy: int, rest: int
) -> None:
    page = visit("iou/", **PHONE)
    page.locator("#figure-overlap").scroll_into_view_if_needed()
    scrolled, moved = swipe(page, page.locator(f"[data-box='1'][data-part='{part}']"), dx, dy, rest)
    assert scrolled == 0
    assert set(moved) != {0}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_narrowest_phone_shows_the_sites_name_whole(look: Look, language: str) -> None:
    page = look("" if language == "zh" else "en/", width=320)
    name = page.locator(".md-header__topic .md-ellipsis").first
    assert name.evaluate("each => each.scrollWidth <= each.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
