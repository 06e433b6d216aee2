"""Figures with controls, with real keys: what moves, what is said, kept, shared and downloaded."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dlqa.drawing.live import Live
from dlqa.publishing.store.catalog import find, questions
from tests.browser.conftest import StaticServer, Visit
from tests.conftest import BuiltSite

LANGUAGES = ("zh", "en")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LIVES: dict[tuple[str, str], Live] = {
    (question.slug, name): live
    for question in questions()
    if "live" in question.modules
    for name, live in question.load("live").LIVE.items()
}
EACH = pytest.mark.parametrize(
    ("slug", "name"), LIVES, ids=[f"{slug}.{name}" for slug, name in LIVES]
)
IN_CHINESE_AND_ONE_IN_BOTH = pytest.mark.parametrize(
    ("slug", "name", "language"),
    [(*live, "zh") for live in LIVES] + [(*live, "en") for live in list(LIVES)[:1]],
)
STRENGTH = "regularization/", "strength"  # the figure of the tests that need one alone


def figure(page: Page, name: str) -> Locator:
    return page.locator(f"#figure-{name}")


def scale(page: Page, name: str, control: str) -> Locator:
    return figure(page, name).locator(f"[type=range][name='{name}.{control}']")


def drawn(page: Page, name: str) -> str:
    return figure(page, name).locator(".evidence-figure__drawing svg").inner_html()


def title(page: Page, name: str) -> Locator:
    return figure(page, name).locator(".evidence-figure__title")


def file_title(site: BuiltSite, path: str) -> str:
    return re.search(r"<title.*?>(.*?)</title>", site.text(path), re.DOTALL)[1]


def move_away(page: Page, slug: str, name: str) -> dict[str, str]:
    """One key on every control of a figure; the setting that it then shows."""
    setting = {}
    for control in LIVES[slug, name].controls:
        options = list(control.options)
        place = options.index(control.default)
        back = place == len(options) - 1
        field = figure(page, name).locator(f"[name='{name}.{control.id}']")
        (field if control.scale else field.nth(place)).focus()
        page.keyboard.press("ArrowLeft" if back else "ArrowRight")
        setting[control.id] = options[place + (-1 if back else 1)]
    return setting


@IN_CHINESE_AND_ONE_IN_BOTH
def test_keys_move_the_controls_and_all_else_follows(
    visit: Visit, site: BuiltSite, slug: str, name: str, language: str
) -> None:
    """One page is opened for all of it: named, moved, brought back by its address, reset."""
    page = visit(site.page(language, slug))
    before, beginning = drawn(page, name), title(page, name).text_content()
    hears_what_each_control_sets(page, slug, name, language)
    setting = move_away(page, slug, name)
    ids = "-".join(setting.values())
    words = file_title(site, f"figures/{slug}/{name}.{ids}.{language}.svg")
    expect(title(page, name)).to_have_text(words)
    shown = drawn(page, name)
    assert shown != before
    svg = figure(page, name).locator("svg[role=img]")
    expect(svg).to_have_accessible_name(words)
    description = figure(page, name).locator(".evidence-figure__description").text_content()
    expect(svg).to_have_accessible_description(description)
    expect(figure(page, name).get_by_role("status")).to_have_text(words)
    page.wait_for_url(f"**#figure-{name}")
    address = page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    assert address == {f"{name}.{control}": option for control, option in setting.items()}
    expect(figure(page, name).locator("pre code")).to_have_text(
        f"dlqa figures {slug} --figure {name}.{ids} --language {language}"
    )
    links = figure(page, name).locator("a[download]")
    assert links.count() == 3
    for link in links.all():
        with page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename.startswith(f"{name}.{ids}.")
    page.reload()
    expect(title(page, name)).to_have_text(words)
    assert drawn(page, name) == shown
    figure(page, name).locator(".live button").click()
    expect(title(page, name)).to_have_text(beginning)
    assert drawn(page, name) == before
    page.wait_for_function("location.search === ''")
    for link in links.all():
        assert re.search(rf"/{name}\.({language}\.svg|csv|json)$", link.get_attribute("href"))


def hears_what_each_control_sets(page: Page, slug: str, name: str, language: str) -> None:
    """Sees that a screen reader has the names of a figure's controls and of what they are set to."""
    labels = find(slug).labels(language)
    for control in LIVES[slug, name].controls:
        words = labels("control", control.id)
        if control.scale:
            slider = figure(page, name).get_by_role("slider", name=words, exact=True)
            said = labels(control.id, control.default)
            expect(slider).to_have_attribute("aria-valuetext", said)
        else:
            group = figure(page, name).get_by_role("group", name=words, exact=True)
            for option in control.options:
                label = labels(control.id, option)
                button = group.get_by_role("radio", name=label, exact=True)
                expect(button).to_be_checked(checked=option == control.default)


def test_a_setting_goes_with_its_reader_to_the_other_language(visit: Visit) -> None:
    path, name = STRENGTH
    page = visit(path)
    before = title(page, name).text_content()
    move_away(page, path.strip("/"), name)
    expect(title(page, name)).not_to_have_text(before)
    page.locator(".languages a").click()
    page.wait_for_url("**/en/**")
    expect(title(page, name)).not_to_have_text(before)
    assert "?" in page.url


@pytest.mark.parametrize(("slug", "name"), list(LIVES)[:1])
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_the_default_figure_stands(
    visit: Visit, site: BuiltSite, slug: str, name: str, language: str
) -> None:
    query = "&".join(f"{name}.{c.id}={next(iter(c.options))}" for c in LIVES[slug, name].controls)
    page = visit(f"{site.page(language, slug)}?{query}", java_script_enabled=False)
    expect(figure(page, name).locator("svg[role=img]")).to_be_visible()
    words = file_title(site, f"figures/{slug}/{name}.{language}.svg")
    expect(title(page, name)).to_have_text(words)
    expect(figure(page, name).locator(".live")).to_be_hidden()


@IN_CHINESE_AND_ONE_IN_BOTH
def test_a_phone_has_large_controls_and_no_setting_moves_the_page(
    visit: Visit, site: BuiltSite, slug: str, name: str, language: str
) -> None:
    page = visit(site.page(language, slug), **PHONE)
    svg = figure(page, name).locator("svg[role=img]")
    svg.scroll_into_view_if_needed()
    before, words = svg.bounding_box(), title(page, name).text_content()
    targets = figure(page, name).locator(".live :is(input, button)")
    assert targets.count() > 1
    for target in targets.all():
        box = target.bounding_box()
        assert box["width"] >= 24
        assert box["height"] >= 24  # WCAG 2.2, 2.5.8: target size
        assert box["x"] + box["width"] <= 390
    move_away(page, slug, name)
    expect(title(page, name)).not_to_have_text(words)
    after = svg.bounding_box()
    assert (after["width"], after["height"]) == (before["width"], before["height"])


def test_where_a_figure_is_large_its_controls_go_on_working(visit: Visit) -> None:
    path, name = STRENGTH
    page = visit(f"en/{path}")
    shown = drawn(page, name)
    figure(page, name).get_by_role("button", name="Enlarge").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("slider").focus()
    page.keyboard.press("End")
    expect(dialog.get_by_role("status")).to_contain_text("L1, λ = 10")
    expect(dialog.locator("svg[role=img]")).to_have_accessible_name(re.compile("λ = 10"))
    dialog.get_by_role("button", name="Close").click()
    expect(title(page, name)).to_contain_text("L1, λ = 10")
    assert drawn(page, name) != shown


def test_a_slider_says_each_stop_and_the_figure_only_the_last(visit: Visit) -> None:
    path, name = STRENGTH
    page = visit(f"en/{path}")
    page.evaluate(
        """() => {
          window.heard = []
          const status = document.querySelector('.live [role=status]')
          new MutationObserver(() => heard.push(status.textContent))
            .observe(status, { childList: true })
        }"""
    )
    slider = scale(page, name, "lambda")
    slider.focus()
    for key, says in (("Home", "0"), ("ArrowRight", "0.1"), ("End", "10")):
        page.keyboard.press(key)
        expect(slider).to_have_attribute("aria-valuetext", says)
    expect(figure(page, name).get_by_role("status")).to_contain_text("L1, λ = 10")
    heard = page.evaluate("heard")
    assert len(heard) == 1
    assert heard[0].startswith("L1, λ = 10")


def test_of_quick_moves_the_last_is_shown_however_slow_the_first(visit: Visit) -> None:
    path, name = STRENGTH
    page = visit(f"en/{path}")
    held = []
    page.route("**/strength.l1-10.en.svg", lambda route: held.append(route))
    scale(page, name, "lambda").focus()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    expect(title(page, name)).to_contain_text("λ = 0:")
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    expect(title(page, name)).to_contain_text("λ = 0:")


@pytest.mark.parametrize(("language", "says"), [("zh", "没有载入"), ("en", "could not be loaded")])
def test_a_setting_that_does_not_load_leaves_the_figure_and_says_so(
    visit: Visit, site: BuiltSite, language: str, says: str
) -> None:
    name = STRENGTH[1]
    page = visit(site.page(language, "regularization"))
    page.route("**/strength.*.svg", lambda route: route.fulfill(status=200, body="<p>no</p>"))
    shown, words = drawn(page, name), title(page, name).text_content()
    slider = scale(page, name, "lambda")
    slider.focus()
    page.keyboard.press("End")
    status = figure(page, name).get_by_role("status")
    expect(status).to_contain_text(says)
    expect(status).to_be_in_viewport()
    assert status.bounding_box()["height"] > 10
    assert (drawn(page, name), title(page, name).text_content()) == (shown, words)
    expect(slider).to_have_attribute("aria-valuetext", "1")
    page.unroute("**/strength.*.svg")
    page.keyboard.press("End")  # and it is tried again
    expect(title(page, name)).to_contain_text("λ = 10")
    expect(status).not_to_contain_text(says)


def test_from_disk_the_figure_stays_and_says_so(browser: Browser, site: BuiltSite) -> None:
    page = browser.new_context().new_page()
    page.goto((site.folder / "regularization/index.html").as_uri())
    shown = drawn(page, "strength")
    scale(page, "strength", "lambda").focus()
    page.keyboard.press("End")
    expect(figure(page, "strength").get_by_role("status")).to_contain_text("没有载入")
    assert drawn(page, "strength") == shown
    page.context.close()


def test_an_address_off_the_grid_is_passed_over(visit: Visit) -> None:
    page = visit("en/regularization/")
    address = page.url
    for query in ("strength.lambda=7", "strength.penalty=", "strength.way=l1", "lambda=10", "x=%"):
        page.goto(f"{address}?{query}", wait_until="networkidle")
        expect(title(page, "strength")).to_contain_text("L1, λ = 1:")
        assert page.url.endswith(query)


def test_the_address_keeps_its_section_and_what_is_others(visit: Visit) -> None:
    page = visit("en/regularization/?from=mail#code")
    scale(page, "strength", "lambda").focus()
    page.keyboard.press("End")
    page.wait_for_url("**/?from=mail&strength.lambda=10#code")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/?from=mail#code")


def test_opening_a_page_leaves_its_address_alone(visit: Visit) -> None:
    page = visit("en/regularization/")
    page.wait_for_timeout(700)
    assert page.url.endswith("/en/regularization/")


def test_enter_sends_nothing(visit: Visit) -> None:
    page = visit("en/regularization/")
    scale(page, "strength", "lambda").focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    assert page.url.endswith("/en/regularization/")


def test_a_setting_follows_light_and_dark(visit: Visit) -> None:
    drawn_in = "document.querySelector('#figure-strength svg [style*=\"var(--figure-1\"]')"
    colour = f"getComputedStyle({drawn_in}).stroke + getComputedStyle({drawn_in}).fill"
    path = "en/regularization/?strength.lambda=10"
    seen, page = [], visit(path)
    expect(title(page, "strength")).to_contain_text("λ = 10")
    for scheme, name in (("light", "default"), ("dark", "slate")):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
        seen.append(page.evaluate(colour))
    assert seen[0] != seen[1]


def test_figures_of_one_name_move_apart(
    browser: Browser, server: StaticServer, site: BuiltSite
) -> None:
    """As a page has them that shows another question's figure beside its own of the same name."""
    path, name = f"en/{STRENGTH[0]}", STRENGTH[1]
    html = site.text(f"{path}index.html")
    own = re.search(rf'<figure [^>]*id="figure-{name}".*?</figure>', html, re.DOTALL)[0]
    other = own.replace(f"figure-{name}", f"figure-other-{name}").replace(
        f"{name}.lambda", f"other-{name}.lambda"
    )
    other = re.sub(rf'(?<=["#]){name}-', f"other-{name}-", other)
    other = re.sub(rf"(?<=[\";]){name}\.(?=[a-z]+[\"&])", f"other-{name}.", other)
    context = browser.new_context()
    page = context.new_page()
    page.route(
        f"**/{path}*",
        lambda route: route.fulfill(body=html.replace(own, own + other), content_type="text/html"),
    )
    page.goto(f"{server.url}{path}?other-{name}.lambda=10")
    expect(title(page, f"other-{name}")).to_contain_text("λ = 10")
    expect(title(page, name)).to_contain_text("λ = 1:")
    scale(page, name, "lambda").focus()
    page.keyboard.press("Home")
    expect(title(page, name)).to_contain_text("λ = 0:")
    page.wait_for_url(f"**?other-{name}.lambda=10&{name}.lambda=0*")
    expect(title(page, f"other-{name}")).to_contain_text("λ = 10")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert sorted(ids) == sorted({*ids})
    context.close()


@pytest.mark.parametrize("slug", sorted({slug for slug, _ in LIVES}))
def test_ids_stay_unique_after_a_move(visit: Visit, slug: str) -> None:
    page = visit(f"{slug}/")
    for each, name in LIVES:
        if each == slug:
            before = title(page, name).text_content()
            move_away(page, slug, name)
            expect(title(page, name)).not_to_have_text(before)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert sorted(ids) == sorted({*ids})
