"""A title is plain text wherever it stands: no sign in it is read as Markdown, HTML or TeX."""

import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from dlqa.publishing.fragments import literal
from dlqa.publishing.selftest.decks import Book, Chapter, as_apkg, as_csv
from dlqa.publishing.selftest.shown import ShownCard
from tests.publishing.project import URL, Project

TITLE = 'List<int>, __init__ & a*b*c: `x` < y > "z" $1 and $2 [a](b) {#c} x^2$'
DESCRIPTION = "<b>Heads</b> & *tails*"


@pytest.fixture
def titled(project: Project) -> Project:
    line = f"title: {json.dumps(TITLE)}"
    project.edit("docs/en/coin.md", "title: Is a coin fair", line)
    said = f"description: {json.dumps(DESCRIPTION)}"
    project.edit("docs/en/coin.md", "description: Twelve coins are tossed.", said)
    done = project.build(SITE_URL=URL)
    assert done.code == 0, done.output
    return project


def page(project: Project, path: str) -> BeautifulSoup:
    return BeautifulSoup(project.read(f"site/en/{path}"), "html.parser")


def test_lists_navigation_and_head_show_a_title_as_it_is_written(titled: Project) -> None:
    index, answer = page(titled, "index.html"), page(titled, "coin/index.html")
    (entry,) = index.select("section.entry h3 a[href='coin/']")
    assert entry.get_text() == TITLE
    assert DESCRIPTION in index.select_one("section.entry p").get_text()
    links = {link.get_text(" ", strip=True) for link in answer.select(".md-nav__link")}
    assert f"7 · {TITLE}" in links
    assert answer.title.get_text() == f"{TITLE} - Deep Learning Q&A"
    described = {meta["content"] for meta in answer.select("meta[name=description]")}
    assert described == {DESCRIPTION}
    assert answer.select_one("meta[property='og:title']")["content"] == TITLE
    data = json.loads(answer.select_one("script[type='application/ld+json']").string)
    assert data["@graph"][0]["headline"] == TITLE
    feed = ElementTree.fromstring(titled.read("site/en/feed.xml"))
    assert feed.findtext("{*}entry/{*}title") == f"7 · {TITLE}"


def test_an_exercise_and_a_picture_bear_any_title(titled: Project) -> None:
    answer = page(titled, "labs/coin/index.html").select_one(".answer-head a")
    assert answer.get_text() == TITLE
    assert (titled.site / "en/previews/coin.png").stat().st_size > 1000


@pytest.mark.parametrize("title", [TITLE, "x < y > z", "a<b", "one lone $ with ^"])
def test_decks_bear_any_title(title: str) -> None:
    card = ShownCard("coin.q", "question", literal(title), "<p>yes</p>")
    book = Book("Deck", "en", {"coin": Chapter(f"7 · {title}", (), "", "")}, [card])
    assert as_apkg(book, 1_000_000_000)
    row = as_csv(book).decode("utf-8-sig").splitlines()[1]
    assert title in unescape(row.replace('""', '"'))


def test_a_literal_text_keeps_every_sign() -> None:
    shown = literal(TITLE)
    assert unescape(shown) == TITLE
    assert not re.search(r"[*_`<>$\[\]{}]", shown)
