import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dlqa.publishing.store import shelves
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
    elif how in GARBAGE:
        manifest.write_bytes(GARBAGE[how])
    else:
        STRANGE[how](place)


GARBAGE = {
    "empty": b"",
    "cut off": b'{"files": {"rec',
    "no text": b"\xff\xfe\x00",
    "a list": b"[]",
    "null": b"null",
    "no files": b'{"fingerprint": {}}',
    "null files": b'{"fingerprint": {}, "files": null}',
    "a number": b'{"fingerprint": 1, "files": {}}',
    "numbers for checksums": b'{"fingerprint": {}, "files": {"record": 1}}',
    "nested": b'{"fingerprint": ' + b"[" * 100_000,
    "a folder below": b'{"fingerprint": {"a": {"b": "c"}}, "files": {}}',
}


def link(path: Path, to: Path) -> None:
    path.unlink()
    path.symlink_to(to)


def enlarge(path: Path, size: int) -> None:
    with path.open("r+b") as file:
        file.truncate(size)  # no disk is needed for what is not written


STRANGE = {
    "a link to a file elsewhere": lambda place: link(place / "record", Path("/etc/passwd")),
    "a link to a folder elsewhere": lambda place: (place / "more").symlink_to("/etc"),
    "a pipe": lambda place: os.mkfifo(place / "pipe"),
    "a linked manifest": lambda place: link(place / "manifest.json", Path("/dev/zero")),
    "a large manifest": lambda place: enlarge(place / "manifest.json", 2**23),
    "another manifest below": lambda place: (place / "deep/manifest.json").write_text("{}"),
    "a large file": lambda place: enlarge(place / "record", 2**30 + 1),
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
        ("a link to a file elsewhere", "a link, or no file"),
        ("a link to a folder elsewhere", "a link, or no file"),
        ("a pipe", "a link, or no file"),
        ("a linked manifest", "its manifest cannot be read (a link, or too large)"),
        ("a large manifest", "its manifest cannot be read (a link, or too large)"),
        ("another manifest below", "missing, changed or unknown: deep/manifest.json"),
        ("a large file", "more than 1,073,741,824 bytes"),
    ],
)
def test_damage_is_detected_and_named(store: Store, how: str, words: str) -> None:
    place = put(store)
    damage(place, how)
    with pytest.raises(Damaged) as caught:
        store.find(*PLACE)
    assert str(place) in str(caught.value)
    assert words in str(caught.value)


def test_what_another_build_discards_while_it_is_read_is_damage(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, read = put(store), shelves._manifest

    def discarded(folder: Path) -> shelves.Manifest:
        found = read(folder)
        store.discard(*PLACE)
        return found

    monkeypatch.setattr(shelves, "_manifest", discarded)
    with pytest.raises(Damaged, match=str(place)):
        store.find(*PLACE)


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


def numbered(count: int) -> list[Fingerprint]:
    return [Fingerprint({"code of a": str(number)}) for number in range(count)]


def kept(store: Store) -> set[str]:
    return {path.name for path in (store.folder / "coin/record").iterdir()}


def test_of_results_used_long_ago_only_the_last_used_are_kept(store: Store) -> None:
    made = numbered(KEPT + 3)
    for age, fingerprint in enumerate(made):
        os.utime(put(store, fingerprint), ns=(age, age))
    assert kept(store) == {fingerprint.key for fingerprint in made[-KEPT:]}


def test_a_result_that_is_found_counts_as_used(store: Store) -> None:
    first, *others = numbered(KEPT + 3)
    for fingerprint in (first, *others):
        os.utime(put(store, fingerprint), ns=(0, 0))
        assert store.find("coin", "record", first.key)
    assert first.key in kept(store)


def test_what_another_checkout_used_today_outlives_any_number_of_new_results(store: Store) -> None:
    first, *others = numbered(2 * KEPT)
    an_hour_ago = time.time() - 3600
    os.utime(put(store, first), (an_hour_ago, an_hour_ago))
    for fingerprint in others:
        put(store, fingerprint)
    assert first.key in kept(store)


def test_results_from_the_future_do_not_take_the_place_of_new_ones(store: Store) -> None:
    *old, new = numbered(KEPT + 2)
    tomorrow = time.time() + 86_400
    for fingerprint in old:
        os.utime(put(store, fingerprint), (tomorrow, tomorrow))
    put(store, new)
    assert store.find("coin", "record", new.key)
    assert len(kept(store)) == KEPT


def test_folders_have_the_rights_that_their_user_chose(store: Store) -> None:
    before = os.umask(0o002)
    try:
        place = put(store)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in (place, *place.parents[:2])} == {0o775}


def test_a_file_of_another_user_is_no_damage(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store)

    def refused(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied", "manifest.json")

    monkeypatch.setattr(Path, "read_bytes", refused)  # root could read it
    with pytest.raises(PermissionError):
        store.find(*PLACE)


@pytest.mark.parametrize("what", ["file", "link", "broken link"])
def test_what_is_no_folder_is_damage_and_can_be_thrown_away(
    store: Store, tmp_path: Path, what: str
) -> None:
    elsewhere = put(Store(tmp_path / "other"))
    place = store.folder / "coin/record" / ONE.key
    place.parent.mkdir(parents=True)
    if what == "file":
        place.write_text("")
    else:
        place.symlink_to(elsewhere if what == "link" else "nowhere")
    with pytest.raises(Damaged, match="no folder of its own"):
        store.find(*PLACE)
    store.discard(*PLACE)
    assert store.find(*PLACE) is None
    assert elsewhere.is_dir()


def test_nothing_is_no_result(store: Store) -> None:
    def write_nothing() -> None:
        with store.writing("coin", "record", ONE):
            pass

    with pytest.raises(Damaged, match="nothing in it"):
        write_nothing()
    assert store.find(*PLACE) is None


def test_a_build_that_waits_says_for_what(store: Store) -> None:
    said: list[str] = []

    def wait() -> None:
        with store.locked("coin", said.append):
            said.append("in")

    with ThreadPoolExecutor(1) as other, store.locked("coin"):
        other.submit(wait)
        while not said:
            time.sleep(0.01)
    lock = store.folder / "coin.lock"
    assert said == [f"coin: waiting for another build, which holds {lock}", "in"]


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
