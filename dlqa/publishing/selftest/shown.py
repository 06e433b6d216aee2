"""The cards as the self-test's page shows them: the HTML of both sides, fit to stand alone."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from dlqa.publishing.formulas import mathml

MORE = re.compile(r'<p><a class="card-more".*?</a></p>', re.DOTALL)  # says "read the answer" only
LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class ShownCard:
    """A card as on the page; the id names its question first."""

    id: str
    kind: str
    front: str
    back: str

    @property
    def slug(self) -> str:
        return self.id.partition(".")[0]


def shown_cards(html: str, url: str) -> list[ShownCard]:
    """The cards of the self-test's page in their order.

    `url` is the page's own; links are absolute where it is known, and their words alone where it
    is "". Formulas are the TeX that Anki sets itself.
    """
    return [
        ShownCard(identity, kind, _linked(front, url), _linked(back, url))
        for identity, kind, front, back in _Reader(html).found
    ]


class _Reader(HTMLParser):
    """Finds the cards of a page: their ids, kinds, and the HTML of both sides."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str, str]] = []
        self._html = html
        self._lines = [0, *(found.end() for found in re.finditer("\n", html))]
        self._card: list[str] = []  # id, kind, front of the card that is being read
        self._depth = self._start = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "details" and self._depth:
            self._depth += 1
            return
        given = dict(attributes)
        if tag == "details" and "flashcard" in (given.get("class") or "").split():
            self._card, self._depth = [str(given["id"]), str(given["data-kind"])], 1
        elif tag == "summary" and self._depth == 1:
            self._start = self._here() + len(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "summary" and self._depth == 1:
            self._card.append(self._html[self._start : self._here()])
            self._start = self._here() + len("</summary>")
        elif tag == "details" and self._depth:
            self._depth -= 1
            if not self._depth:
                identity, kind, front = self._card
                self.found.append((identity, kind, front, self._html[self._start : self._here()]))

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def _linked(html: str, url: str) -> str:
    if not url:
        html = MORE.sub("", html)

    def follow(found: re.Match[str]) -> str:
        address, words = found.groups()
        whole = urljoin(url, address)
        return f'<a href="{whole}">{words}</a>' if urlsplit(whole).netloc else words

    return mathml.delimited(LINK.sub(follow, html)).strip()
