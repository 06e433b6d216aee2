"""The cards as files: what is in them, that Anki takes them, and when they are made anew."""

import csv
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)
from anki.import_export_pb2 import CsvMetadata

from dlqa.publishing.selftest.decks import Book, Chapter, as_apkg, as_csv
from dlqa.publishing.selftest.kept import deck_files
from dlqa.publishing.selftest.shown import ShownCard, shown_cards
from dlqa.publishing.store.catalog import questions
from dlqa.publishing.store.shelves import Store
from tests.conftest import BuiltSite
from tests.publishing.project import Project

LANGUAGES = ("zh", "en")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
THEN, LATER = 1_600_000_000, 1_700_000_000
BOOK = Book(
    "Coins",
    "en",
    {
        "coin": Chapter("7 · Is a coin fair?", ["fair play"], SVG, "figures/coin/tossed.en.svg"),
        "die": Chapter("8 · Is a die fair?", ["fair"], "", ""),
    },
    [
        ShownCard("coin.q", "question", "Is a coin fair?", "<p>It is, says “Bernoulli”; 1, 2</p>"),
        ShownCard("coin.c1", "claim", "Does it hold? Heads win", "<p>No</p>"),
        ShownCard("die.q", "question", "Is a die fair?", "<p>It is</p>"),
    ],
)


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Collection]:
    """A new collection of Anki's own."""
    collection = Collection(str(tmp_path / "collection.anki2"))
    yield collection
    collection.close()


def imported(anki: Collection, package: Path) -> dict[str, list[str]]:
    """What Anki makes of a package: each note's fields by its guid."""
    request = ImportAnkiPackageRequest(
        package_path=str(package), options=ImportAnkiPackageOptions(merge_notetypes=True)
    )
    anki.import_anki_package(request)
    notes = [anki.get_note(each) for each in anki.find_notes("")]
    return {note.guid: note.fields for note in notes}


def write(folder: Path, book: Book, seconds: int) -> Path:
    path = folder / f"{seconds}.apkg"
    path.write_bytes(as_apkg(book, seconds))
    return path


def stored(book: Book, folder: Path) -> dict[str, bytes]:
    return deck_files(lambda: book, book.language, {"cards": repr(book)}, Store(folder), print)


def deck(site: BuiltSite, language: str, end: str) -> Path:
    return site.folder / site.page(language, "self-test") / f"dlqa.{language}.{end}"


def shown(site: BuiltSite, language: str) -> list[ShownCard]:
    page = site.page(language, "self-test")
    return shown_cards(site.text(f"{page}index.html"), "http://questions.localhost/answers/" + page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_anki_imports_every_card_of_the_page_with_its_figures(
    site: BuiltSite, anki: Collection, language: str
) -> None:
    notes = imported(anki, deck(site, language, "apkg"))
    cards = shown(site, language)
    assert {f"dlqa-{language}-{card.id}": [card.front, card.back] for card in cards} == {
        guid: fields[:2] for guid, fields in notes.items()
    }
    slugs = [question.slug for question in questions()]
    for slug in slugs:
        assert (
            notes[f"dlqa-{language}-{slug}.q"][2]
            == f'<img src="dlqa-{slug}.{language}.svg" alt="">'
        )
    report = anki.media.check()
    assert (list(report.missing), list(report.unused)) == ([], [])
    assert len(list(Path(anki.media.dir()).iterdir())) == len(slugs)
    assert (
        len(anki.decks.all_names_and_ids()) == len(slugs) + 2
    )  # Anki's default and the deck above


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_package_is_a_collection_a_media_map_and_drawings(site: BuiltSite, language: str) -> None:
    with zipfile.ZipFile(deck(site, language, "apkg")) as package:
        media = json.loads(package.read("media"))
        assert sorted(package.namelist()) == sorted(["collection.anki2", "media", *media])
        for number in media:
            root = ElementTree.fromstring(package.read(number))
            assert root.tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_in_a_deck_lead_to_the_site(site: BuiltSite, language: str) -> None:
    rows = list(csv.reader(StringIO(deck(site, language, "csv").read_text("utf-8-sig"))))
    prefix = f"http://questions.localhost/answers/{site.page(language)}"
    for identity, *_, back, figure, _ in rows[1:]:
        slug = identity.partition(".")[0]
        assert f'href="{prefix}{slug}/#' in back
        assert 'href="..' not in back
        if figure:
            path = figure.removeprefix("http://questions.localhost/answers/")
            assert (site.folder / path).is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_csv_has_every_card_of_the_page(site: BuiltSite, language: str) -> None:
    rows = list(csv.reader(StringIO(deck(site, language, "csv").read_text("utf-8-sig"))))
    assert rows[0] == ["#id", "question", "kind", "front", "back", "figure", "tags"]
    found = [ShownCard(row[0], row[2], row[3], row[4]) for row in rows[1:]]
    assert found == shown(site, language)


def test_anki_imports_the_csv_and_takes_its_header_for_no_note(
    anki: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "cards.csv"
    path.write_bytes(as_csv(BOOK))
    metadata = anki.get_csv_metadata(str(path), CsvMetadata.COMMA)
    metadata.global_notetype.field_columns[:] = [4, 5]
    metadata.tags_column = 7
    anki.import_csv(ImportCsvRequest(path=str(path), metadata=metadata))
    notes = [anki.get_note(each) for each in anki.find_notes("")]
    assert [note.fields for note in notes] == [[card.front, card.back] for card in BOOK.cards]
    assert notes[0].tags == ["dlqa::question", "fair_play"]


def test_a_newer_package_brings_new_words_and_keeps_progress(
    anki: Collection, tmp_path: Path
) -> None:
    imported(anki, write(tmp_path, BOOK, THEN))
    card = anki.get_card(anki.find_cards("note:Coins")[0])
    card.ivl, card.reps, card.type, card.queue = 30, 5, 2, 2
    anki.update_card(card)
    first, *others = BOOK.cards
    newer = replace(BOOK, title="Coins", cards=[replace(first, back="<p>Anew</p>"), *others])
    notes = imported(anki, write(tmp_path, newer, LATER))
    assert len(notes) == len(BOOK.cards)
    assert notes["dlqa-en-coin.q"][1] == "<p>Anew</p>"
    after = anki.get_card(card.id)
    assert (after.ivl, after.reps) == (30, 5)
    assert anki.decks.id_for_name("dlqa-en::coin") == card.did


def test_new_cards_of_a_renamed_question_lie_beside_its_old_ones(
    anki: Collection, tmp_path: Path
) -> None:
    """Anki finds a deck by its name, whatever its id."""
    imported(anki, write(tmp_path, BOOK, THEN))
    before = anki.decks.all_names_and_ids()
    chapters = {
        slug: replace(each, name=f"9 · No <b> of {each.name}::")
        for slug, each in BOOK.chapters.items()
    }
    more = ShownCard("coin.f1", "follow-up", "And a die?", "<p>It is as well</p>")
    newer = replace(BOOK, title="Dice", chapters=chapters, cards=[*BOOK.cards, more])
    assert len(imported(anki, write(tmp_path, newer, LATER))) == len(BOOK.cards) + 1
    assert anki.decks.all_names_and_ids() == before
    of_coin = anki.find_cards("deck:dlqa-en::coin")
    assert len(of_coin) == 3
    assert "Dice" in {each.name for each in anki.models.all_names_and_ids()}


BLANKS = "\t\n\x0b\x0c\x1c\x1f\x85\xa0\u1680\u2009\u200b\u2028\u202f\u205f\u2060\u3000\ufeff "


@pytest.mark.parametrize("kind", ["apkg", "csv"])
def test_a_tag_keeps_its_words_together_whatever_blank_is_between_them(
    anki: Collection, tmp_path: Path, kind: str
) -> None:
    given = [f"a{blank}{number}" for number, blank in enumerate(BLANKS)]
    signs = ['a"b', "a'b", "a<b>", "a&b", "a,b", "#a", "a*", "a::b"]
    chapters = {
        **BOOK.chapters,
        "coin": replace(BOOK.chapters["coin"], tags=[*given, *signs, " ", ""]),
    }
    book = replace(BOOK, chapters=chapters, cards=BOOK.cards[:1])
    if kind == "apkg":
        imported(anki, write(tmp_path, book, THEN))
    else:
        path = tmp_path / "cards.csv"
        path.write_bytes(as_csv(book))
        metadata = anki.get_csv_metadata(str(path), CsvMetadata.COMMA)
        metadata.global_notetype.field_columns[:] = [4, 5]
        metadata.tags_column = 7
        anki.import_csv(ImportCsvRequest(path=str(path), metadata=metadata))
    (note,) = (anki.get_note(each) for each in anki.find_notes(""))
    controls = {"\x0b", "\x0c", "\x1c", "\x1f", "\x85"}  # no text holds these
    joined = [f"a{'' if each in controls else '_'}{n}" for n, each in enumerate(BLANKS)]
    assert {*note.tags} == {"dlqa::question", *joined, *signs}


def test_a_title_with_any_sign_is_a_field_of_its_own(anki: Collection, tmp_path: Path) -> None:
    """What ends a field in Anki's database is no part of a text."""
    title = "7 · List<int> \"quoted\" 'it' & a::b\x1fc\x07"
    chapters = {**BOOK.chapters, "coin": replace(BOOK.chapters["coin"], name=title)}
    notes = imported(anki, write(tmp_path, replace(BOOK, chapters=chapters), THEN))
    shown = unescape(notes["dlqa-en-coin.q"][3])
    assert shown == "7 · List<int> \"quoted\" 'it' & a::bc"


def test_an_older_package_changes_nothing(anki: Collection, tmp_path: Path) -> None:
    first, *others = BOOK.cards
    older = replace(BOOK, cards=[replace(first, back="<p>Old</p>"), *others])
    imported(anki, write(tmp_path, BOOK, LATER))
    notes = imported(anki, write(tmp_path, older, THEN))
    assert notes["dlqa-en-coin.q"][1] == first.back


def test_the_languages_decks_can_stand_side_by_side(site: BuiltSite, anki: Collection) -> None:
    for language in LANGUAGES:
        notes = imported(anki, deck(site, language, "apkg"))
    assert len(notes) == len(shown(site, "zh")) + len(shown(site, "en"))


def test_the_same_cards_give_the_same_bytes() -> None:
    assert as_apkg(BOOK, THEN) == as_apkg(BOOK, THEN)
    assert as_csv(BOOK) == as_csv(BOOK)


def test_a_package_leaves_nothing_where_temporary_files_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    as_apkg(BOOK, THEN)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seconds", [0, 1, 2**32 - 1])
def test_a_package_may_be_of_any_time_since_1970(seconds: int) -> None:
    """zip knows none before 1980."""
    with zipfile.ZipFile(BytesIO(as_apkg(BOOK, seconds))) as package:
        years = {entry.date_time[0] for entry in package.infolist()}
    assert years == {2106 if seconds > 1 else 1980}


def test_html_that_anki_would_misread_stops() -> None:
    broken = replace(BOOK, cards=[replace(BOOK.cards[0], back="<p>1 <- 2></p>")])
    with pytest.raises(UserWarning, match="invalid HTML tags"):
        as_apkg(broken, THEN)


def test_ids_come_from_language_and_slug_alone(tmp_path: Path) -> None:
    renamed = replace(
        BOOK,
        title="Other",
        chapters={slug: replace(each, name="New") for slug, each in BOOK.chapters.items()},
    )
    assert ids(as_apkg(renamed, LATER), tmp_path) == ids(as_apkg(BOOK, THEN), tmp_path)
    other = replace(BOOK, language="zh")
    assert not ids(as_apkg(other, THEN), tmp_path) & ids(as_apkg(BOOK, THEN), tmp_path)


def ids(package: bytes, folder: Path) -> set[str]:
    """Ids of a package's decks, model and notes, Anki's own apart."""
    with zipfile.ZipFile(BytesIO(package)) as opened:
        path = Path(opened.extract("collection.anki2", folder))
    connection = sqlite3.connect(path)
    decks, models = connection.execute("SELECT decks, models FROM col").fetchone()
    guids = {guid for (guid,) in connection.execute("SELECT guid FROM notes")}
    connection.close()
    return ({*json.loads(decks)} - {"1"}) | {*json.loads(models)} | guids


def test_stored_decks_are_read_and_no_card_is_looked_for(tmp_path: Path) -> None:
    def never() -> Book:
        raise AssertionError("the page was read again")

    made = stored(BOOK, tmp_path)
    assert sorted(made) == ["dlqa.en.apkg", "dlqa.en.csv"]
    assert deck_files(never, "en", {"cards": repr(BOOK)}, Store(tmp_path), print) == made


def test_changed_cards_are_made_anew(tmp_path: Path) -> None:
    before = stored(BOOK, tmp_path)
    changed = replace(BOOK, cards=BOOK.cards[:-1])
    assert stored(changed, tmp_path)["dlqa.en.csv"] != before["dlqa.en.csv"]


def test_damaged_decks_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(THEN))
    made = stored(BOOK, tmp_path)
    (package,) = tmp_path.glob("self-test/en/*/dlqa.en.apkg")
    package.write_bytes(b"damaged")
    assert stored(BOOK, tmp_path) == made


def test_a_package_says_when_it_was_made_as_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(THEN))
    assert stored(BOOK, tmp_path)["dlqa.en.apkg"] == as_apkg(BOOK, THEN)


def test_a_new_questions_cards_appear_by_themselves(project: Project) -> None:
    page = "# Self-test\n\n{{ self-test }}\n\n## Cards {#cards}\n\n{{ cards }}\n"
    for language in LANGUAGES:
        (project.root / f"docs/{language}/self-test.md").write_text(page, "utf-8")
    done = project.build()
    assert done.code == 0, done.output
    html = (project.site / "en/self-test/index.html").read_text("utf-8")
    cards = shown_cards(html, "")
    assert [card.id for card in cards] == ["coin.q", "coin.c1"]
    mean = json.loads((project.site / "data/coin/values.json").read_text("utf-8"))["mean"]["text"]
    assert f"the fraction of heads is {mean}, where" in cards[0].back
    assert "to-claim" not in html  # a quoted sentence keeps its words alone
    assert "<a" not in cards[1].back
    with zipfile.ZipFile(project.site / "en/self-test/dlqa.en.apkg") as package:
        assert json.loads(package.read("media")) == {"0": "dlqa-coin.en.svg"}


def test_cards_stand_on_no_answers_page(project: Project) -> None:
    line = project.edit("docs/en/coin.md", "It is: [", "{{ cards }} It is: [")
    done = project.build()
    assert done.code == 1
    assert f"coin.md:{line}: cannot read '{{{{ cards }}}}'" in done.output
