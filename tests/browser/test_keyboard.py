"""The site without a mouse: everything is reached, and where one is can be seen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import STILL
from tests.browser.conftest import Visit
from tests.browser.keyboard import DRAWN, WALKED, confirmed, focused, walk
from tests.browser.serving import StaticServer
from tests.conftest import SLUGS, BuiltSite

LANGUAGES = ("zh", "en")
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("of", [*SLUGS, ""])
def test_tab_reaches_everything_on_every_page_and_shows_where_it_is(
    visit: Visit, server: StaticServer, site: BuiltSite, of: str
) -> None:
    """One language: the other's pages have the same parts, which tests/pages holds them to. With
    keys pressed one by one and wide, those of one question and of none; of the others the answer."""
    page = visit(viewport=PHONE)
    found = []
    for path in site.pages("zh", of) if of in WALKED else [site.page("zh", of)]:
        page.goto(server.url + path)
        narrow = focused(page)
        assert len(narrow.stops) > 3, path
        found += [f"{path}, narrow: {fault}" for fault in narrow.faults]
        if of not in WALKED:
            continue
        page.set_viewport_size({"width": 1440, "height": 844})
        page.reload()
        walked = confirmed(page)
        assert len(walked.stops) > 3, path
        found += [f"{path}: {fault}" for fault in walked.faults]
        page.set_viewport_size(PHONE)
    assert not found, "\n".join(found)


def test_shift_and_tab_lead_back_and_stay_in_sight(visit: Visit) -> None:
    page = visit("iou/", viewport=PHONE)
    walked = confirmed(page, "Shift+Tab")
    assert not walked.faults, "\n".join(walked.faults)


def test_code_out_of_sight_has_its_button_once_keys_come_to_it(visit: Visit) -> None:
    page = visit("iou/")
    block = page.locator("article .highlight").last
    expect(block.locator(".md-code__button")).to_have_count(0)
    page.keyboard.press("Tab")
    block.locator("code").focus()
    expect(block.locator(".md-code__button")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(block.locator(".md-code__button")).to_be_focused()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", LANGUAGES)
def test_search_needs_no_mouse(visit: Visit, site: BuiltSite, language: str, width: int) -> None:
    page = visit(site.page(language), viewport={"width": width, "height": 844})
    page.keyboard.press("/")
    field = page.locator(".md-search__input")
    expect(field).to_be_focused()
    page.keyboard.type("GIoU")
    first = page.locator(".md-search-result__link").first
    expect(first).to_be_in_viewport()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.evaluate(DRAWN)  # the theme looks after a moment who has the focus
    page.keyboard.press("Escape")
    expect(first).not_to_be_visible()
    page.evaluate(DRAWN)
    page.keyboard.press("/")
    expect(first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{site.page(language, 'iou')}(?:[?#].*)?$"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_fits_a_phone(visit: Visit, site: BuiltSite, language: str) -> None:
    page = visit(site.page(language), viewport=PHONE, has_touch=True)
    page.add_style_tag(content=STILL)  # or a box is measured while it slides
    page.locator("label[for=__search].md-header__button").tap()
    field = page.locator(".md-search__input")
    expect(field).to_be_focused()
    field.press_sequentially("GIoU")
    result = page.locator(".md-search-result__link").first
    expect(result).to_be_in_viewport()
    for part in (field, result):
        box = part.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        assert box["height"] >= 24
    result.tap()
    expect(page).to_have_url(re.compile(f"{site.page(language, 'iou')}(?:[?#].*)?$"))


def test_the_menu_of_a_phone_opens_for_the_keyboard(visit: Visit) -> None:
    page = visit("iou/", viewport=PHONE)
    link = page.locator(".md-nav--primary > .md-nav__list > li > a:visible").first
    expect(link).not_to_be_in_viewport()
    page.keyboard.press("Tab")  # whoever uses keys is shown the focus
    link.focus()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/iou/"))


@pytest.mark.parametrize(
    ("style", "script", "expected"),
    [
        (":focus-visible { outline: none !important }", "", "focus without a mark: <a"),
        (".md-footer, article a { position: fixed; left: -9999px }", "", "focus out of sight: <a"),
        ("", "article.append(Object.assign(document.createElement('p'), { tabIndex: 0, "
         "onkeydown: event => event.preventDefault() }))", "does not let go"),
        ("", "article.querySelector('a').addEventListener('focus', event => event.target.blur())",
         "not reached: <a"),
        ("", "article.innerHTML += '<input type=radio name=a><input type=radio name=a id=chosen checked>'; "
         "article.lastChild.addEventListener('focus', event => event.target.blur())",
         "not reached: <input #chosen"),
    ],
)  # fmt: skip
def test_a_walk_sees_what_keeps_a_reader_from_it(
    visit: Visit, style: str, script: str, expected: str
) -> None:
    page: Page = visit("404.html")
    for walked in (walk, focused) if expected != "does not let go" else (walk,):
        page.reload()
        page.add_style_tag(content=f"/* */{style}")
        page.evaluate(f"const article = document.querySelector('article'); {script}")
        assert any(expected in fault for fault in walked(page).faults)
