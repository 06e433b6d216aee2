"""The decks in the store: made when their cards, figures or code changed, read otherwise."""

import hashlib
import os
import time
from pathlib import Path

from dlqa.publishing.exhibits.colours import standalone
from dlqa.publishing.selftest.decks import Book, Chapter, as_apkg, as_csv
from dlqa.publishing.selftest.page import PAGE, numbered
from dlqa.publishing.selftest.shown import shown_cards
from dlqa.publishing.sources.library import Library
from dlqa.publishing.store.fingerprint import Fingerprint, ingredients
from dlqa.publishing.store.shelves import Damaged, Store
from dlqa.publishing.words import word

SHELF = "self-test"


def downloads(library: Library, content: str, address: str, store: Store) -> dict[str, bytes]:
    """What stands beside the self-test's page, by path; `content` is its HTML.

    `address` is the site's in this language, "" where it is not known.
    """
    folder, language = PAGE.removesuffix(".md"), library.language
    cards = shown_cards(content, address and f"{address}{folder}/")
    root = address.removesuffix(library.folder)
    chapters = {slug: _chapter(slug, library, root) for slug in library.sources}
    files = deck_files(Book(word("deck", language), language, chapters, cards), store)
    return {f"{folder}/{name}": file for name, file in files.items()}


def deck_files(book: Book, store: Store) -> dict[str, bytes]:
    """The files that stand beside the page, by name, made where the stored ones are not these cards.

    SOURCE_DATE_EPOCH, when set, is the time at which a package says it was made.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    content = hashlib.sha256(repr(book).encode()).hexdigest()[:16]
    fingerprint = Fingerprint(
        {"cards": content, "made at": given} | ingredients("dlqa.publishing.selftest.decks")
    )
    place = (SHELF, book.language, fingerprint.key)
    with store.locked(SHELF):
        try:
            found = store.find(*place)
        except Damaged:
            store.discard(*place)
            found = None
        if found is None:
            with store.writing(SHELF, book.language, fingerprint) as folder:
                _write(book, folder, int(given or time.time()))
            found = store.find(*place)
            assert found is not None, "a result just written is there"
        return {path.name: path.read_bytes() for path in found.glob("dlqa.*")}


def _chapter(slug: str, library: Library, root: str) -> Chapter:
    source = library.sources[slug]
    name, tags = numbered(source), tuple(source.heading.tags)
    first = next(iter(library.captions[slug]), None)
    if first is None:
        return Chapter(name, tags, "", "")
    address = f"{root}figures/{slug}/{first}.{library.language}.svg"
    return Chapter(name, tags, standalone(library.drawing(slug, first)), address)


def _write(book: Book, folder: Path, seconds: int) -> None:
    (folder / f"dlqa.{book.language}.csv").write_bytes(as_csv(book))
    (folder / f"dlqa.{book.language}.apkg").write_bytes(as_apkg(book, seconds))
