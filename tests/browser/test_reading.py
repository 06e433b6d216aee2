"""Reading: the home page at a glance, the index, claims, figures, paper, and pages from disk."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from dlqa.publishing.store.catalog import questions
from tests.browser.conftest import Visit
from tests.conftest import BuiltSite

LANGUAGES = ("zh", "en")
SLUGS = [question.slug for question in questions()]
MANY = 10  # questions, from which on the index has its filter in sight
SHOWN = "all => all.filter(each => each.checkVisibility()).map(each => each.textContent)"


def bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    return box["y"] + box["height"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_screen_shows_a_claim_its_verdict_and_its_figure(
    visit: Visit, site: BuiltSite, language: str
) -> None:
    page = visit(site.page(language))
    for part in (
        "h1",
        ".ways",
        ".trainer__sentence",
        ".trainer__verdict",
        ".trainer svg[role=img]",
        ".trainer__run",
        ".trainer__case",
        ".trainer__knobs",
    ):
        assert 0 < bottom(page, part) <= 900, part
    link = page.locator(".trainer__sentence a").get_attribute("href")
    slug, identity = re.fullmatch(r"(?:\./)?([a-z]+)/#([a-z]\d+)", link).groups()
    claims = json.loads(site.text(f"data/{slug}/claims.json"))
    claim = next(claim for claim in claims if claim["id"] == identity)
    verdict = page.locator(".trainer__verdict .verdict").get_attribute("class")
    assert f"verdict--{claim['verdict'].replace(' ', '-')}" in verdict
    for outcome in claim["conditions"]:
        row = page.locator(f".trainer [data-case={outcome['name']}]")
        expect(row).to_contain_text(f"{outcome['effect']:{claim['form']}}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_shows_claim_verdict_and_ways_without_scrolling(
    visit: Visit, site: BuiltSite, language: str
) -> None:
    page = visit(site.page(language), viewport={"width": 390, "height": 844})
    for part in ("h1", ".ways", ".trainer__sentence", ".trainer__verdict"):
        assert bottom(page, part) <= 844, part
    assert page.locator(".trainer svg[role=img]").first.bounding_box()["y"] < 700


def test_the_ways_in_lead_to_every_part(visit: Visit) -> None:
    page = visit("")
    ways = page.locator(".ways a").evaluate_all("all => all.map(a => a.href)")
    assert any(way.endswith("/questions/") for way in ways)
    assert any(way.endswith("/self-test/") for way in ways)
    for way in ways:
        assert page.goto(way).status == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_way_in_leads_to_tables_that_were_not_made(
    visit: Visit, site: BuiltSite, language: str
) -> None:
    ways = visit(site.page(language)).locator(".ways a").evaluate_all("all => all.map(a => a.href)")
    made = 'class="evidence benchmark"' in site.text(f"{site.page(language)}benchmarks/index.html")
    assert any(way.endswith("/benchmarks/") for way in ways) == made


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_is_filtered_and_the_address_keeps_the_filter(
    visit: Visit, site: BuiltSite, language: str
) -> None:
    page = visit(f"{site.page(language)}questions/")
    form, entries = page.locator(".question-filter"), page.locator(".entry")
    everything = entries.count()
    expect(form).to_be_visible(visible=everything >= MANY)
    page.goto(f"{page.url}?text=")  # an address that asks for a filter has it
    expect(form).to_be_visible()
    assert everything == len(SLUGS)
    form.locator("[name=verdict]").select_option("does-not-hold")
    badges = page.locator(".entry__claims li .verdict").evaluate_all(
        "all => all.filter(each => each.checkVisibility()).map(each => each.className)"
    )
    assert badges
    assert all("does-not-hold" in badge for badge in badges)
    assert page.url.endswith("?verdict=does-not-hold")
    form.locator("[name=text]").fill("XOR")
    form.locator("[name=verdict]").select_option("")
    shown = page.locator(".entry h3").evaluate_all(SHOWN)
    assert 0 < len(shown) < everything
    assert any("51" in title for title in shown)
    page.reload()
    assert page.locator(".entry h3").evaluate_all(SHOWN) == shown
    form.locator("[type=reset]").click()
    expect(page).to_have_url(re.compile(r"questions/$"))
    assert len(page.locator(".entry h3").evaluate_all(SHOWN)) == everything


def test_a_tag_leads_to_its_questions(visit: Visit) -> None:
    page = visit("questions/")
    tag = page.locator(".entry .tags a").first.text_content()
    page.locator(".entry .tags a").first.click()
    expect(page.locator("[name=tag]")).to_have_value(tag)
    for entry in page.locator(".entry:visible").all():
        expect(entry.locator(".tags")).to_contain_text(tag)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_the_index_is_whole(visit: Visit, site: BuiltSite, language: str) -> None:
    page = visit(f"{site.page(language)}questions/", java_script_enabled=False)
    expect(page.locator(".question-filter")).to_be_hidden()
    expect(page.locator(".entry:visible")).to_have_count(len(SLUGS))
    page.locator(".entry summary").first.click()
    for slug in SLUGS[:1]:
        claims = json.loads(site.text(f"data/{slug}/claims.json"))
        entry = page.locator(f".entry:has(#question-{slug})")
        expect(entry.locator("li:has(.verdict)")).to_have_count(len(claims))


def test_an_address_with_a_claim_opens_the_claim(visit: Visit) -> None:
    page = visit("initialization/#c8")
    claim = page.locator("details.claim:has(#c8)")
    expect(claim).to_have_attribute("open", "")
    expect(claim.locator(".evidence-how")).to_be_in_viewport()
    other = page.locator("details.claim:has(#c9)")
    expect(other).not_to_have_attribute("open", "")
    page.evaluate("location.hash = '#c9'")
    expect(other).to_have_attribute("open", "")


@pytest.mark.parametrize("end", ["100%", "%E0%A4%A", "%", "a%22b", "'", "\\", "__search", "%00"])
def test_whatever_an_address_ends_in_figures_are_enlarged(visit: Visit, end: str) -> None:
    page = visit(f"en/iou/#{end}")
    page.locator("#figure-overlap [data-close]").click()
    expect(page.locator("dialog.figure-large")).to_be_visible()
    page.evaluate(f"location.hash = {end!r}")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelectorAll('details:not([open])').length") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_leads_to_the_code_that_decides_it(
    visit: Visit, site: BuiltSite, language: str
) -> None:
    page = visit(f"{site.page(language, 'initialization')}#c8")
    page.locator("details.claim:has(#c8) .evidence-how a[href*='/code/']").click()
    definition = page.locator("#c8.definition")
    expect(definition).to_be_in_viewport()
    expect(definition).to_contain_text('"c8"')


@pytest.mark.parametrize("name", ["curves", "spread"], ids=["abreast", "beside its controls"])
def test_a_figure_is_enlarged_by_keyboard_and_put_back(visit: Visit, name: str) -> None:
    page = visit(f"initialization/#figure-{name}")
    figure = page.locator(f"#figure-{name}")
    width = figure.locator("svg").bounding_box()["width"]
    figure.locator("[data-close]").focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.figure-large")
    expect(dialog).to_be_visible()
    expect(dialog).to_have_accessible_name(re.compile(r"\S{4,}"))
    assert dialog.locator("svg[role=img]").bounding_box()["width"] > 1.3 * width
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(figure.locator(".evidence-figure__drawing svg")).to_be_visible()
    expect(figure.locator("[data-close]")).to_be_focused()


def test_an_enlarged_figure_goes_on_working(visit: Visit) -> None:
    page = visit("iou/")
    page.locator("#figure-overlap [data-close]").click()
    dialog = page.locator("dialog.figure-large")
    before = dialog.locator(".boxes-reading").text_content()
    dialog.locator(".boxes-presets button").last.click()
    assert dialog.locator(".boxes-reading").text_content() != before
    dialog.locator("form button").click()
    expect(dialog).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_paper_is_light_and_open_and_has_nothing_to_click(visit: Visit, script: bool) -> None:
    page = visit("initialization/", color_scheme="dark", java_script_enabled=script)
    page.emulate_media(media="print", color_scheme="dark")
    for gone in (".md-header", ".md-sidebar--primary", ".md-footer", ".neighbours", ".links"):
        expect(page.locator(gone).first).to_be_hidden()
    for there in (".claim .evidence-how", ".question p", ".evidence-figure__description"):
        expect(page.locator(there).first).to_be_visible()
    colours = page.locator("article p").first.evaluate(
        "each => [getComputedStyle(each).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert [sum(map(int, re.findall(r"\d+", colour)[:3])) > 382 for colour in colours] == [
        False,
        True,
    ]


def test_paper_numbers_the_notes_of_code_that_was_never_in_sight(visit: Visit) -> None:
    page = visit("finetuning/")
    mark = page.locator(".highlight .c1", has_text=re.compile(r"\(1\)")).last
    assert mark.text_content() == "# (1)!"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert mark.text_content() == "(1)"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert mark.text_content() == "# (1)!"


def test_neighbours_lead_from_question_to_question(visit: Visit) -> None:
    page = visit("initialization/")
    page.locator(".neighbours__next").click()
    number = int(re.search(r"\d+", page.locator(".answer-head").text_content())[0])
    assert number > 51
    page.locator(".neighbours__previous").click()
    expect(page).to_have_url(re.compile(r"/initialization/$"))


def test_pages_are_read_from_disk(browser: Browser, site: BuiltSite) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((site.folder / "index.html").as_uri())
    page.locator(".question-lines a").first.click()
    assert page.url.endswith("/index.html")
    page.locator(".languages a").click()
    assert re.search(r"/en/[a-z]+/index\.html$", page.url)
    expect(page.locator(".evidence-figure svg[role=img]").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 252, 249)"
    page.locator("a.md-logo").first.click()
    assert page.url.endswith("/en/index.html")
    page.locator(".trainer__knobs").scroll_into_view_if_needed()
    expect(page.locator(".trainer [role=status]")).to_contain_text("could not be loaded")
    context.close()


def test_a_line_of_text_is_as_long_as_an_eye_likes(visit: Visit) -> None:
    for path, least, most in (("initialization/", 36, 40), ("en/initialization/", 33, 37)):
        ems = (
            visit(path)
            .locator("#discussion + p")
            .evaluate(
                "each => each.getBoundingClientRect().width / parseFloat(getComputedStyle(each).fontSize)"
            )
        )
        assert least <= ems <= most, path
