"""Who uses the cores: a pool of our own threads, and then torch not several for each operation.

torch keeps a number for each thread and one that threads begin with, and `set_num_threads` writes
both. So it is called under one lock, and what threads begin with is put back before the lock is
free: whatever runs at the same time, or comes later, finds its number as it was. A thread takes its
number when it first operates. What uses this module has it taken under the lock; what does not, and
first operates in the tenth of a millisecond in which a pool begins, may find one thread.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Lock, Thread

import torch

from dlqa.lab.arguments import check_count

_SETTING = Lock()


def threads_of_torch() -> int:
    """How many threads an operation of the calling thread may use. To be asked before any of them."""
    with _SETTING:
        return torch.get_num_threads()


@contextmanager
def own_threads(count: int) -> Iterator[ThreadPoolExecutor]:
    """So many threads, each of which runs its operations on itself alone.

    Several threads per operation would fight over the cores with those of the pool.
    """
    check_count("count", count, 1)
    with ThreadPoolExecutor(count) as pool:
        with _SETTING:
            all_there = Barrier(count)
            begun = [pool.submit(_begin, all_there) for _ in range(count)]
            _begin_with(max(each.result() for each in begun))
        yield pool


@contextmanager
def one_thread_an_operation() -> Iterator[None]:
    """Torch runs each operation of this thread on one thread; afterwards as before."""
    before = _set(1)
    try:
        yield
    finally:
        _set(before)


def _set(number: int) -> int:
    """Sets the calling thread's number; the one that it had."""
    with _SETTING:
        before = torch.get_num_threads()
        with ThreadPoolExecutor(1) as another:
            begins = another.submit(torch.get_num_threads).result()
            torch.set_num_threads(number)
            another.submit(torch.set_num_threads, begins).result()
    return before


def _begin(all_there: Barrier) -> int:
    """Takes one thread an operation for the calling thread; the number that it began with."""
    number = torch.get_num_threads()
    all_there.wait()  # each looks before any writes
    torch.set_num_threads(1)
    return number


def _begin_with(number: int) -> None:
    """Threads begin with this number; written by a thread that has it, of no other use if need be."""
    if torch.get_num_threads() == number:
        torch.set_num_threads(number)
        return
    thread = Thread(target=torch.set_num_threads, args=(number,))
    thread.start()
    thread.join()
