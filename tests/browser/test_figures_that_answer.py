"""Figures answer: what is read out is the download's, by hand and by key; nothing is too small."""

import csv
import io
import json
import math
import re
import statistics

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Answer, Visit, in_languages
from tests.conftest import BuiltSite

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WITHOUT_SERIES = {"overlap", "shapes"}  # pictures of no measurements
OPEN = "document.querySelectorAll('article details').forEach(each => { each.open = true })"
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NUMBER = re.compile(r"−?\d[\d.]*(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")
# Where on the screen a point of a panel is, given as shares of the panel's width and height.
SPOT = """([figure, place, across, up]) => {
  const svg = figure.querySelector('.evidence-figure__drawing > svg')
  const { box: [left, top, right, bottom] } = JSON.parse(svg.querySelector('metadata').textContent)[place]
  const on = svg.querySelectorAll('.panel')[place] ?? svg
  const { x, y } = new DOMPoint(left + across * (right - left), bottom - up * (bottom - top))
    .matrixTransform(on.getScreenCTM())
  return [x, y]
}"""
TEXTS = """() => [...document.querySelectorAll('.evidence-figure__drawing > svg')].flatMap(svg => {
  const name = svg.closest('figure').id
  const home = svg.parentElement.getBoundingClientRect()
  const scale = svg.getScreenCTM().a
  return [...svg.querySelectorAll('text')].filter(each => each.textContent.trim()).map(each => {
    const { left, right } = each.getBoundingClientRect()
    const size = parseFloat(getComputedStyle(each).fontSize) * scale
    return [name, each.textContent, size, left - home.left, home.right - right]
  })
})"""


def numbers(text: str) -> list[float]:
    found = []
    for each in NUMBER.findall(text):
        plain = each.replace("−", "-").replace(" × 10", "e").translate(RAISED)
        found.append(float(plain))
    return found


def columns(site: BuiltSite, address: str) -> dict[str, list[float]]:
    """A CSV of the site by its columns; blanks are NaN."""
    rows = list(csv.reader(io.StringIO(site.text(address))))
    cells = [[float(each) if each else math.nan for each in row] for row in rows[1:]]
    return dict(zip(rows[0], map(list, zip(*cells, strict=True)), strict=True))


def close(shown: float, value: float) -> bool:
    return shown == pytest.approx(value, rel=6e-3, abs=1e-9)


def point_at(page: Page, figure: Locator, place: int, across: float, up: float) -> str:
    """What is read out with the pointer at a place of a panel."""
    figure.scroll_into_view_if_needed()
    x, y = page.evaluate(SPOT, [figure.element_handle(), place, across, up])
    if not 120 < y < 780:
        page.evaluate("y => scrollBy({ top: y - 450, behavior: 'instant' })", y)
        x, y = page.evaluate(SPOT, [figure.element_handle(), place, across, up])
    page.mouse.move(x, y)
    told = figure.locator(".reading b")
    told.wait_for()
    return figure.locator(".reading").inner_text()


@in_languages("en")
def test_every_panel_reads_out_what_its_download_has(answer: Answer, site: BuiltSite) -> None:
    page, slug = answer.at(), answer.slug
    figures = page.locator("figure.evidence-figure").all()
    assert figures
    for figure in figures:
        name = figure.get_attribute("data-name")
        if name in WITHOUT_SERIES:
            continue
        found = columns(site, f"data/{slug}/{name}.csv")
        panels = json.loads(figure.locator("svg[role=img] metadata").text_content())
        assert any(panel["series"] for panel in panels), f"{name} has nothing to read"
        for place, panel in enumerate(panels):
            if not panel["series"]:  # such as a map
                continue
            text = point_at(page, figure, place, 0.52, 0.5)
            head = figure.locator(".reading b").inner_text()
            assert panel["title"] in head
            told = numbers(text.removeprefix(head))
            assert told, text
            assert fits(head, told, panel["series"], found), (name, place, text)
        page.mouse.move(5, 5)
        expect(figure.locator(".reading")).to_be_empty()


def fits(
    head: str, told: list[float], series: list[dict[str, str]], found: dict[str, list[float]]
) -> bool:
    """Whether some series of a panel, of that label, has these numbers at one of its places."""
    for one in series:
        if not head.startswith(one["label"]):
            continue
        names = [name for name in found if name.startswith(one["column"])]
        if one["kind"] == "band":
            five = zip(*(found[f"{one['column']}.{q}"] for q in ORDER), strict=True)
            if any(all(map(close, told, row)) for row in five):
                return True
        elif one["kind"] == "dots":
            values = [each for each in found[one["column"]] if not math.isnan(each)]
            value, *spread = told
            quartiles = statistics.quantiles(values, n=4, method="inclusive")
            expected = [quartiles[1], quartiles[0], quartiles[2], min(values), max(values)]
            if any(close(value, v) for v in values) and all(map(close, spread, expected)):
                return True
        elif any(close(told[-1], v) for name in names for v in found[name]):
            return True
    return False


ORDER = ("median", "lower", "upper", "low", "high")  # as the words have them


def test_keys_move_along_a_series_and_to_the_next_one(visit: Visit, site: BuiltSite) -> None:
    page = visit("en/initialization/")
    page.evaluate(OPEN)
    figure = page.locator("#figure-curves")
    figure.locator("svg[role=img]").focus()
    page.keyboard.press("ArrowLeft")
    head = figure.locator(".reading b")
    expect(head).to_have_text("Xavier, correlated Gaussians, step 450")
    found = columns(site, "data/initialization/curves.csv")
    place = found["step"].index(450)
    told = numbers(figure.locator(".reading").inner_text())
    assert close(told[1], found["correlated.xavier.median"][place])
    page.keyboard.press("ArrowDown")
    expect(head).to_have_text("constant 0, correlated Gaussians, step 450")
    assert figure.locator(".pale").count() > 4
    page.keyboard.press("Escape")
    expect(figure.locator(".reading")).to_be_empty()
    assert figure.locator(".pale").count() == 0


def test_a_label_picks_its_series_out_by_pointer_and_by_touch(visit: Visit) -> None:
    for options in ({}, PHONE):
        page = visit("en/initialization/", **options)
        page.evaluate(OPEN)
        figure = page.locator("#figure-curves")
        label = figure.locator("text", has_text="N(0, 1)").first
        label.scroll_into_view_if_needed()
        page.evaluate("scrollBy({ top: 100, behavior: 'instant' })")
        box = label.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.touchscreen.tap(x, y) if options else page.mouse.move(x, y)
        expect(figure.locator(".pale").first).to_be_attached()
        colour = re.search(r"--figure-\d+", label.get_attribute("style"))[0]
        paths = f"path[style*='{colour},']"
        assert figure.locator(paths).count() > 2
        assert figure.locator(f"{paths}.pale").count() == 0
        assert figure.locator("path[style*='--figure-1,']:not(.pale)").count() == 0


def test_a_finger_reads_a_live_figure_in_the_setting_that_it_shows(
    visit: Visit, site: BuiltSite
) -> None:
    page = visit("en/initialization/", **PHONE)
    figure = page.locator("#figure-spread")
    slider = figure.locator("[type=range]")
    slider.focus()
    page.keyboard.press("Home")
    expect(figure.get_by_role("status").first).to_contain_text("σ = 0.005")
    figure.scroll_into_view_if_needed()
    page.touchscreen.tap(*page.evaluate(SPOT, [figure.element_handle(), 0, 0.98, 0.1]))
    told = figure.locator(".reading")
    expect(told.locator("b")).to_have_text(re.compile("σ = 0.005.*step 500"))
    found = columns(site, "data/initialization/spread.0.005.csv")
    values = numbers(told.inner_text())
    assert any(close(found["chosen.accuracy.median"][-1], each) for each in values)


def test_text_in_figures_is_large_enough_on_a_phone_and_inside_everywhere(answer: Answer) -> None:
    page = answer.at(390)
    texts = page.evaluate(TEXTS)
    figures = page.locator("figure:has(.evidence-figure__drawing > svg)")
    assert {each[0] for each in texts} == {*figures.evaluate_all("all => all.map(f => f.id)")}
    assert [each for each in texts if each[2] < 11] == []
    cut = [each for each in [*texts, *answer.at(1440).evaluate(TEXTS)] if min(each[3:]) < -2]
    assert cut == []


@in_languages("en")
def test_on_a_wide_page_panels_stand_side_by_side_and_use_its_width(answer: Answer) -> None:
    found = answer.at().evaluate(
        """() => [...document.querySelectorAll('article svg.panels:not(.panels--pairs)')].map(svg => {
          const [one, other] = [...svg.querySelectorAll('.panel')].map(each => each.getBoundingClientRect())
          return [svg.closest('figure').id, Math.abs(one.top - other.top) < 12, 2 * svg.getBoundingClientRect().width]
        })"""
    )
    assert [each for each in found if not each[1] or each[2] < 600] == []
