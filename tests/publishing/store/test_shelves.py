import json
import os
from pathlib import Path

import pytest

from dlqa.publishing.store.fingerprint import Fingerprint
from dlqa.publishing.store.shelves import KEPT, Damaged, Store

ONE = Fingerprint({"code of a": "1"})
PLACE = ("coin", "record", ONE.key)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def put(store: Store, fingerprint: Fingerprint = ONE, text: str = "numbers") -> Path:
    with store.writing("coin", "record", fingerprint) as folder:
        (folder / "deep").mkdir()
        (folder / "record").write_text(text)
        (folder / "deep/more").write_text("more")
    return store.folder / "coin/record" / fingerprint.key


def everything(store: Store) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()]


def test_what_was_written_is_found_whole(store: Store) -> None:
    assert store.find(*PLACE) is None
    put(store)
    found = store.find(*PLACE)
    assert found is not None
    assert (found / "record").read_text() == "numbers"
    assert (found / "deep/more").read_text() == "more"


def test_an_error_while_writing_leaves_nothing(store: Store) -> None:
    def stop_half_way() -> None:
        with store.writing("coin", "record", ONE) as folder:
            (folder / "record").write_text("half")
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        stop_half_way()
    assert everything(store) == []
    assert store.find(*PLACE) is None


def test_a_result_is_not_to_be_seen_before_it_is_whole(store: Store) -> None:
    with store.writing("coin", "record", ONE) as folder:
        (folder / "record").write_text("numbers")
        assert store.find(*PLACE) is None
        assert store.latest("coin", "record") is None
    assert store.find(*PLACE) is not None


def damage(place: Path, how: str) -> None:
    manifest = place / "manifest.json"
    if how == "truncated":
        (place / "record").write_text("num")
    elif how == "missing":
        (place / "deep/more").unlink()
    elif how == "unknown file":
        (place / "stray").write_text("?")
    elif how == "no manifest":
        manifest.unlink()
    elif how == "another's manifest":
        other = json.loads(manifest.read_text())
        manifest.write_text(json.dumps({**other, "fingerprint": {"code of a": "2"}}))
    else:
        manifest.write_bytes(GARBAGE[how])


GARBAGE = {
    "empty": b"",
    "cut off": b'{"files": {"rec',
    "no text": b"\xff\xfe\x00",
    "a list": b"[]",
    "null": b"null",
    "no files": b'{"fingerprint": {}}',
    "null files": b'{"fingerprint": {}, "files": null}',
    "a number": b'{"fingerprint": 1, "files": {}}',
}


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("truncated", "missing, changed or unknown: record"),
        ("missing", "missing, changed or unknown: deep/more"),
        ("unknown file", "missing, changed or unknown: stray"),
        ("no manifest", "its manifest cannot be read"),
        ("another's manifest", "its manifest is another result's"),
        *((name, "its manifest cannot be read") for name in GARBAGE),
    ],
)
def test_damage_is_detected_and_named(store: Store, how: str, words: str) -> None:
    place = put(store)
    damage(place, how)
    with pytest.raises(Damaged) as caught:
        store.find(*PLACE)
    assert str(place) in str(caught.value)
    assert words in str(caught.value)


def test_the_latest_result_is_told_and_a_damaged_one_passed_over(store: Store) -> None:
    two = Fingerprint({"code of a": "2"})
    for age, fingerprint in enumerate([ONE, two]):
        os.utime(put(store, fingerprint), ns=(age, age))
    assert store.latest("coin", "record") == two
    damage(store.folder / "coin/record" / two.key, "a list")
    assert store.latest("coin", "record") == ONE


def test_a_discarded_result_is_gone(store: Store) -> None:
    put(store)
    store.discard(*PLACE)
    assert store.find(*PLACE) is None


def test_the_first_of_two_builds_wins_and_the_second_does_no_harm(store: Store) -> None:
    with store.writing("coin", "record", ONE) as slow:
        (slow / "record").write_text("slow")
        put(store, text="fast")
    found = store.find(*PLACE)
    assert found is not None
    assert (found / "record").read_text() == "fast"
    assert sorted(path.name for path in found.parent.iterdir()) == [ONE.key]


def test_a_result_that_cannot_be_put_in_its_place_is_an_error(store: Store) -> None:
    shelf = store.folder / "coin/record"
    shelf.mkdir(parents=True)
    (shelf / ONE.key).write_text("a file where a folder belongs")
    with pytest.raises(OSError, match="Not a directory"):
        put(store)


def test_only_the_newest_results_are_kept(store: Store) -> None:
    made = [Fingerprint({"code of a": str(number)}) for number in range(KEPT + 3)]
    for age, fingerprint in enumerate(made):
        os.utime(put(store, fingerprint), ns=(age, age))
    kept = {path.name for path in (store.folder / "coin/record").iterdir()}
    assert kept == {fingerprint.key for fingerprint in made[-KEPT:]}


def test_what_a_killed_build_left_is_cleared_by_the_next(store: Store) -> None:
    left = store.folder / "coin/record/.making-abc"
    left.mkdir(parents=True)
    (left / "record").write_text("half")
    with store.locked("coin"):
        assert not left.exists()


def test_the_store_is_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DLQA_STORE", raising=False)
    assert Store.default(tmp_path).folder == tmp_path / ".dlqa"
    monkeypatch.setenv("DLQA_STORE", str(tmp_path / "elsewhere"))
    assert Store.default(tmp_path).folder == tmp_path / "elsewhere"
