"""axe finds nothing: on every page of the built site, light and dark, wide and on a phone.

Each page is opened once for that, and for what a new page alone can show.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import BY_COLOUR, in_both_schemes, prepare, violations
from tests.browser.conftest import Visit
from tests.browser.keyboard import WALKED, skips_to_the_content
from tests.browser.serving import StaticServer
from tests.conftest import SLUGS, BuiltSite

LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("of", [*SLUGS, ""])
@pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1440)])
def test_every_page_skips_to_its_content_and_axe_finds_nothing(
    visit: Visit, server: StaticServer, site: BuiltSite, language: str, width: int, of: str
) -> None:
    """Both languages have the same parts and colours: one is looked at narrow, the other wide.

    One question's pages, and those of none, are at both widths. Of the others, made of the same
    parts, code and exercise are looked at in one language, and the answer's colours on a phone.
    """
    page = visit(site.page(language))
    thorough = of in WALKED
    widths = (1440, 390) if thorough else (width,)
    found = []
    for path in site.pages(language, of):
        answer = path == site.page(language, of)
        if not (thorough or answer or width == 390):
            continue
        coloured = (width,) if thorough or (answer and width == 390) else ()
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(server.url + path)
        if not path.endswith("404.html"):  # nothing stands between its header and its two links
            assert skips_to_the_content(page), path
        prepare(page)
        found += [f"{path}: {wrong}" for wrong in in_both_schemes(page, widths, coloured=coloured)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_an_open_search(visit: Visit, site: BuiltSite, language: str) -> None:
    page = visit(site.page(language))
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill("adam")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    prepare(page)
    found = in_both_schemes(page, part=".md-header")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_an_open_menu(visit: Visit, site: BuiltSite, language: str) -> None:
    page = visit(site.page(language, "iou"), viewport={"width": 390, "height": 844})
    page.locator("label[for=__drawer].md-header__button").click()
    expect(page.locator(".md-nav--primary a:visible").first).to_be_in_viewport()
    prepare(page)
    found = in_both_schemes(page, (390,), ".md-sidebar--primary", (390,))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("html", "rules", "expected"),
    [
        ("<img src='data:,'>", None, "image-alt"),
        ("<p style='color: #999'>pale</p>", BY_COLOUR, "color-contrast"),
        ("<h5>too deep</h5>", None, "heading-order"),
        ("<details><summary>more</summary><img src='data:,'></details>", None, "image-alt"),
        ("<button>a</button><button>b</button>", None, "target-size"),
    ],
)
def test_axe_sees_what_must_not_be(
    visit: Visit, html: str, rules: list[str] | None, expected: str
) -> None:
    page = visit("404.html", color_scheme="light")
    page.evaluate("html => { document.querySelector('article').innerHTML += html }", html)
    small = "article button { width: 9px; height: 9px; overflow: hidden }"
    page.add_style_tag(content=small)
    prepare(page)
    assert any(wrong.startswith(expected) for wrong in violations(page, rules))


def test_only_colours_can_differ_between_light_and_dark(visit: Visit) -> None:
    page: Page = visit("404.html", color_scheme="light")
    page.evaluate("document.querySelector('article').innerHTML += \"<p class='pale'>pale</p>\"")
    page.add_style_tag(
        content="[data-md-color-scheme=slate] .pale { color: #444 } .pale { color: #000 }"
    )
    prepare(page)
    found = in_both_schemes(page, (1440,), coloured=(1440,))
    assert [wrong.split(":")[0] for wrong in found if "pale" in wrong] == ["dark, 1440"]


def test_of_equal_colours_one_is_looked_at_and_of_others_each(visit: Visit) -> None:
    page: Page = visit("404.html", color_scheme="light")
    cells = "".join(
        f"<tr><td>pale {n} <code {'id=strange' if n == 3 else ''}>code</code></td></tr>"
        for n in range(5)
    )
    page.evaluate(
        "rows => { document.querySelector('article').innerHTML += `<table>${rows}</table>` }", cells
    )
    page.add_style_tag(
        content="[data-md-color-scheme=slate] #strange { color: #444; background: #333 }"
        "article td { color: #ccc; background: #fff }"
    )
    prepare(page)
    found = [
        each for each in in_both_schemes(page, (1440,), coloured=(1440,)) if "contrast" in each
    ]
    pale = [each for each in found if "td" in each and "code" not in each]
    assert len(pale) == 2 * 2, "in each scheme the first row, and the one that holds another colour"
    assert any(each.startswith("dark, 1440") and "#strange" in each for each in found)
