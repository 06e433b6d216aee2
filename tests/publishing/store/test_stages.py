import multiprocessing
import os
from pathlib import Path

import pytest

from dlqa.publishing.store.fingerprint import Fingerprint, digest
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Stage

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
