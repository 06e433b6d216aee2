"""Where the pages of a built folder lead, and what of that is not there."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

ADDRESSES = ("href", "src", "poster", "data", "xlink:href")
ABROAD = ("https:", "http:", "mailto:", "data:", "javascript:")


@dataclass(frozen=True)
class Link:
    """One address on a page, and whether it offers a file to keep."""

    tag: str
    address: str
    download: bool
    language: str | None


@dataclass(frozen=True)
class Linked:
    """A page's links and the ids that links can lead to."""

    links: tuple[Link, ...]
    ids: frozenset[str]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.ids += [
            given[name] for name in ("id", "name")[: 2 if tag == "a" else 1] if name in given
        ]
        for name in ADDRESSES:
            if name in given and tag not in {"meta", "param"}:
                self._add(tag, given[name], given)
        for candidate in given.get("srcset", "").split(","):
            if candidate.strip():
                self._add(tag, candidate.split()[0], given)

    def _add(self, tag: str, address: str, given: dict[str, str]) -> None:
        self.links.append(Link(tag, address, "download" in given, given.get("hreflang")))


def read(html: str) -> Linked:
    """The links and ids of a page."""
    reader = _Reader()
    reader.feed(html)
    return Linked(tuple(reader.links), frozenset(reader.ids))


@cache
def page(path: Path) -> Linked:
    return read(path.read_text("utf-8"))


def faults(folder: Path, root: str = "/") -> Iterator[str]:
    """Every link of every page that leads nowhere: no file, no such id, an empty download.

    `folder` is what is served at the path `root`; links to other sites are not followed.
    """
    for path in sorted(folder.rglob("*.html")):
        here = root + str(path.relative_to(folder)).removesuffix("index.html")
        for link in page(path).links:
            if fault := _fault(folder, root, here, link):
                yield f"{path.relative_to(folder)}: {link.address}: {fault}"


def target(folder: Path, root: str, here: str, address: str) -> Path | None:
    """The file that an address on a page leads to; None where it leaves the folder."""
    full = unquote(urlsplit(urljoin(here, urldefrag(address).url)).path)
    if not full.startswith(root):
        return None
    path = folder / full.removeprefix(root)
    return path / "index.html" if full.endswith("/") else path


def _fault(folder: Path, root: str, here: str, link: Link) -> str | None:
    if link.address.startswith(ABROAD):
        return None
    path = target(folder, root, here, link.address)
    if path is None:
        return "leaves the site's folder"
    if not path.is_file():
        return "no such file"
    if link.download and path.stat().st_size == 0:
        return "an empty download"
    fragment = unquote(urldefrag(link.address).fragment)
    if fragment and path.suffix == ".html" and fragment not in page(path).ids | {"top"}:
        return f"no id {fragment!r} there"
    return None
