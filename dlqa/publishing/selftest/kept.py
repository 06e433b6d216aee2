"""The decks in the store: made when their cards, figures or code changed, read otherwise."""

import hashlib
import os
import time
from pathlib import Path

from dlqa.publishing.exhibits.colours import standalone
from dlqa.publishing.selftest.decks import Book, Chapter, as_apkg, as_csv
from dlqa.publishing.selftest.page import PAGE, numbered
from dlqa.publishing.selftest.shown import shown_cards
from dlqa.publishing.sources.library import FIGURE, Library
from dlqa.publishing.store.fingerprint import Fingerprint, ingredients
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Say, Stage
from dlqa.publishing.words import word

SHELF = "self-test"


def downloads(
    library: Library, content: str, address: str, store: Store, say: Say
) -> dict[str, bytes]:
    """What stands beside the self-test's page, by path; `content` is its HTML.

    `address` is the site's in this language, "" where it is not known.
    """
    folder, language = PAGE.removesuffix(".md"), library.language
    cards = shown_cards(content, address and f"{address}{folder}/")
    root = address if language == "zh" else address.removesuffix("en/")
    chapters = {slug: _chapter(slug, library, root) for slug in library.sources}
    files = deck_files(Book(word("deck", language), language, chapters, cards), store, say)
    return {f"{folder}/{name}": file for name, file in files.items()}


def deck_files(book: Book, store: Store, say: Say = print) -> dict[str, bytes]:
    """The files that stand beside the page, by name, made where the stored ones are not these cards.

    SOURCE_DATE_EPOCH, when set, is the time at which a package says it was made.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    content = hashlib.sha256(repr(book).encode()).hexdigest()[:16]
    fingerprint = Fingerprint(
        {"cards": content, "made at": given} | ingredients("dlqa.publishing.selftest.decks")
    )

    def make(folder: Path) -> None:
        _write(book, folder, int(given or time.time()))

    made = Stage(store, SHELF, book.language, fingerprint).up_to_date(make, say)
    return {path.name: path.read_bytes() for path in made.glob("dlqa.*")}


def _chapter(slug: str, library: Library, root: str) -> Chapter:
    source = library.sources[slug]
    name, tags = numbered(source), tuple(source.heading.tags)
    first = FIGURE.search(source.body)
    if not first:
        return Chapter(name, tags, "", "")
    drawn = library.published[slug].figure(first[2], library.language)
    address = f"{root}figures/{slug}/{first[2]}.{library.language}.svg"
    return Chapter(name, tags, standalone(drawn), address)


def _write(book: Book, folder: Path, seconds: int) -> None:
    (folder / f"dlqa.{book.language}.csv").write_bytes(as_csv(book))
    (folder / f"dlqa.{book.language}.apkg").write_bytes(as_apkg(book, seconds))
