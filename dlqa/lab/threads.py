"""How many threads torch gives to one operation."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def one_thread_an_operation() -> Iterator[None]:
    """Within it every operation runs on the thread that asked for it.

    Many small operations are fastest so; on a busy machine two threads that wait for each other
    at each of them are slower than one by a factor of ten and more.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
