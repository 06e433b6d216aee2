"""The interval to drag on the page of verdicts: its rule is the tested one, by slider, key and hand."""

import json
from itertools import product

from playwright.sync_api import Page, expect

from dlqa.evidence.sides import Border, Side, decide
from dlqa.evidence.verdicts import Verdict, combine
from dlqa.publishing.verdicts import verdict_class
from tests.browser.conftest import Visit

PAGE = "en/code/evidence/"
SET = """([mean, seeds, margin, second]) => {
  const form = document.querySelector('.trial')
  Object.assign(form.elements.mean, { value: mean })
  Object.assign(form.elements.seeds, { value: seeds })
  Object.assign(form.elements.margin, { value: margin })
  form.elements.second.checked = second
  form.dispatchEvent(new Event('input'))
  return form.querySelector('[data-verdict]:not([hidden])').dataset.verdict
}"""
SIDES = {
    Side.ABOVE: Verdict.HOLDS, Side.BELOW: Verdict.FAILS,
    Side.EQUAL: Verdict.EQUAL, Side.UNDECIDED: Verdict.UNDECIDED,
}  # fmt: skip


def shown(page: Page) -> str:
    return page.locator(".trial [data-verdict]:visible").get_attribute("data-verdict")


def test_its_verdicts_are_those_of_the_code_below(visit: Visit) -> None:
    page = visit(PAGE)
    facts = json.loads(page.locator(".trial").get_attribute("data-facts"))
    seen = set()
    for mean, seeds, margin, second in product(
        (-2, 0, 0.9, 1.1, 1.7, 4), range(5), (0, 1), (False, True)
    ):
        reach = facts["reach"][seeds][1]
        border = Border(margin, facts["near"])
        means = [mean, facts["other"]][: 1 + second]
        sides = [decide(each - reach, each + reach, border) for each in means]
        expected = verdict_class(combine([SIDES[side] for side in sides]))
        assert page.evaluate(SET, [mean, seeds, margin, second]) == expected
        seen.add(expected)
    assert len(seen) == 5


def test_it_answers_to_keys_and_to_a_drag(visit: Visit) -> None:
    page = visit(PAGE)
    expect(page.locator(".trial [data-verdict=holds]")).to_be_visible()
    slider = page.locator(".trial [name=seeds]")
    slider.focus()
    page.keyboard.press("Home")
    assert shown(page) == "undecided"
    expect(slider).to_have_attribute("aria-valuetext", "6")
    page.keyboard.press("End")
    box = page.locator(".trial svg").bounding_box()
    y = box["y"] + box["height"] / 3
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    assert shown(page) == "practically-equal"
    page.mouse.move(box["x"] + 30, y)
    page.mouse.up()
    assert shown(page) == "does-not-hold"


def test_without_a_script_the_picture_and_its_verdict_stand(visit: Visit) -> None:
    page = visit(PAGE, java_script_enabled=False)
    expect(page.locator(".trial svg")).to_be_visible()
    expect(page.locator(".trial [data-verdict=holds]")).to_be_visible()
    expect(page.locator(".trial input")).to_have_count(4)
    expect(page.locator(".trial fieldset")).to_be_hidden()
