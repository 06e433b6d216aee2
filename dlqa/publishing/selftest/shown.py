"""The cards as the self-test's page shows them: the HTML of both sides, fit to stand alone."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag


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
    soup = BeautifulSoup(html, "html.parser")
    return [_shown(card, url) for card in soup.find_all("details", class_="flashcard")]


def _shown(card: Tag, url: str) -> ShownCard:
    if not url:
        for more in card.select("p:has(> .card-more)"):  # says "read the answer" only
            more.decompose()
    for link in card.find_all("a", href=True):
        _follow(link, url)
    for formula in card.find_all("span", class_="formula"):
        formula.replace_with(_delimited(formula.select("i")[0].get_text()))
    front = card.select("summary")[0].extract()
    sides = (side.decode_contents().strip() for side in (front, card))
    return ShownCard(str(card["id"]), str(card["data-kind"]), *sides)


def _follow(link: Tag, url: str) -> None:
    whole = urljoin(url, str(link["href"]))
    if urlsplit(whole).netloc:
        link.attrs = {"href": whole}
    else:
        link.unwrap()


def _delimited(tex: str) -> str:
    r"""TeX between dollars in `\(` `\)` or `\[` `\]`, as Anki takes it."""
    return rf"\[{tex[2:-2]}\]" if tex.startswith("$$") else rf"\({tex[1:-1]}\)"
