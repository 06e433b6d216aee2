"""Exercises in a browser: without requests that leave, by keyboard, on a phone, without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.conftest import SLUGS, BuiltSite

LANGUAGES = ("zh", "en")
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.mark.parametrize("slug", SLUGS)
def test_what_a_cell_shows_is_unfolded_by_keyboard_on_a_phone(
    visit: Visit, site: BuiltSite, slug: str
) -> None:
    """One language: in the other a cell shows the same."""
    page = visit(site.page("zh", f"labs/{slug}"), **PHONE)
    fold = page.locator("details.lab-reveal").first
    expect(fold.locator("samp, svg").first).to_be_hidden()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold.locator("samp, svg").first).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS[:1])
def test_an_answer_leads_to_its_exercise_and_back_in_either_language(
    visit: Visit, site: BuiltSite, slug: str, language: str
) -> None:
    page = visit(site.page(language, slug), java_script_enabled=False)
    page.locator(".to-lab a").click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith(site.page(language, f"labs/{slug}"))
    page.locator(".languages a").click()
    other = "en" if language == "zh" else "zh"
    assert page.url.endswith(site.page(other, f"labs/{slug}"))
    page.locator(".answer-head a").first.click()
    assert page.url.endswith(site.page(other, slug))


def test_an_exercises_figure_follows_the_pages_colours(visit: Visit) -> None:
    colour = "getComputedStyle(document.querySelector('.lab-output svg text')).fill"
    light, dark = (visit("labs/iou/", color_scheme=scheme) for scheme in ("light", "dark"))
    assert light.evaluate(colour) != dark.evaluate(colour)


def test_code_is_copied_as_the_notebook_has_it(visit: Visit) -> None:
    page = visit("labs/iou/", permissions=["clipboard-read", "clipboard-write"])
    block = page.locator(".highlight").first
    block.hover()
    block.locator("button[data-md-type=copy], .md-clipboard").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text !== '')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("%matplotlib inline\n")
    assert "draw(PAIRS)" in copied
