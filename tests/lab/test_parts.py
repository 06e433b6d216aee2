"""Parts run side by side give what they give alone, and each knows how many threads are its own."""

import os
import threading
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pytest
import torch
import xarray as xr

from dlqa.lab.parts import Part, Seeds, blocks, run


@pytest.fixture(autouse=True)
def two_threads() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    assert torch.get_num_threads() == 2
    torch.set_num_threads(before)


def block(seeds: Seeds, **values: float) -> xr.Dataset:
    found = {name: ("seed", np.full(len(seeds), float(each))) for name, each in values.items()}
    return xr.Dataset(found, {"seed": list(seeds)})


def giving(name: str, before: Callable[[], object] = lambda: None, **size: int) -> Part:
    """A part of two seeds that finds its seeds, under its name."""

    def found(seeds: Seeds, _: int) -> xr.Dataset:
        before()
        return xr.Dataset({name: ("seed", np.array(seeds, float))}, {"seed": list(seeds)})

    return Part(found, 2, **size)


def test_the_record_has_the_parts_in_order_and_reports_come_as_they_are_ready() -> None:
    second_is_through = threading.Event()
    said: list[tuple[object, ...]] = []

    def report(*what: object) -> None:
        said.append(what)
        second_is_through.set()

    first = giving("first", lambda: second_is_through.wait(60), networks=5, steps=9)
    second = giving("second", networks=3, steps=7)
    record = run({"first": first, "second": second}, report)
    assert list(record) == ["first", "second"]
    assert record.first.values.tolist() == record.second.values.tolist() == [0, 1]
    assert said == [("second", 1, 2, 6, 7), ("first", 2, 2, 10, 9)]


def test_large_parts_begin_first_and_equal_ones_as_they_are_written() -> None:
    torch.set_num_threads(1)
    begun: list[str] = []
    sizes = {"none": (0, 0), "small": (1, 10), "large": (10, 10), "long": (2, 20), "nil": (0, 0)}
    parts = {
        name: giving(name, partial(begun.append, name), networks=networks, steps=steps)
        for name, (networks, steps) in sizes.items()
    }
    run(parts)
    assert begun == ["large", "long", "small", "none", "nil"]
    torch.set_num_threads(2)


@pytest.mark.parametrize(("parts", "share"), [(1, 2), (2, 1), (5, 1)])
def test_a_part_may_use_the_threads_that_no_other_part_needs(parts: int, share: int) -> None:
    def found(seeds: Seeds, threads: int) -> xr.Dataset:
        return block(seeds, threads=threads, of_torch=torch.get_num_threads())

    record = run({str(number): Part(found, 3, 1, 1) for number in range(parts)})
    assert set(record.threads.values.tolist()) == {share}
    assert set(record.of_torch.values.tolist()) == {1}


def test_a_parts_error_reaches_the_caller() -> None:
    def fails(_seeds: Seeds, _threads: int) -> xr.Dataset:
        raise RuntimeError("part lost")

    with pytest.raises(RuntimeError, match="part lost"):
        run({"sound": giving("sound"), "fails": Part(fails, 1, 1, 1)})


def test_a_part_without_seeds_is_run_once() -> None:
    def found(seeds: Seeds, _threads: int) -> xr.Dataset:
        return xr.Dataset({"asked": ((), float(len(seeds)))})

    assert run({"path": Part(found)}).asked == 0


def test_other_seeds_of_some_parts_are_run_where_they_are_asked_for() -> None:
    parts = {"first": giving("first"), "second": giving("second"), "third": giving("third")}
    found = blocks(parts, seeds={"third": [7], "first": [4, 5]})
    assert set(found) == {"first", "third"}
    assert found["first"].first.values.tolist() == found["first"].seed.values.tolist() == [4, 5]
    assert found["third"].third.values.tolist() == [7]


def test_no_parts_and_no_seeds_give_nothing() -> None:
    assert not run({})
    assert not blocks({"none": giving("none")}, seeds={"none": []})["none"]


def test_a_block_counts_from_the_parts_first_seed() -> None:
    part = Part(block, 6, first=300)
    assert list(part.block()) == [300, 301, 302, 303, 304, 305]
    assert list(part.block(6, 8)) == [306, 307]


def processes(name: str, seeds: Seeds, threads: int) -> xr.Dataset:
    return block(seeds, **{name: os.getpid(), f"{name}_threads": threads * torch.get_num_threads()})


def test_seeds_that_work_alone_are_pieces_on_processes_of_one_thread() -> None:
    torch.set_num_threads(1)  # so one process: each takes seconds to load torch
    said: list[str] = []
    parts = {
        "digits": Part(partial(processes, "digits"), 3, first=300, images=40, alone=True),
        "probes": Part(partial(processes, "probes"), 2),
    }
    record = run(parts, lambda name, *_: said.append(name))
    assert {name.split(", ")[0] for name in said} == {
        "digits by seed 300", "digits by seed 301", "digits by seed 302", "probes",
    }  # fmt: skip
    assert [name.endswith("images a second") for name in said] == ["digits" in n for n in said]
    assert record.digits.sel(seed=[300, 301, 302]).notnull().all()
    assert not (record.digits == os.getpid()).any()
    for name in ("digits_threads", "probes_threads"):
        assert set(record[name].dropna("seed").values.tolist()) == {1}
    torch.set_num_threads(2)
