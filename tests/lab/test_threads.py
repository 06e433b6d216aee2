"""Whoever uses our threads, all others keep the number that they had or would have begun with."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread

import pytest
import torch
from trained_stacks import drawn_stack, drawn_task

from dlqa.lab.boxes import blocks, iou
from dlqa.lab.threads import one_thread_an_operation, own_threads
from dlqa.lab.training import train


@pytest.fixture(autouse=True)
def three_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    yield
    torch.set_num_threads(before)


def begun_with() -> int:
    """What a thread that begins now may use."""
    found = []
    thread = Thread(target=lambda: found.append(torch.get_num_threads()))
    thread.start()
    thread.join()
    return found[0]


def overlap(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_PAIRS", 12)
    boxes = torch.rand(12, 4, generator=torch.Generator().manual_seed(0)).sort(1).values
    return lambda: iou(boxes, boxes)


def training(_monkeypatch):
    stack, task = drawn_stack(), drawn_task()
    return lambda: train(stack, task, steps=2, threads=2)


@pytest.mark.parametrize("prepare", [overlap, training])
def test_calls_at_the_same_time_leave_each_thread_its_number(prepare, monkeypatch):
    call, callers = prepare(monkeypatch), 6
    together = Barrier(callers)

    def work() -> int:
        together.wait()
        for _ in range(20):
            call()
        return torch.get_num_threads()

    with ThreadPoolExecutor(callers) as pool:
        numbers = [each.result() for each in [pool.submit(work) for _ in range(callers)]]
    assert numbers == [3] * callers
    assert torch.get_num_threads() == begun_with() == 3


def test_our_threads_take_one_thread_an_operation_and_others_begin_as_ever_meanwhile():
    with own_threads(2) as pool:
        assert pool.submit(torch.get_num_threads).result() == 1
        assert torch.get_num_threads() == begun_with() == 3


def test_a_pool_within_a_pool_leaves_its_thread_at_one():
    def inner() -> tuple[int, int]:
        with own_threads(2) as pool:
            return pool.submit(torch.get_num_threads).result(), torch.get_num_threads()

    with own_threads(2) as pool:
        assert pool.submit(inner).result() == (1, 1)
    assert torch.get_num_threads() == begun_with() == 3


def test_the_callers_own_thread_is_put_back_after_an_error():
    def stop() -> None:
        with one_thread_an_operation():
            assert (torch.get_num_threads(), begun_with()) == (1, 3)
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        stop()
    assert torch.get_num_threads() == begun_with() == 3
