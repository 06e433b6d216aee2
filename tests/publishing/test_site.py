"""What a good build publishes."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from tests.pages.searched import shown, terms
from tests.publishing.project import URL, Project

SOME = ["index.html", "coin/index.html", "labs/coin/index.html"]
PAGES = [*SOME, *(f"en/{page}" for page in SOME)]


class Links(HTMLParser):
    """Every address that a page leads to, and every id that it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []  # tag, address
        self.ids: list[str] = []
        self.alternates: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("href", "src"):
            if name in found:
                self.links.append((tag, found[name]))
        if tag == "a" and "hreflang" in found:
            self.alternates[found["hreflang"]] = found["href"]


def data(project: Project, name: str) -> object:
    return json.loads((project.site / f"data/coin/{name}.json").read_text("utf-8"))


def target(site: Path, page: str, address: str) -> Path:
    """The file that a relative address on a page leads to."""
    path = (site / page).parent / unquote(urldefrag(address).url)
    return path / "index.html" if path.is_dir() or address.endswith("/") else path


def test_both_languages_and_their_search_indexes_are_there(made: Project) -> None:
    for path in (*PAGES, "search/search_index.json", "en/search/search_index.json"):
        assert (made.site / path).is_file(), path


def test_each_language_has_an_index_of_its_own_words_alone(made: Project) -> None:
    zh, en = terms(made.site), terms(made.site / "en")
    assert "公平" in zh
    assert "fair" not in zh
    assert "fair" in en
    assert not [term for term in en if re.search("[\u4e00-\u9fff]", term)]


def test_figures_stay_out_of_the_search_index(made: Project) -> None:
    assert not [each for each in shown(made.site) if "svg" in each.teaser]
    assert not {"svg", "viewbox", "evidence-figure"} & terms(made.site)


def test_claims_are_published_as_promised(made: Project) -> None:
    claims = data(made, "claims")
    assert isinstance(claims, list)
    promised = {"id", "kind", "verdict", "source", "quantity", "margin", "resolution", "conditions"}
    assert all(promised <= set(claim) for claim in claims)
    c1, c2, c3 = claims
    whole, clipped = c1["conditions"]
    assert whole["least"] < whole["low"] < whole["effect"] < whole["high"] < whole["most"]
    assert [whole["verdict"], clipped["verdict"], c1["verdict"]] == [
        "holds", "does not hold", "depends"
    ]  # fmt: skip
    assert (c2["kind"], c2["verdict"], c2["conditions"]) == ("derived", "holds", [])
    assert (c3["kind"], c3["verdict"]) == ("cited", "undecided")


def test_the_receipt_is_published_as_promised(made: Project) -> None:
    receipt = data(made, "receipt")
    assert isinstance(receipt, dict)
    promised = {"seconds", "measured_at", "cpu", "cores", "threads", "python", "torch", "commit"}
    assert promised <= set(receipt)


def test_every_cited_value_is_published_as_number_and_text(made: Project) -> None:
    values = data(made, "values")
    assert isinstance(values, dict)
    assert {"mean", "c1_whole", "c1_whole_low", "seconds"} <= set(values)
    page = (made.site / "coin/index.html").read_text("utf-8")
    assert f">正面的比例是 {values['mean']['text']}<" in page
    assert format(values["mean"]["number"], ".3f") == values["mean"]["text"]


def test_figures_and_their_numbers_are_published(made: Project) -> None:
    for name in ("tossed", "running"):
        for language in ("zh", "en"):
            svg = made.site / f"figures/coin/{name}.{language}.svg"
            root = ElementTree.fromstring(svg.read_bytes())
            assert root.tag == "{http://www.w3.org/2000/svg}svg"
    rows = (made.site / "data/coin/tossed.csv").read_text("utf-8").splitlines()
    assert rows[0] == "heads"
    assert len(rows) == 13
    numbers = json.loads((made.site / "data/coin/tossed.json").read_text("utf-8"))
    assert [str(number) for number in numbers["heads"]] == rows[1:]


def test_snippets_are_published_without_markers_and_marks(made: Project) -> None:
    published = (made.site / "snippets/coin/toss.py").read_text("utf-8")
    assert published == ("import random\n\nprint(sum(random.Random(0).choices((0, 1), k=10)))\n")


def test_shared_files_are_published_once(made: Project) -> None:
    for folder in ("data", "figures", "notebooks", "snippets"):
        assert not (made.site / "en" / folder).exists()


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_leads_to_a_file(made: Project, page: str) -> None:
    links = Links((made.site / page).read_text("utf-8")).links
    inner = [a for _, a in links if not urlsplit(a).scheme and urlsplit(a).path]
    assert len(inner) > 10
    broken = [address for address in inner if not target(made.site, page, address).is_file()]
    assert broken == []


@pytest.mark.parametrize("page", PAGES)
def test_no_page_loads_anything_from_elsewhere(made: Project, page: str) -> None:
    links = Links((made.site / page).read_text("utf-8")).links
    assert [a for tag, a in links if urlsplit(a).netloc and tag != "a"] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_id_stands_twice_on_a_page(made: Project, page: str) -> None:
    ids = Links((made.site / page).read_text("utf-8")).ids
    assert sorted({each for each in ids if ids.count(each) > 1}) == []


@pytest.mark.parametrize(
    ("page", "language", "other"),
    [
        ("index.html", "en", "en/index.html"),
        ("coin/index.html", "en", "en/coin/index.html"),
        ("en/index.html", "zh-Hans", "index.html"),
        ("en/coin/index.html", "zh-Hans", "coin/index.html"),
    ],
)
def test_the_language_switcher_keeps_the_page(
    made: Project, addressed: Path, page: str, language: str, other: str
) -> None:
    for site in (made.site, addressed):
        switcher = Links((site / page).read_text("utf-8")).alternates
        assert list(switcher) == [language]
        assert target(site, page, switcher[language]).resolve() == (site / other).resolve()


def test_the_index_lists_the_question_with_its_claims_and_their_verdicts(made: Project) -> None:
    for page, claim in (
        ("index.html", "正面多于四成"),
        ("en/index.html", "more heads than four in ten"),
    ):
        html = (made.site / page).read_text("utf-8")
        links = {a for _, a in Links(html).links}
        assert {"coin/", "coin/#c1", "coin/#c2", "coin/#c3"} <= links, page
        item = re.search(r"<li>((?:(?!</li>).)*#c1(?:(?!</li>).)*)</li>", html, re.DOTALL)
        assert item is not None
        assert claim in item[1]
        assert "verdict--depends" in item[1]


def test_a_page_that_answers_no_question_stands_last_in_the_navigation(project: Project) -> None:
    for language in ("zh", "en"):
        (project.root / f"docs/{language}/about.md").write_text("# About\n\nWords.\n", "utf-8")
    done = project.build()
    assert done.code == 0, done.output
    html = (project.site / "en/index.html").read_text("utf-8")
    assert html.index('href="coin/"') < html.index('href="about/"')


def test_without_an_address_the_site_names_none(made: Project) -> None:
    urls = ElementTree.fromstring((made.site / "sitemap.xml").read_bytes())
    assert list(urls) == []
    assert 'rel="canonical"' not in (made.site / "coin/index.html").read_text("utf-8")


@pytest.mark.parametrize("folder", ["", "en/"])
def test_with_an_address_the_sitemap_pairs_the_languages(addressed: Path, folder: str) -> None:
    text = (addressed / folder / "sitemap.xml").read_text("utf-8")
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    pages = {}
    for url in ElementTree.fromstring(text).findall("s:url", names):
        pairs = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", names)}
        pages[url.findtext("s:loc", namespaces=names)] = pairs
    for page in ("", "coin/"):
        english = f"{URL}en/{page}"  # also for those who speak neither
        both = {"zh-Hans": f"{URL}{page}", "en": english, "x-default": english}
        assert pages[f"{URL}{folder}{page}"] == both


@pytest.mark.parametrize("folder", ["", "en/"])
def test_with_an_address_each_page_names_its_own(addressed: Path, folder: str) -> None:
    html = (addressed / folder / "coin/index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{URL}{folder}coin/">' in html


def test_a_sentence_leads_to_its_claim_with_its_verdict_and_the_claim_back(made: Project) -> None:
    html = (made.site / "en/coin/index.html").read_text("utf-8")
    way = BeautifulSoup(html, "html.parser").select_one("a.to-claim")
    assert way is not None
    assert (way["href"], way["id"]) == ("#c1", "from-c1")
    assert way.text.strip("\u2060◐").startswith("the fraction of heads is 0.")
    assert way.select_one("[role=img]")["aria-label"] == "depends"
    assert '<a href="#from-c1">' in html
    assert "#from-c2" not in html  # no sentence leads to it


def test_the_search_is_told_a_sentence_without_its_sign(made: Project) -> None:
    (answer,) = (each.teaser for each in shown(made.site / "en") if each.location == "coin/#answer")
    assert re.match(r"It is: the fraction of heads is 0\.\d+, where ", answer)


def test_how_it_was_measured_is_folded_under_its_heading(made: Project) -> None:
    receipt = data(made, "receipt")
    assert isinstance(receipt, dict)
    page = BeautifulSoup((made.site / "en/coin/index.html").read_text("utf-8"), "html.parser")
    fold = page.select_one("h2#method + details.method")
    assert fold is not None
    summary = fold.find("summary").text
    assert f"Measured {receipt['measured_at'][:10]} on " in summary
    assert f"{receipt['cores']} cores" in summary
    assert fold.select_one("#figure-tossed svg")
    assert fold.select_one("#errata + ul")
    assert fold.select_one(".downloads")
    assert not fold.select_one("h2")
    assert not page.select_one(".answer-head").find(string=re.compile("Measured"))


def test_a_figure_leads_to_the_claims_that_lead_to_it(made: Project) -> None:
    page = BeautifulSoup((made.site / "coin/index.html").read_text("utf-8"), "html.parser")
    assert page.select_one("#figure-tossed .links a[href='#c1']").text == "c1"
    assert page.select_one("details.claim a[href='#figure-tossed']")
    assert not page.select("#figure-running .links a[href^='#']")


def test_the_build_says_no_more_than_it_should(made: Project) -> None:
    output = made.build("--site-dir", str(made.root / "again")).output
    assert all(line.startswith("INFO") or not line for line in output.splitlines()), output
