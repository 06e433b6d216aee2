import multiprocessing
import os
from pathlib import Path

import pytest

from dlqa.publishing.store.fingerprint import Fingerprint, digest
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Stage, StageFailed, files

ONE, TWO = (Fingerprint({"code of a": digest(code)}) for code in (b"1", b"2"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def write(folder: Path) -> None:
    (folder / "numbers").write_text("1 2 3")


def never(folder: Path) -> None:
    raise AssertionError(f"made in {folder}, though it was there")


def test_a_result_is_made_once_and_then_found(store: Store) -> None:
    said: list[str] = []
    stage = Stage(store, "coin", "record", ONE)
    made = stage.up_to_date(write, said.append)
    assert (made / "numbers").read_text() == "1 2 3"
    assert stage.up_to_date(never, said.append) == made
    assert said == ["coin: making record: there is none yet"]


def test_a_stale_result_is_made_anew_beside_the_old_one(store: Store) -> None:
    said: list[str] = []
    old = Stage(store, "coin", "record", ONE).up_to_date(write, print)
    new = Stage(store, "coin", "record", TWO).up_to_date(write, said.append)
    assert old.is_dir()
    assert new.name == TWO.key
    assert said == ["coin: making record: code of a changed"]


def test_a_damaged_result_is_thrown_away_and_made_anew(store: Store) -> None:
    said: list[str] = []
    stage = Stage(store, "coin", "record", ONE)
    (stage.up_to_date(write, print) / "numbers").write_text("1 2")
    made = stage.up_to_date(write, said.append)
    assert (made / "numbers").read_text() == "1 2 3"
    assert "what was stored is damaged" in said[0]


def test_what_fails_leaves_nothing(store: Store) -> None:
    def fail(folder: Path) -> None:
        write(folder)
        raise ArithmeticError("half-way")

    stage = Stage(store, "coin", "record", ONE)
    with pytest.raises(ArithmeticError, match="half-way"):
        stage.up_to_date(fail, print)
    assert stage.up_to_date(write, print).is_dir()


def test_what_a_stage_promises_is_checked_before_it_is_kept(store: Store) -> None:
    stage = Stage(store, "coin", "record", ONE, files("numbers", "more"))
    with pytest.raises(StageFailed, match=r"not kept: .* missing or empty: more"):
        stage.up_to_date(write, print)
    assert store.find("coin", "record", ONE.key) is None


def test_a_worker_that_wrote_nothing_made_no_result(store: Store) -> None:
    stage = Stage(store, "coin", "record", ONE)
    with pytest.raises(StageFailed, match="coin: its record is not what it should be"):
        stage.up_to_date(lambda _: None, print)
    assert stage.up_to_date(write, print).is_dir()


def test_what_a_stage_promises_is_checked_when_it_is_found(store: Store) -> None:
    """As where the store was filled by a version that checked less."""
    said: list[str] = []
    Stage(store, "coin", "record", ONE).up_to_date(write, print)

    def write_more(folder: Path) -> None:
        write(folder)
        (folder / "more").write_text("4")

    stage = Stage(store, "coin", "record", ONE, files("numbers", "more"))
    assert (stage.up_to_date(write_more, said.append) / "more").exists()
    assert "what was stored is damaged" in said[0]


def test_what_another_build_discards_while_its_promise_is_checked_is_made_anew(
    store: Store,
) -> None:
    Stage(store, "coin", "record", ONE).up_to_date(write, print)
    discards = [lambda: store.discard("coin", "record", ONE.key)]

    def promise(folder: Path) -> None:
        while discards:
            discards.pop()()
        (folder / "numbers").read_bytes()

    made = Stage(store, "coin", "record", ONE, promise).up_to_date(write, print)
    assert (made / "numbers").read_text() == "1 2 3"


def test_a_result_that_is_there_needs_no_right_to_write(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Stage(store, "coin", "record", ONE).up_to_date(write, print)

    def refused(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    for name in ("mkdir", "write_text", "rename", "unlink"):
        monkeypatch.setattr(Path, name, refused)
    for name in ("utime", "open"):
        monkeypatch.setattr(os, name, refused)
    assert Stage(store, "coin", "record", ONE).up_to_date(never, print) == made


def make_once(folder: Path, made: "multiprocessing.Queue[str]", barrier: object) -> None:
    def make(place: Path) -> None:
        (place / "process").write_text(str(os.getpid()))
        made.put(str(os.getpid()))

    barrier.wait()  # type: ignore[attr-defined]
    Stage(Store(folder), "coin", "record", ONE).up_to_date(make, print)


def test_of_two_processes_at_once_one_makes_the_result(store: Store) -> None:
    spawn = multiprocessing.get_context("spawn")
    made, barrier = spawn.Queue(), spawn.Barrier(2)
    both = [spawn.Process(target=make_once, args=(store.folder, made, barrier)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(30)
    assert [process.exitcode for process in both] == [0, 0]
    found = Stage(store, "coin", "record", ONE).up_to_date(never, print)
    assert made.get(timeout=5) == (found / "process").read_text()
    assert made.empty()
