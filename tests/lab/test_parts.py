"""Parts run side by side give what they give alone, and each knows how many threads are its own."""

import threading

import pytest
import torch

from dlqa.lab.parts import Part, side_by_side
from dlqa.lab.reporting import silent


@pytest.fixture(autouse=True)
def two_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    assert torch.get_num_threads() == 2
    torch.set_num_threads(before)


def test_results_come_in_the_order_of_the_parts_and_reports_as_they_are_ready():
    second_is_through = threading.Event()

    def first(_):
        assert second_is_through.wait(60)
        return 1

    said = []

    def report(*what):
        said.append(what)
        second_is_through.set()

    found = side_by_side({"first": Part(first, 5, 9), "second": Part(lambda _: 2, 3, 7)}, report)
    assert list(found.items()) == [("first", 1), ("second", 2)]
    assert said == [("second", 1, 2, 3, 7), ("first", 2, 2, 5, 9)]


def test_large_parts_begin_first():
    torch.set_num_threads(1)
    begun = []
    sizes = {"small": (1, 10), "large": (10, 10), "long": (2, 20)}
    parts = {
        name: Part(lambda _, name=name: begun.append(name), *size) for name, size in sizes.items()
    }
    side_by_side(parts, silent)
    assert begun == ["large", "long", "small"]
    torch.set_num_threads(2)


@pytest.mark.parametrize(("parts", "share"), [(1, 2), (2, 1), (5, 1)])
def test_a_part_may_use_the_threads_that_no_other_part_needs(parts, share):
    def run(threads):
        return threads, torch.get_num_threads()

    found = side_by_side({str(number): Part(run, 1, 1) for number in range(parts)}, silent)
    assert set(found.values()) == {(share, 1)}


def test_a_parts_error_reaches_the_caller():
    def fails(_):
        raise RuntimeError("part lost")

    with pytest.raises(RuntimeError, match="part lost"):
        side_by_side({"sound": Part(lambda _: 1, 1, 1), "fails": Part(fails, 1, 1)}, silent)


def test_no_parts_give_nothing():
    assert side_by_side({}, silent) == {}
