"""The other language shows what this one does: address, place, folds, settings, colours."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.conftest import BuiltSite

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
BOXES = [60, 75, 180, 195, 180, 75, 300, 195]
TOPS = """() => {
  const zero = document.querySelector('.md-header').getBoundingClientRect().bottom
  const code = [...document.querySelectorAll('article .highlight')]
  return [...document.querySelectorAll('article :is([id]:not(h1, svg *, [id^=__]), .highlight)')]
    .filter(each => each.checkVisibility())
    .map(each => [each.id || `code ${code.indexOf(each)}`, each.getBoundingClientRect().top - zero])
}"""

FOUND = f"""([before, most]) => {{
  const after = Object.fromEntries(({TOPS})())
  const shared = before.filter(([id]) => id in after)
  const at = shared.findLastIndex(([, top]) => top <= 1)
  const [[above, start], [below, end]] = shared.slice(at)
  const share = -start / (end - start)
  return Math.abs(after[above] + share * (after[below] - after[above])) <= most
}}"""


def switch(page: Page) -> None:
    page.locator(".languages a").click()
    page.wait_for_load_state("load")


def boxes(page: Page) -> list[int]:
    return page.evaluate(
        "[...document.querySelectorAll('#figure-overlap [type=number]')].map(each => +each.value)"
    )


@pytest.mark.parametrize("to", ["en", "zh"])
def test_address_boxes_and_what_is_others_go_along(visit: Visit, site: BuiltSite, to: str) -> None:
    query = f"utm_source=mail&boxes={','.join(map(str, BOXES))},360,0"
    page = visit(f"{site.page({'en': 'zh', 'zh': 'en'}[to], 'iou')}?{query}#c2")
    switch(page)
    expect(page).to_have_url(re.compile(re.escape(f"{site.page(to, 'iou')}?{query}#c2") + "$"))
    assert boxes(page) == BOXES
    expect(page.locator("details.claim:has(#c2)")).to_have_attribute("open", "")


def test_a_setting_goes_along_however_quickly_one_switches(visit: Visit) -> None:
    page = visit("iou/?h=x")
    page.evaluate(
        """() => {
          document.querySelectorAll('#figure-overlap .boxes-presets button')[1].click()
          document.querySelector('.languages a').click()
        }"""
    )
    page.wait_for_url("**/en/iou/?h=x&boxes=60,75,*")
    assert boxes(page) == BOXES
    page = visit("regularization/")
    slider = page.locator("#figure-strength [type=range]").first
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator("#figure-strength .evidence-figure__title")).to_contain_text("λ = 10")
    page.evaluate("document.querySelector('.languages a').click()")
    page.wait_for_url("**/en/regularization/?strength.lambda=10#figure-strength")


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", ["iou/", "en/finetuning/#code", "labs/iou/", "self-test/"])
def test_one_reads_on_at_the_same_place(
    visit: Visit, path: str, options: dict[str, object]
) -> None:
    page = visit(path, **options)
    for y in (1200, 3100):
        page.evaluate(f"scrollTo(0, {y})")
        page.wait_for_timeout(400)  # code that comes in sight takes its notes
        before = page.evaluate(TOPS)
        switch(page)
        page.wait_for_function(FOUND, arg=[before, 24])  # a line of text


def test_open_folds_stay_open_and_the_top_stays_the_top(visit: Visit) -> None:
    page = visit("initialization/#code")
    summaries = page.locator("article details > summary")
    for place in (0, 3):
        summaries.nth(place).click()
    page.evaluate("scrollTo(0, 0)")
    folds = "[...document.querySelectorAll('article details')].map(each => each.open)"
    before = page.evaluate(folds)
    assert before.count(True) == 2
    switch(page)
    page.wait_for_function("scrollY === 0")
    assert page.evaluate(folds) == before


def test_the_place_is_for_that_page_and_that_moment(visit: Visit) -> None:
    page = visit("iou/")
    page.evaluate("scrollTo(0, 3000)")
    switch(page)
    page.wait_for_function("scrollY > 0")
    page.goto(page.url.replace("iou", "finetuning"))
    assert page.evaluate("scrollY") == 0
    for left in ('"x"', "{}", '{"path": "/answers/en/iou/", "when": 8e15, "open": 5}'):
        page.evaluate("left => localStorage.setItem('/answers/.left', left)", left)
        page.goto(page.url.replace("finetuning", "iou"))
        assert page.evaluate("scrollY") == 0


def test_the_filter_goes_along_its_tag_in_the_other_words(visit: Visit) -> None:
    page = visit("questions/?from=mail&text=")
    page.locator("[name=difficulty]").select_option("1")
    page.locator("[name=tag]").select_option("交并比")
    shown = page.locator(".entry:visible h2").evaluate_all("all => all.map(each => each.id)")
    for tag in ("intersection over union", "交并比"):
        switch(page)
        expect(page.locator("[name=tag]")).to_have_value(tag)
        expect(page.locator("[name=difficulty]")).to_have_value("1")
        found = page.locator(".entry:visible h2").evaluate_all("all => all.map(each => each.id)")
        assert found == shown
        assert "?from=mail&" in page.url


def test_a_filter_that_means_nothing_is_passed_over_and_left_alone(visit: Visit) -> None:
    for query in (
        "tag=nowhere",
        "verdict=%E0%A4%A&x=1,2",
        "difficulty=9&utm_source=a%20b",
        "=&&text",
    ):
        page = visit(f"questions/?{query}#question-iou")
        assert page.url.endswith(f"?{query}#question-iou")
        expect(page.locator(".entry:visible")).to_have_count(page.locator(".entry").count())
        expect(page.locator("[name=tag]")).to_have_value("")


def test_dark_stays_dark(visit: Visit) -> None:
    page = visit("iou/", color_scheme="light")
    for _ in range(2):
        page.locator(".schemes").click()
    for _ in range(2):
        switch(page)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize(
    "part", [".languages a", ".schemes", ".md-header .md-logo", ".md-search__input"]
)
def test_focus_in_the_header_moves_no_page(visit: Visit, part: str) -> None:
    page = visit("iou/")
    page.evaluate("scrollTo(0, 2500)")
    page.evaluate("part => document.querySelector(part).focus()", part)
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") == 2500
