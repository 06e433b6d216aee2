"""The self-test as one studies with it: keys, grades, what comes back when, what is kept."""

import gzip
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from dlqa.publishing.store.catalog import questions
from tests.browser.conftest import Visit
from tests.conftest import BuiltSite

LANGUAGES = ("zh", "en")
PHONE = {"viewport": {"width": 390, "height": 844}}
KEY = "dlqa-self-test"
NOW = 1_800_000_000_000  # milliseconds since 1970
MINUTE, DAY = 60_000, 86_400_000
# Only what the time is changes; timers stay the browser's, for the theme's do not bear false ones.
LATER = """time => {
  const shift = time - Date.now()
  window.Date = class extends Date {
    constructor(...given) { given.length ? super(...given) : super(Date.now()) }
    static now() { return super.now() + shift + (window.further || 0) }
  }
}"""
FILL = """() => {
  let place = 0
  for (let size = 1 << 20; size; size >>= 1)
    for (let full = false; !full;)
      try { localStorage.setItem(`filler${place++}`, "x".repeat(size)) } catch { full = true }
}"""
DENIED = """Object.defineProperty(window, "localStorage", { get() {
  throw new DOMException("Access is denied for this document.", "SecurityError")
} })"""
# What is asked, and how wide the page is with the answer, card after card, each known at once.
WIDTHS = """count => [...Array(count).keys()].map(() => {
  const press = key =>
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  const asked = document.querySelector('#self-test-front').textContent
  press(' ')
  const width = document.documentElement.scrollWidth
  press('4')
  return [asked, width]
})"""
SLUGS = [question.slug for question in questions()]


@pytest.fixture
def page(visit: Visit) -> Page:
    return start(visit)


def start(visit: Visit, path: str = "en/self-test/", **options: object) -> Page:
    """The page, opened at NOW."""
    page = visit(path, **options)
    travel(page, NOW)
    return page


def travel(page: Page, time: int) -> None:
    """Opens the page again at another time; its clock goes on from there at each opening."""
    page.add_init_script(f"({LATER})({time})")
    page.reload()


def front(page: Page) -> Locator:
    return page.locator("#self-test-front")


def back(page: Page) -> Locator:
    return page.locator("#self-test-back")


def asked(page: Page) -> list[str]:
    """The questions' own cards in the order they come, which is that of the site."""
    ids: list[str] = page.locator(".flashcard[data-kind=question]").evaluate_all(
        "all => all.map(each => each.id)"
    )
    return ids


def counts(page: Page) -> list[int]:
    """Cards that are due, new, seen, and all that are chosen."""
    return [int(n) for n in re.findall(r"\d+", page.locator(".self-test__progress p").inner_text())]


def study(page: Page, *grades: int) -> list[str]:
    """Grades so many cards with keys alone; their fronts."""
    seen = []
    for grade in grades:
        seen.append(front(page).inner_text())
        page.keyboard.press("Space")
        page.keyboard.press(str(grade))
    return seen


def kept(page: Page) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = page.evaluate(
        f"JSON.parse(localStorage.getItem('{KEY}') || '{{\"cards\": {{}}}}').cards"
    )
    return found


def download(page: Page, folder: Path) -> Path:
    with page.expect_download() as started:
        page.locator("[data-do=export]").click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def give(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("[data-do=import]").click()
    chooser.value.set_files(path)


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_a_key_shows_the_answer_and_reading_goes_on_there(page: Page, key: str) -> None:
    expect(back(page)).to_be_hidden()
    page.keyboard.press(key)
    expect(back(page)).to_be_visible()
    expect(back(page)).to_be_focused()
    answer = page.locator(f"[id='{asked(page)[0]}'] > p").first.text_content()
    assert answer
    assert answer in (back(page).text_content() or "")


def test_each_grade_says_when_the_card_comes_back(page: Page) -> None:
    page.keyboard.press("Space")
    said = page.locator("[data-rating] small").all_inner_texts()
    assert said == ["1 min", "6 min", "10 min", "8 d"]
    study(page, 4)
    card = kept(page)[asked(page)[0]]
    waits = f"new Date('{card['due']}') - new Date('{card['last_review']}')"
    assert page.evaluate(waits) == 8 * DAY


def iso(page: Page, milliseconds: int) -> str:
    text: str = page.evaluate("time => new Date(time).toISOString()", milliseconds)
    return text


def test_questions_come_first_then_follow_ups_then_claims(page: Page) -> None:
    kinds = page.locator(".flashcard").evaluate_all("all => all.map(each => each.dataset.kind)")
    study(page, *[4] * len(kinds))
    order = [page.locator(f"[id='{each}']").get_attribute("data-kind") for each in kept(page)]
    assert order == sorted(kinds, key=["question", "follow-up", "claim"].index)
    assert counts(page) == [0, 0, len(kinds), len(kinds)]


def test_a_reload_keeps_progress(page: Page) -> None:
    study(page, 3, 1, 4)
    after = (front(page).inner_text(), counts(page), kept(page))
    page.reload()
    assert (front(page).inner_text(), counts(page), kept(page)) == after


def test_both_languages_share_progress(page: Page) -> None:
    study(page, 3, 4)
    seen = counts(page)
    page.locator(".languages a").click()
    page.wait_for_url("**/answers/self-test/")
    assert counts(page) == seen


def test_due_cards_come_back_the_longest_waiting_first(page: Page) -> None:
    first, second, third = study(page, 3, 1, 4)  # due in 10 minutes, 1 minute, 8 days
    travel(page, NOW + 11 * MINUTE)
    assert counts(page)[0] == 2
    assert study(page, 4, 4) == [second, first]
    assert front(page).inner_text() not in {first, second, third}
    travel(page, NOW + 9 * DAY)
    assert third in study(page, 3, 3, 3)


def test_a_wait_is_told_and_ends_by_itself(page: Page) -> None:
    only(page, SLUGS[0], "question")
    page.evaluate(
        """() => {
          const soon = setTimeout
          window.setTimeout = (call, wait) => wait > 30000 ? (window.waiting = call) : soon(call, wait)
        }"""
    )
    (card,) = study(page, 1)
    assert front(page).inner_text() == "The next card is due in 1 min."
    page.evaluate(f"further = {MINUTE}; waiting()")
    assert front(page).inner_text() == card


def test_a_card_can_be_taken_early(page: Page) -> None:
    only(page, SLUGS[0], "question")
    (card,) = study(page, 3)
    page.get_by_role("button", name="Take the next one early").click()
    assert front(page).inner_text() == card


def only(page: Page, slug: str, kind: str) -> None:
    """Leaves one question and one kind of cards chosen."""
    page.locator(".self-test summary").click()
    for box in page.locator(".self-test [type=checkbox]").all():
        box.set_checked(box.get_attribute("value") in {slug, kind})
    page.locator(".self-test__card").click()


@pytest.mark.parametrize("slug", SLUGS[:2])
def test_a_choice_leaves_that_questions_cards_and_is_kept(page: Page, slug: str) -> None:
    only(page, slug, "follow-up")
    expected = page.locator(f".flashcard[id^='{slug}.f']").count()
    assert counts(page) == [0, expected, 0, expected]
    page.reload()
    assert counts(page) == [0, expected, 0, expected]


def test_no_choice_at_all_is_told(page: Page) -> None:
    only(page, "", "")
    assert front(page).inner_text() == "No cards are chosen."
    expect(page.locator(".self-test__show")).to_be_hidden()


def test_an_undo_brings_the_card_and_its_state_back(page: Page) -> None:
    (card,) = study(page, 2)
    page.get_by_role("button", name="Undo").click()
    assert front(page).inner_text() == card
    assert kept(page) == {}
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()


def test_progress_goes_out_and_in_unchanged(page: Page, visit: Visit, tmp_path: Path) -> None:
    study(page, 3, 1, 4)
    path = download(page, tmp_path)
    assert re.fullmatch(r"dlqa-self-test-2027-01-15\.json", path.name)
    other = start(visit, "self-test/")
    give(other, path)
    expect(other.get_by_role("status")).to_contain_text("导入 3 张")
    assert kept(other) == kept(page)
    assert counts(other) == counts(page)


def test_of_two_reviews_the_later_counts(page: Page, tmp_path: Path) -> None:
    study(page, 3, 3)
    path = download(page, tmp_path)
    given = json.loads(path.read_text("utf-8"))
    travel(page, NOW + 20 * MINUTE)
    study(page, 3)  # the first of the two again
    newer = kept(page)
    second = asked(page)[1]
    older = given["cards"][second] | {"last_review": iso(page, NOW + DAY), "difficulty": 9}
    given["cards"][second] = older
    path.write_text(json.dumps(given), "utf-8")
    give(page, path)
    expect(page.get_by_role("status")).to_contain_text("1 cards imported; 1 were as recent here")
    assert kept(page) == newer | {second: older}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("", "it is no exported progress, or not all of it"),
        ("[]", "expected format “dlqa self-test”, version 1, got {}"),
        ('{"format": "dlqa self-test", "version": 2}', '"version":2'),
        ('{"format": "dlqa self-test", "version": 1, "cards": []}', "expected cards to be an object"),
        (CARD := '{"format": "dlqa self-test", "version": 1, "cards": {"iou.q": {"state": 7}}}',
         "iou.q: state is wrong, got 7"),
        (CARD.replace('"state": 7', '"state": 2, "step": null, "stability": "4"'),
         'iou.q: stability is wrong, got "4"'),
        (CARD.replace('"state": 7', '"state": 2, "step": null, "stability": 4, "difficulty": 5, "due": "x"'),
         'iou.q: due is wrong, got "x"'),
    ],
)  # fmt: skip
def test_a_file_that_is_no_progress_is_refused_in_words(
    page: Page, tmp_path: Path, wrong: str, said: str
) -> None:
    study(page, 3)
    before = kept(page)
    path = tmp_path / "wrong.json"
    path.write_text(wrong, "utf-8")
    give(page, path)
    expect(page.get_by_role("status")).to_contain_text("wrong.json was not imported: ")
    expect(page.get_by_role("status")).to_contain_text(said)
    expect(page.get_by_role("status")).to_have_class(re.compile("wrong"))
    assert kept(page) == before


def test_damaged_progress_is_told_and_put_aside(page: Page) -> None:
    for damaged in ("{", '{"format": "dlqa self-test", "version": 2}'):
        page.evaluate("text => localStorage.setItem('dlqa-self-test', text)", damaged)
        page.reload()
        expect(warning(page)).to_contain_text("Saved progress cannot be read")
        assert counts(page)[2] == 0
        study(page, 3)
        expect(warning(page)).to_be_visible()
        assert len(kept(page)) == 1
    aside = {f"{KEY}-damaged": "{", f"{KEY}-damaged+": damaged}
    assert page.evaluate("({ ...localStorage })").items() >= aside.items()


def warning(page: Page) -> Locator:
    return page.get_by_role("alert")


def make_room(page: Page) -> None:
    page.evaluate("localStorage.removeItem('filler0')")


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_storage_is_full_a_warning_stays_in_sight_until_all_is_kept(
    visit: Visit, site: BuiltSite, language: str
) -> None:
    page = start(visit, site.page(language, "self-test"), **PHONE)
    expect(warning(page)).to_be_hidden()
    page.evaluate(FILL)
    for _ in range(2):
        study(page, 3)
        expect(page.get_by_role("status")).to_contain_text(re.compile("10 分钟|10 min"))
        expect(warning(page)).to_contain_text(re.compile("导出|export it"))
        expect(warning(page)).to_be_in_viewport(ratio=1)
    assert kept(page) == {}
    make_room(page)
    study(page, 3)
    expect(warning(page)).to_be_hidden()
    assert len(kept(page)) == 3


def test_damaged_progress_in_full_storage_stays_where_it_is(page: Page, tmp_path: Path) -> None:
    page.evaluate(f"localStorage.setItem('{KEY}', '{{')")
    page.evaluate(FILL)
    page.reload()
    expect(warning(page)).to_contain_text("no room to put it aside")
    study(page, 3)
    expect(warning(page)).to_be_in_viewport()
    assert page.evaluate(f"localStorage.getItem('{KEY}')") == "{"
    assert len(json.loads(download(page, tmp_path).read_text("utf-8"))["cards"]) == 1
    make_room(page)
    page.locator(".self-test__card").click()
    study(page, 3)
    assert len(kept(page)) == 2
    assert page.evaluate(f"localStorage.getItem('{KEY}-damaged')") == "{"


def test_where_storage_is_denied_one_studies_and_exports(page: Page, tmp_path: Path) -> None:
    page.add_init_script(DENIED)
    page.reload()
    expect(warning(page)).to_contain_text("denies storage")
    study(page, 3, 4)
    expect(warning(page)).to_be_in_viewport()
    assert len(json.loads(download(page, tmp_path).read_text("utf-8"))["cards"]) == 2
    page.get_by_role("button", name="Undo").click()
    assert counts(page)[2] == 1


def another_window(page: Page) -> Page:
    other = page.context.new_page()
    other.goto(page.url)
    return other


@pytest.mark.parametrize("told", [True, False], ids=["told", "asleep"])
def test_an_undo_leaves_what_another_window_graded_since(page: Page, told: bool) -> None:
    """A window that sleeps hears nothing of the others; what is kept is read before it is changed."""
    if not told:
        page.add_init_script("addEventListener('storage', e => e.stopImmediatePropagation(), true)")
        page.reload()
    study(page, 1)
    other = another_window(page)
    travel(other, NOW + 2 * MINUTE)
    study(other, 3)
    newer = kept(page)
    if told:
        expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    else:
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("status")).to_contain_text("Nothing is undone")
    assert kept(page) == newer
    study(page, 3)  # and a grade here keeps both
    first = asked(page)[0]
    assert kept(page)[first] == newer[first]
    assert len(kept(page)) == 2


def test_an_undo_leaves_what_was_imported_since(page: Page, tmp_path: Path) -> None:
    study(page, 1)
    path = download(page, tmp_path)
    given = json.loads(path.read_text("utf-8"))
    given["cards"][asked(page)[0]]["last_review"] = iso(page, NOW + DAY)
    path.write_text(json.dumps(given), "utf-8")
    give(page, path)
    expect(page.get_by_role("status")).to_contain_text("1 cards imported")
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    assert kept(page) == given["cards"]


def test_what_could_not_be_kept_outlives_another_windows_grade(page: Page) -> None:
    other = another_window(page)
    page.evaluate(FILL)
    study(page, 3, 3)
    make_room(page)
    other.keyboard.press("Space")
    other.keyboard.press("1")
    expect(page.locator(".self-test__progress p")).to_contain_text("2 of")
    study(page, 3)
    assert len(kept(page)) == 3


def test_another_windows_choice_is_seen(page: Page) -> None:
    other = another_window(page)
    only(other, SLUGS[0], "claim")
    shown = "all => all.filter(each => each.checked).map(each => each.value)"
    page.wait_for_function("document.querySelectorAll('.self-test :checked').length === 2")
    boxes = page.locator(".self-test [type=checkbox]")
    assert boxes.evaluate_all(shown) == [SLUGS[0], "claim"]
    assert counts(page) == counts(other)


def test_ten_new_cards_a_day_and_what_tomorrow_brings(page: Page) -> None:
    page.get_by_label("At most ten new cards a day").check()
    page.locator(".self-test__card").click()
    study(page, *[4] * 9, 3)
    assert counts(page)[:3] == [0, 0, 10]
    assert front(page).inner_text() == "The next card is due in 10 min."
    travel(page, NOW + 11 * MINUTE)
    study(page, 3)
    expect(page.locator("#self-test-of")).to_have_text("Done for today")
    total = counts(page)[3]
    assert re.search(rf"due in .*\. {total - 10} new ones go on tomorrow", front(page).inner_text())
    travel(page, NOW + DAY)
    assert counts(page)[1] == 10
    page.get_by_label("At most ten new cards a day").uncheck()
    assert counts(page)[1] == total - 10


def test_the_header_counts_what_is_due(page: Page) -> None:
    badge = page.locator(".due")
    study(page, 1, 4)
    page.goto(page.url.replace("self-test/", "iou/"))
    expect(badge).to_be_hidden()
    travel(page, NOW + 2 * MINUTE)
    expect(badge).to_have_text("1")
    expect(badge).to_have_attribute("aria-label", "Self-test: 1 cards are due")
    badge.click()
    expect(page.locator(".self-test__progress p")).to_contain_text("new")  # once it has loaded
    assert counts(page)[0] == 1


def test_a_page_is_tested_alone_whatever_is_chosen(visit: Visit) -> None:
    page = visit("en/iou/")
    page.get_by_role("link", name="Test me on this page").click()
    expect(page.locator(".self-test__progress p")).to_contain_text("new")  # once it has loaded
    total = page.locator(".flashcard[id^='iou.']").count()
    assert counts(page) == [0, total, 0, total]
    expect(page.locator(".self-test__only")).to_contain_text("· this page alone ·")
    study(page, *[4] * total)
    assert {each.split(".")[0] for each in kept(page)} == {"iou"}
    page.locator(".self-test__only a").click()
    page.wait_for_url("**/en/self-test/")
    expect(page.locator(".self-test__progress p")).to_contain_text("new")
    assert counts(page)[2] == total < counts(page)[3]


def test_before_an_interview_every_card_comes_once_the_weakest_first(page: Page) -> None:
    only(page, SLUGS[0], "question")
    for slug in SLUGS[1:4]:
        page.locator(f".self-test [value={slug}]").check()
    page.locator(".self-test__card").click()
    known, weak, *_ = study(page, 4, 3, 4)  # the second was hardly remembered
    travel(page, NOW + 5 * DAY)
    drill = page.get_by_role("button", name="Interview tomorrow")
    drill.click()
    expect(drill).to_have_attribute("aria-pressed", "true")
    unseen, first, *rest = study(page, 3, 3, 3, 3)
    assert first == weak
    assert unseen not in {known, weak, *rest}
    assert known in rest
    expect(page.locator("#self-test-front")).to_contain_text("through all of them")


def test_a_reset_asks_first(page: Page) -> None:
    study(page, 3, 3)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.locator("[data-do=reset]").click()
    assert len(kept(page)) == 2
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("[data-do=reset]").click()
    assert kept(page) == {}
    assert counts(page)[2] == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_reader_hears_the_card_and_what_a_grade_does(
    visit: Visit, site: BuiltSite, language: str
) -> None:
    page = start(visit, site.page(language, "self-test"))
    study(page, 3)
    card = page.locator(".self-test__card")
    expect(card).to_be_focused()
    expect(card).to_have_accessible_name(re.compile(re.escape(front(page).inner_text())))
    said = "记得：10 分钟后再见" if language == "zh" else "Good: 10 min until it comes back"
    expect(page.get_by_role("status")).to_have_text(said)
    page.keyboard.press("Enter")
    expect(back(page)).to_have_accessible_name(re.compile(r".{20,}", re.DOTALL))


def test_keys_elsewhere_are_not_grades(page: Page) -> None:
    page.keyboard.press("2")  # nothing to grade yet
    page.keyboard.press("Space")
    page.locator("[data-do=export]").focus()
    page.keyboard.press("2")
    page.locator(".md-search__input").focus()
    page.keyboard.type("1 2")
    assert kept(page) == {}
    expect(back(page)).to_be_visible()


def test_the_whole_of_it_works_with_tab_and_enter(page: Page) -> None:
    page.locator(".self-test__show").focus()
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.rating") == "3":
            break
    page.keyboard.press("Enter")
    assert list(kept(page)) == asked(page)[:1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_it_is_a_list_to_read(visit: Visit, site: BuiltSite, language: str) -> None:
    page = visit(site.page(language, "self-test"), java_script_enabled=False)
    expect(page.locator(".self-test")).to_be_hidden()
    for slug in SLUGS:
        card = page.locator(f"[id='{slug}.q']")
        expect(card.locator("p").first).to_be_hidden()
        card.locator("summary").click()
        expect(card.locator("p").first).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_card_is_wider_than_a_phone(visit: Visit, site: BuiltSite, language: str) -> None:
    page = start(visit, site.page(language, "self-test"), **PHONE)
    page.locator(".self-test summary").click()
    page.locator(".self-test__card").click()
    cards = page.locator(".flashcard").count()
    widths = dict(page.evaluate(WIDTHS, cards))
    assert len(widths) == cards > 100
    assert [words for words, width in widths.items() if width > 390] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_shifts_while_the_page_loads(visit: Visit, site: BuiltSite, language: str) -> None:
    page = visit(site.page(language, "self-test"), **PHONE)
    shift = page.evaluate(
        """() => new Promise(resolve => {
          let sum = 0
          new PerformanceObserver(list => {
            for (const entry of list.getEntries()) sum += entry.value
          }).observe({ type: "layout-shift", buffered: true })
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)))
        })"""
    )
    assert shift < 0.01


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_decks_download(visit: Visit, site: BuiltSite, language: str) -> None:
    page = visit(site.page(language, "self-test"))
    for end in ("apkg", "csv"):
        with page.expect_download() as started:
            page.locator(f".self-test__decks a[href$='{end}']").click()
        assert started.value.suggested_filename == f"dlqa.{language}.{end}"
        assert Path(started.value.path()).stat().st_size > 5_000


def test_the_scripts_of_the_self_test_stay_small(site: BuiltSite) -> None:
    scripts = [(site.folder / f"assets/{each}.js").read_bytes() for each in ("fsrs", "self-test")]
    assert sum(len(gzip.compress(each)) for each in scripts) < 8_000
