"""Who computes on which of the machine's cores: a study on several, alone; other work on one each.

A study's seconds are published, so nothing of ours runs on the cores that it counts on.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

OF_STUDY = 8  # cores that a study can use well: it has some forty parts, of unequal length


def count() -> int:
    """Cores that this process may use; a container is often given fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):  # on Linux only
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Cores:
    """Cores to share out among threads that wait for processes."""

    def __init__(self, total: int) -> None:
        self.total, self._free, self._changed = total, total, Condition()

    @contextmanager
    def held(self, wanted: int) -> Iterator[int]:
        """So many cores, or all where there are fewer, once they are free; how many they are."""
        given = min(wanted, self.total)
        with self._changed:
            self._changed.wait_for(lambda: self._free >= given)
            self._free -= given
        try:
            yield given
        finally:
            with self._changed:
                self._free += given
                self._changed.notify_all()


OURS = Cores(count())  # of this process and the workers that it starts
