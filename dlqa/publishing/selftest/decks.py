"""The self-test's cards as files: an Anki package with figures, and CSV.

Made of what the page shows, so a deck says what the page says. Ids come from language and slug
alone, and so do the names of decks, by which Anki finds them: who imports a newer package gets the
new words and keeps their progress, and new cards lie beside the old ones.
"""

import csv
import hashlib
import re
import tempfile
import time
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from dlqa.publishing.selftest.shown import ShownCard

if TYPE_CHECKING:
    from genanki import Deck, Model

# To Anki a line that starts with # is a comment, so the header makes no note.
COLUMNS = ("#id", "question", "kind", "front", "back", "figure", "tags")
# What no text holds; the last one below 32 ends a field in Anki.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
BLANKS = re.compile(r"[\s\u200b\u2060\ufeff]+")  # any of which ends a tag somewhere
FIRST_OF_ZIP = 315_532_800  # seconds from 1970 to 1980, before which zip knows no time
FIELDS = ("Front", "Back", "Figure", "Question")
FRONT = '<p class="of">{{Question}}</p><div class="front">{{Front}}</div>'
BACK = "{{FrontSide}}<hr id=answer>{{Back}}{{Figure}}"
STYLE = """
.card { max-width: 36em; margin: 0 auto; padding: 0 1em; font: 18px/1.65 system-ui, sans-serif; text-align: left; }
.of { opacity: .75; font-size: .8em; }
.front { font-size: 1.25em; font-weight: 600; }
.verdict { font-weight: 600; }
img { width: 100%; }
"""


@dataclass(frozen=True)
class Chapter:
    """What a question gives its cards beside their words."""

    name: str  # number and title
    tags: Sequence[str]
    figure: str  # the page's first figure as an SVG file, "" where it has none
    address: str  # where that file is published


@dataclass(frozen=True)
class Book:
    """All cards of one language, and the questions that they are from, by slug."""

    title: str
    language: str
    chapters: Mapping[str, Chapter]
    cards: Sequence[ShownCard]


def as_csv(book: Book) -> bytes:
    """A header, then a line a card, words as HTML; opens in spreadsheets, imports into Anki."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180
    writer.writerow(COLUMNS)
    for card in book.cards:
        chapter = book.chapters[card.slug]
        tags = " ".join(_tags(card, chapter))
        figure = chapter.address if card.kind == "question" else ""
        row = [card.id, escape(chapter.name), card.kind, card.front, card.back, figure, tags]
        writer.writerow(CONTROL.sub("", each) for each in row)
    return out.getvalue().encode("utf-8-sig")  # without the mark, Excel takes Chinese for Latin-1


def as_apkg(book: Book, seconds: int) -> bytes:
    """An Anki package, a deck a question; `seconds` since 1970 tell Anki which import is newer.

    Raises UserWarning where a side's HTML has what is no tag.
    """
    from genanki import Package  # takes 0.1 s to load, for stored decks in vain

    with tempfile.TemporaryDirectory() as folder, _temporary_files_in(folder):
        images = []
        for slug, chapter in book.chapters.items():
            if chapter.figure:
                images.append(Path(folder) / _image(slug, book.language))
                images[-1].write_text(chapter.figure, "utf-8")
        made = BytesIO()
        package = Package(_decks(book), [str(path) for path in images])
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            package.write_to_file(made, timestamp=seconds)
    return _packed_anew(made, seconds)


@contextmanager
def _temporary_files_in(folder: str) -> Iterator[None]:
    """genanki leaves its database where temporary files are."""
    before, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = before


def _decks(book: Book) -> list["Deck"]:
    from genanki import Deck, Note

    model, decks = _model(book), {}
    for slug, chapter in book.chapters.items():
        number, name = _number(f"deck {book.language} {slug}"), f"dlqa-{book.language}::{slug}"
        decks[slug] = Deck(number, name, escape(chapter.name))
    for place, card in enumerate(book.cards, start=1):
        chapter = book.chapters[card.slug]
        image = f'<img src="{_image(card.slug, book.language)}" alt="">'
        figure = image if card.kind == "question" and chapter.figure else ""
        fields = [card.front, card.back, figure, escape(chapter.name)]
        fields = [CONTROL.sub("", each) for each in fields]
        identity = f"dlqa-{book.language}-{card.id}"
        note = Note(model, fields, tags=_tags(card, chapter), guid=identity, due=place)
        decks[card.slug].add_note(note)
    return list(decks.values())


def _model(book: Book) -> "Model":
    from genanki import Model

    return Model(
        _number(f"model {book.language}"),
        book.title,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "dlqa", "qfmt": FRONT, "afmt": BACK}],
        css=STYLE,
    )


def _tags(card: ShownCard, chapter: Chapter) -> list[str]:
    """Anki's tags have no blanks of any kind; `::` nests them."""
    joined = (BLANKS.sub("_", CONTROL.sub("", each.strip())) for each in chapter.tags)
    return [f"dlqa::{card.kind}", *filter(None, joined)]


def _image(slug: str, language: str) -> str:
    """A file name that no other deck of the reader's has."""
    return f"dlqa-{slug}.{language}.svg"


def _number(name: str) -> int:
    """An id for Anki, the same for the same name, from 2³⁰ to 2³¹ as genanki advises."""
    return int(hashlib.sha256(f"dlqa {name}".encode()).hexdigest()[:8], 16) >> 2 | 1 << 30


def _packed_anew(made: BytesIO, seconds: int) -> bytes:
    """The same files with a fixed time each, so that the same cards give the same bytes."""
    out, when = BytesIO(), time.gmtime(max(seconds, FIRST_OF_ZIP))
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, when[:6])
            after.writestr(entry, before.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
