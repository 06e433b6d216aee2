"""What a candidate types leads to the right page first: the site's own search, in a real browser.

Each question brings what its readers type, `tests/questions/queries_<slug>.toml`; what was written
down before the search was tuned stands in `queries.toml`, and some of that may fail.
"""

import gzip
import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dlqa.publishing.language_site import SUGGESTED
from dlqa.publishing.outside.terms import terms
from dlqa.publishing.store.catalog import questions
from tests.browser.conftest import Look, Visit
from tests.conftest import ROOT, BuiltSite
from tests.pages.searched import shown

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
OWN = {
    question.slug: tomllib.loads(
        (ROOT / f"tests/questions/queries_{question.slug}.toml").read_text("utf-8")
    )
    for question in questions()
}
BEFORE = tomllib.loads(Path(__file__).with_name("queries.toml").read_text("utf-8"))
AT_LEAST = 44  # of the 48 that were written down before


def typed(page: Page, words: str) -> None:
    page.locator(".md-search__input").fill(words)


def pasted(page: Page, words: str) -> None:
    """As a mouse or a long press does: no key is let go."""
    page.evaluate("words => navigator.clipboard.writeText(words)", words)
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "commands": ["paste"]})


def dictated(page: Page, words: str) -> None:
    page.keyboard.insert_text(words)  # a change without a key


def composed(page: Page, words: str) -> None:
    """By an input method, whose letters come first."""
    session = page.context.new_cdp_session(page)
    for text in ("jiao", "jiaobing"):
        session.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": 0, "selectionEnd": 0}
        )
    session.send("Input.insertText", {"text": words})


PASTED = next(iter(BEFORE["zh"]["pasted"]))
NOTHING = "没有|No matching"
ENTER: dict[str, Callable[[Page, str], None]] = {"pasted": pasted, "ime": composed}


def found(page: Page, words: str, enter: Callable[[Page, str], None] = typed) -> list[str]:
    """The addresses of the results, best first."""
    field, told = page.locator(".md-search__input"), page.locator(".md-search-result__meta")
    field.click()
    field.fill("")
    expect(told).to_have_text(re.compile("键入|Type to"))
    enter(page, words)
    expect(told).to_have_text(re.compile(rf"\d|{NOTHING}"))
    return page.locator(".md-search-result__link").evaluate_all("all => all.map(a => a.href)")


# Sets the field's words as a key does, query after query, and gives the first result's address.
FIRST = """async queries => {
  const field = document.querySelector('.md-search__input')
  const told = document.querySelector('.md-search-result__meta')
  const says = sign => new Promise(done => {
    const look = () => sign.test(told.textContent) && (watch.disconnect(), done())
    const watch = new MutationObserver(look)
    watch.observe(told, { childList: true, characterData: true, subtree: true })
    look()
  })
  const set = (words, sign) => {
    field.value = words
    field.dispatchEvent(new Event('input', { bubbles: true }))
    return says(sign)
  }
  const first = []
  for (const words of queries) {
    await set('', /键入|Type to/)
    await set(words, /\\d|没有|No matching/)
    await new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))
    first.push(document.querySelector('.md-search-result__link')?.href ?? '')
  }
  return first
}"""


def quickly_astray(page: Page, queries: list[tuple[str, str]]) -> list[str]:
    """Which queries lead elsewhere than to the path beside them: asked one after the other by script,
    and where that found another page, once more as a reader types."""
    page.locator(".md-search__input").click()
    first = page.evaluate(FIRST, [words for words, _ in queries])
    wrong = []
    for address, (words, path) in zip(first, queries, strict=True):
        if not re.search(rf"/answers/{path}(\?.*)?(#.*)?$", address):
            found(page, words)
            if other := astray(page, path):
                wrong.append(f"{words}: {other}")
    return wrong


def astray(page: Page, path: str) -> str:
    """What comes first in place of the page at `path`, nothing where that page does. The results of
    letters that an input method has sent before its words are waited over."""
    first = page.locator(".md-search-result__link").first
    try:
        expect(first).to_have_attribute(
            "href", re.compile(rf"/answers/{path}(\?.*)?(#.*)?$"), timeout=2000
        )
    except AssertionError:
        return first.get_attribute("href", timeout=2000) if first.count() else "nothing"
    return ""


@LANGUAGES
def test_each_question_is_first_for_what_its_readers_type(
    visit: Visit, site: BuiltSite, language: str
) -> None:
    page = visit(f"{site.page(language)}404.html")
    queries = [
        (words, site.page(language, slug)) for slug, of in OWN.items() for words in of[language]
    ]
    assert all(len(of[language]) >= 5 for of in OWN.values())
    assert not (wrong := quickly_astray(page, queries)), "\n".join(wrong)


def test_what_was_written_down_before_is_found(visit: Visit, site: BuiltSite) -> None:
    wrong, count = [], 0
    for language, kinds in BEFORE.items():
        permissions = ["clipboard-read", "clipboard-write"]
        page = visit(f"{site.page(language)}404.html", permissions=permissions)
        for kind, queries in kinds.items():
            count += len(queries)
            paths = [(words, site.page(language, slug)) for words, slug in queries.items()]
            if kind not in ENTER:
                wrong += [f"{kind}, {each}" for each in quickly_astray(page, paths)]
                continue
            for words, path in paths:
                found(page, words, ENTER[kind])
                if other := astray(page, path):
                    wrong.append(f"{kind}, {words}: {other}")
    assert count == 48
    assert count - len(wrong) >= AT_LEAST, "\n".join(wrong)


@LANGUAGES
def test_where_nothing_is_found_the_search_says_what_there_is(
    visit: Visit, site: BuiltSite, language: str
) -> None:
    page = visit(f"{site.page(language)}404.html")
    assert found(page, "qzxjvkw") == []
    hint = page.locator(".search-hint")
    expect(hint.locator("a")).to_have_count(min(len(OWN), SUGGESTED) + 1)
    first = hint.locator("a").first
    address = first.evaluate("link => link.href")
    first.click()
    expect(page).to_have_url(address)
    found(page, "IoU")
    expect(page.locator(".search-hint")).to_be_hidden()


@LANGUAGES
def test_the_script_takes_words_apart_as_the_build_does(
    look: Look, site: BuiltSite, language: str
) -> None:
    page, folder = look(f"{site.page(language)}404.html"), site.folder / site.page(language)
    texts = [f"{each.title} {each.teaser}" for each in shown(folder)]
    config = json.loads((folder / "search/search_index.json").read_text("utf-8"))["config"]
    script = (site.folder / "assets/search.js").read_text("utf-8")
    theirs = page.evaluate(
        """([script, config, texts]) => {
          const { take, terms, plain } = new Function(script.replace("onmessage =", "const answers =") + "return { take, terms, plain }")()
          take(config)
          return texts.map(text => terms(plain(text)))
        }""",
        [script, config, texts],
    )
    assert theirs == [terms(text) for text in texts]
    assert len(texts) > 100


def test_what_a_search_loads_stays_small(visit: Visit) -> None:
    page, loaded = visit("404.html"), []
    page.on("response", lambda each: "/search/" in each.url and loaded.append(each))
    found(page, PASTED)
    (index,) = (each for each in loaded if each.url.endswith("search_index.json"))
    assert all(each.ok for each in loaded)
    assert len(gzip.compress(index.body())) < 12_000
    rest = [len(gzip.compress(each.body())) for each in loaded if each is not index]
    assert max(rest) < 7_000  # one part, however many questions there are
    assert sum(rest) < 120_000


SHOWN = {"zh": ["方差", "均值"], "en": ["variance"]}
RESULTS = ".md-search-result__link"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize("enter", [pasted, dictated, composed])
def test_whatever_enters_the_words_finds(visit: Visit, enter: Callable[[Page, str], None]) -> None:
    page = visit("404.html", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".md-search__input").click()
    enter(page, "交并比")
    expect(page.locator(RESULTS).first).to_have_attribute("href", re.compile("/iou/"))
    page.locator(".md-search__form [type=reset]").click()
    expect(page.locator(RESULTS)).to_have_count(0)


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_signs_are_no_commands(visit: Visit, prefix: str) -> None:
    """Lunr would take these for commands and, where they are none, warn and find nothing."""
    page = visit(f"{prefix}404.html")
    for words in (
        "x^n IoU",
        "IoU~a",
        "a:b IoU",
        "-IoU",
        "+IoU",
        "*IoU",
        "IoU^",
        '"IoU',
        "IoU [.5:.95]",
    ):
        assert any("/iou/" in address for address in found(page, words)), words
    for words in ("^", "~", "：", "-", '"', "()", "。"):
        page.locator(".md-search__input").fill(words)
        expect(page.locator(".md-search-result__meta")).to_have_text(re.compile("没有|No matching"))


@LANGUAGES
def test_results_show_no_code_and_no_gaps(visit: Visit, site: BuiltSite, language: str) -> None:
    page = visit(f"{site.page(language)}404.html")
    asked = [queries[language][0] for queries in OWN.values()]
    for words in (*asked, "torch", "xavier_uniform_", "n_in", *SHOWN[language]):
        found(page, words)
        expect(page.locator(".md-search-result pre")).to_have_count(0)
        first = page.locator(".md-search-result__item").first.inner_text()
        assert not re.search(r"[，、为有是第] {2,}|\$|\\\\[a-z]|, ,", first), words
        assert page.locator(RESULTS).first.bounding_box()["height"] < 500, words


def test_code_is_found_by_its_names(visit: Visit) -> None:
    page = visit("404.html")
    for words in ("xavier_uniform_", "nn.init.xavier_uniform_"):
        assert "/initialization/" in found(page, words)[0]


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_on_a_phone_the_way_back_is_in_the_field_and_leads_back(visit: Visit, prefix: str) -> None:
    page = visit(f"{prefix}iou/", **PHONE)
    page.locator("label[for=__search].md-header__button").tap()
    back = page.locator(".md-search__icon[for=__search]")
    arrow = back.locator("svg:visible")
    expect(arrow).to_have_count(1)
    arrow.hover()  # once it stands still, and all that moves with it
    page.wait_for_function(
        "() => document.getAnimations().every(each => each.playState !== 'running')"
    )
    field = page.locator(".md-search__input").bounding_box()
    box = arrow.bounding_box()
    assert field["y"] <= box["y"]
    assert box["y"] + box["height"] <= field["y"] + field["height"]
    page.touchscreen.tap(box["x"] + 12, box["y"] + 12)
    expect(page.locator(".md-search__output")).to_be_hidden()
    expect(page.locator("h1")).to_be_in_viewport()


def test_a_found_page_marks_the_words(visit: Visit) -> None:
    page = visit("404.html")
    found(page, "什么是iou")
    page.locator(RESULTS).first.click()
    page.wait_for_url("**/iou/*")
    expect(page.locator("article mark").first).to_be_visible()
