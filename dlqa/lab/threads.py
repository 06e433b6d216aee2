"""Who uses the cores: a pool of our own threads, and then torch not several for each operation."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def one_thread_an_operation() -> Iterator[None]:
    """Torch runs each operation on one thread; the caller's setting is restored afterwards.

    Threads of its own per operation would fight over the cores with those of the pool.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
