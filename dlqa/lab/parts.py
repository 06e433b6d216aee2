"""The parts of a study, run side by side: one to a thread, the largest first.

That keeps every core busy from a part's first draw to its last measure, where one part after
another would leave all but one idle whenever a part draws, measures or has few networks.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Generic, TypeVar

import torch

from dlqa.lab.reporting import Report
from dlqa.lab.threads import one_thread_an_operation

Result = TypeVar("Result")


@dataclass(frozen=True)
class Part(Generic[Result]):
    """run: the work, given how many threads it may train on; networks and steps: how much it is."""

    run: Callable[[int], Result]
    networks: int
    steps: int


def side_by_side(parts: Mapping[str, Part[Result]], report: Report) -> dict[str, Result]:
    """What each part gives, as many parts at a time as torch is set to use threads.

    Where there are fewer parts than threads, each may train on several. Results depend on neither.
    The report is called from the caller's thread; a part's error is raised once those that have
    begun are through.
    """
    threads = torch.get_num_threads()
    share = max(1, threads // max(1, len(parts)))
    largest_first = sorted(parts, key=lambda name: -parts[name].networks * parts[name].steps)
    with one_thread_an_operation(), ThreadPoolExecutor(threads) as pool:
        running = {pool.submit(parts[name].run, share): name for name in largest_first}
        try:
            for number, each in enumerate(as_completed(running), start=1):
                each.result()
                part = parts[running[each]]
                report(running[each], number, len(parts), part.networks, part.steps)
        finally:
            for each in running:
                each.cancel()
    found = {name: each.result() for each, name in running.items()}
    return {name: found[name] for name in parts}
