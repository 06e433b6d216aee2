"""The site as its readers meet it: found, read, switched, copied, on a phone and without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from dlqa.publishing.sources.snippets import snippets_of, without_marks
from tests.browser.conftest import Answer, Look, StaticServer, Visit, Watch, in_languages
from tests.conftest import ROOT, SLUGS, SUBFOLDER, BuiltSite

LANGUAGES = ("zh", "en")
COLOUR = "document.querySelector('.evidence-figure svg [style*=\"var(--figure-1\"]')"


def search(page: Page, words: str) -> list[str]:
    """The addresses that the site's search finds."""
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill(words)
    page.keyboard.press("End")  # as an input method does, a key ends the word
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile(r"\d"))
    return page.locator(".md-search-result__link").evaluate_all("all => all.map(a => a.href)")


def figure_colour(page: Page) -> str:
    return page.evaluate(f"getComputedStyle({COLOUR}).stroke + getComputedStyle({COLOUR}).fill")


@pytest.mark.parametrize("words", ["权重", "初始化"])
def test_chinese_search_finds_the_chinese_page(visit: Visit, words: str) -> None:
    page = visit("")
    found = search(page, words)
    assert any("/initialization/" in address for address in found), found
    assert not [address for address in found if "/en/" in address]


def test_english_search_finds_the_english_page(visit: Visit) -> None:
    found = search(visit("en/"), "initialization")
    assert any("/en/initialization/" in address for address in found), found
    assert not [address for address in found if "/en/" not in address]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("slug", ["", *SLUGS[:1]], ids=["home", "answer"])
def test_the_switcher_leads_to_the_same_page_and_back(
    visit: Visit, site: BuiltSite, slug: str, script: bool
) -> None:
    """Of every page, tests/pages sees where it leads."""
    page = visit(site.page("zh", slug), java_script_enabled=script)
    for language in ("en", "zh"):
        page.locator(".languages a").click()
        address = re.escape(f"{SUBFOLDER}{site.page(language, slug)}")
        expect(page).to_have_url(re.compile(f"{address}$"))
        expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))


@in_languages("zh")
def test_figures_follow_light_and_dark(answer: Answer) -> None:
    page, background = answer.at(), "getComputedStyle(document.body).backgroundColor"
    found = []
    for scheme, name in (("dark", "slate"), ("light", "default")):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
        found.append((figure_colour(page), page.evaluate(background)))
    assert found[0][0] != found[1][0]
    assert found[0][1] != found[1][1]


def test_the_readers_choice_of_colours_wins(visit: Visit) -> None:
    page = visit(f"{SLUGS[0]}/", color_scheme="light")
    before = figure_colour(page)
    for _ in range(2):  # from the system's choice to light, then to dark
        page.locator(".schemes").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert figure_colour(page) != before
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.locator(".schemes")).to_have_attribute("aria-label", "配色：深色")
    another = visit(color_scheme="light")
    expect(another.locator(".schemes")).to_have_attribute("aria-label", "配色：跟随系统")


DENIED = """for (const kind of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, kind, { get() {
    throw new DOMException("Access is denied for this document.", "SecurityError")
  } })"""


def test_where_storage_is_denied_colours_are_the_readers_all_the_same(visit: Visit) -> None:
    page = visit(f"{SLUGS[0]}/", color_scheme="dark")
    page.add_init_script(DENIED)
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator(".schemes").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.locator(".highlight").first.scroll_into_view_if_needed()
    expect(page.locator(".md-code__nav").first).to_have_attribute("role", "none")


@pytest.mark.parametrize("found", ["{", '{"a": 1}', "[]", "5", '"nowhere"', ""])
def test_whatever_stands_in_storage_the_colours_are_the_systems(visit: Visit, found: str) -> None:
    page = visit(color_scheme="dark")
    page.evaluate("found => localStorage.setItem(`${__md_scope.pathname}.scheme`, found)", found)
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.locator(".schemes")).to_have_attribute("aria-label", "配色：跟随系统")


def test_a_choice_of_colours_is_seen_in_every_window_and_language(visit: Visit) -> None:
    page = visit("en/", color_scheme="light")
    other = page.context.new_page()
    other.goto(page.url.removesuffix("en/"))
    for _ in range(2):
        page.locator(".schemes").click()
    expect(other.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(other.locator(".schemes")).to_have_attribute("aria-label", "配色：深色")
    for path in ("iou/", "404.html", "en/404.html", "en/iou/"):
        other.goto(page.url.removesuffix("en/") + path)
        expect(other.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_window_has_the_colour_of_the_page(visit: Visit, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    shown = page.locator("meta[name=theme-color][media=all]").get_attribute("content")
    assert ground == "rgb({}, {}, {})".format(*bytes.fromhex(shown[1:]))


def test_every_figure_has_a_name_and_a_description(answer: Answer) -> None:
    page = answer.at()
    figures = page.locator(".evidence-figure svg[role=img]")
    assert figures.count() == page.locator(".evidence-figure").count() > 0
    for number in range(figures.count()):
        figure = figures.nth(number)
        assert figure.bounding_box()["width"] > 200
        expect(figure).to_have_accessible_name(re.compile(r"\S{4,}"))
        expect(figure).to_have_accessible_description(re.compile(r".{40,}", re.DOTALL))


COPY = "button[data-md-type=copy], .md-clipboard"
COPY_ALL = """async copy => {
  const found = []
  for (const block of document.querySelectorAll('.highlight:has(pre)')) {
    await navigator.clipboard.writeText('')
    block.scrollIntoView({ block: 'center' })  // it gets its button then
    for (let frame = 0; frame < 300 && !block.querySelector(copy); frame++)
      await new Promise(requestAnimationFrame)
    block.querySelector(copy).click()
    let text = ''
    for (let frame = 0; frame < 300 && !text; frame++) {
      await new Promise(requestAnimationFrame)
      text = await navigator.clipboard.readText()
    }
    found.push(text)
  }
  return found
}"""


def test_copied_code_is_the_snippet_without_marks(answer: Answer) -> None:
    page, slug, folder = answer.at(), answer.slug, ROOT / "snippets"
    files = [*snippets_of(slug, folder), *(folder / slug).glob("*.out")]
    published = [without_marks(path.read_text("utf-8")) for path in files]
    first = page.locator(".highlight:has(pre)").first
    first.hover()
    first.locator(COPY).click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text !== '')")
    found = page.evaluate(COPY_ALL, COPY)
    assert len(found) >= len(files)
    for text in found:
        copied = "\n".join(line.rstrip() for line in text.splitlines())  # marks leave their spaces
        assert copied
        assert any(copied.strip() in text for text in published), copied
        assert "8<" not in copied


def test_no_answer_is_wider_than_its_window(answer: Answer) -> None:
    for width in (320, 390, 768):
        assert answer.at(width).evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["", "en/"])
def test_home_is_no_wider_than_its_window(look: Look, path: str) -> None:
    for width in (320, 390, 768):
        assert look(path, width).evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["", "en/", f"{SLUGS[0]}/", f"en/{SLUGS[0]}/"])
def test_the_switcher_is_in_sight_on_a_phone(look: Look, path: str) -> None:
    page = look(path, 390)
    page.evaluate("scrollTo(0, 0)")
    box = page.locator(".languages a").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 60
    assert box["height"] >= 24  # WCAG 2.2, 2.5.8: target size


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS[:1])
def test_a_page_can_be_read_without_scripts(
    visit: Visit, site: BuiltSite, slug: str, language: str
) -> None:
    page = visit(site.page(language, slug), java_script_enabled=False)
    for identity in ("answer", "code", "references"):
        expect(page.locator(f"h2#{identity}")).to_be_visible()
    expect(page.locator(".evidence-figure svg").first).to_be_visible()
    claim = page.locator("details.claim").first
    claim.locator("summary").click()
    expect(claim.locator(".evidence-how")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_lists_every_question(visit: Visit, site: BuiltSite, language: str) -> None:
    lines = visit(site.page(language)).locator(".question-lines li")
    found = lines.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert sorted(href.strip("./") for href in found) == sorted(SLUGS)
    assert lines.locator(".counts:has(.verdict)").count() == len(SLUGS)


@pytest.mark.parametrize("wrong", ["nowhere/", "en/nowhere/", "initialization/nowhere"])
def test_a_wrong_address_leads_back(browser: Browser, server: StaticServer, wrong: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(server.url + wrong)
    assert answer.status == 404
    links = page.locator("article a, .md-content a").evaluate_all("all => all.map(a => a.href)")
    assert {server.url, f"{server.url}en/"} <= set(links)
    loaded = page.evaluate(
        "[...document.styleSheets].map(sheet => sheet.href).filter(href => href)"
    )
    assert all(href.startswith(server.url) for href in loaded)
    for link in links:
        assert page.goto(link).status == 200
    context.close()


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("console.error('x')", "console error"),
        ("setTimeout(() => { throw new Error('x') })", "uncaught"),
        ("fetch('https://example.org/').catch(() => 0)", "leaves the site"),
        ("fetch('nowhere.js').catch(() => 0)", "404"),
    ],
)
def test_the_watch_sees_what_a_page_must_not_do(
    browser: Browser, server: StaticServer, script: str, expected: str
) -> None:
    context = browser.new_context(offline=False)
    context.route("https://example.org/**", lambda route: route.abort())
    watch = Watch(context, server.url)
    page = context.new_page()
    page.goto(server.url)
    page.evaluate(script)
    page.wait_for_timeout(200)
    context.close()
    assert any(expected in wrong for wrong in watch.wrongs), watch.wrongs
