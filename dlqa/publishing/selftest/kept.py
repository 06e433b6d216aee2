"""The decks in the store: made when their cards, figures or code changed, read otherwise."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from dlqa.publishing.exhibits.colours import standalone
from dlqa.publishing.selftest.decks import Book, Chapter, as_apkg, as_csv
from dlqa.publishing.selftest.page import PAGE, numbered
from dlqa.publishing.selftest.shown import shown_cards
from dlqa.publishing.sources.library import Library
from dlqa.publishing.store.fingerprint import Fingerprint, digest, ingredients
from dlqa.publishing.store.receipts import dated
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Say, Stage, files
from dlqa.publishing.words import word

SHELF = "self-test"


def downloads(
    library: Library, content: str, address: str, store: Store, say: Say
) -> dict[str, bytes]:
    """What stands beside the self-test's page, by path; `content` is its HTML.

    `address` is the site's in this language, "" where it is not known.
    """
    folder, language, title = (
        PAGE.removesuffix(".md"),
        library.language,
        word("deck", library.language),
    )
    root = address.removesuffix(library.folder)
    chapters = {slug: _chapter(slug, library, root) for slug in library.sources}
    made_from = {"page": content, "its address": address, "chapters": repr((title, chapters))}

    def book() -> Book:
        return Book(
            title, language, chapters, shown_cards(content, address and f"{address}{folder}/")
        )

    files = deck_files(book, language, made_from, store, say)
    return {f"{folder}/{name}": file for name, file in files.items()}


def deck_files(
    book: Callable[[], Book], language: str, made_from: Mapping[str, str], store: Store, say: Say
) -> dict[str, bytes]:
    """The files that stand beside the page, by name; `book` is asked for where they are stale.

    SOURCE_DATE_EPOCH, when set, is the time at which a package says it was made.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    texts = {name: digest(text.encode()) for name, text in made_from.items()}
    code = ingredients("dlqa.publishing.selftest.decks")

    def make(folder: Path) -> None:
        _write(book(), folder, dated())

    made_of = Fingerprint(texts | {"made at": given} | code)
    holds = files(*(f"dlqa.{language}.{kind}" for kind in ("csv", "apkg")))
    stage = Stage(store, SHELF, language, made_of, holds)
    return {path.name: path.read_bytes() for path in stage.up_to_date(make, say).glob("dlqa.*")}


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
