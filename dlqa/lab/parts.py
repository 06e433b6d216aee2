"""The parts of a study: run side by side, seed by seed the same however many seeds there are.

That keeps every core busy from a part's first draw to its last measure, where one part after
another would leave all but one idle whenever a part draws, measures or has few networks.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from multiprocessing import get_context

import xarray as xr

from dlqa.evidence.records import gathered
from dlqa.lab.reporting import Report, silent

Seeds = Sequence[int]


@dataclass(frozen=True)
class Part:
    """What a study can run on its own, for any seeds.

    run: from seeds, and how many threads it may train on, to a block of the record; a part without
    seeds is run once, with none. seeds: of the study's first block, from `first` on; most: how many
    it may have in the end, eight times as many unless given. networks (a seed) and steps: how much
    it is. alone: each seed is a piece of work in a process of its own, for work that one thread
    does best; `run` must then be importable (a partial of a function).
    """

    run: Callable[[Seeds, int], xr.Dataset]
    seeds: int = 0
    networks: int = 0
    steps: int = 0
    first: int = 0
    most: int | None = None
    alone: bool = False

    @property
    def limit(self) -> int:
        """The most seeds that it may have."""
        return 8 * self.seeds if self.most is None else self.most

    def block(self, start: int = 0, stop: int | None = None) -> range:
        """The seeds from the start-th to the stop-th, those of the first block by default."""
        stop = self.seeds if stop is None else stop
        return range(self.first + start, self.first + stop)


Parts = Mapping[str, Part]


def run(parts: Parts, report: Report = silent) -> xr.Dataset:
    """The record of all parts for the seeds of their first blocks."""
    return gathered(blocks(parts, report).values())


def blocks(
    parts: Parts, report: Report = silent, *, seeds: Mapping[str, Seeds] | None = None
) -> dict[str, xr.Dataset]:
    """What each part gives for its first block, or those parts that are given seeds for these.

    As many pieces of work at a time as there are threads; where there are fewer, each may train on
    several. Results depend on neither. The report is called from the caller's thread; a piece's
    error is raised once those that have begun are through.
    """
    wanted = {name: part.block() for name, part in parts.items()} if seeds is None else seeds
    work = {name: _pieces(parts[name], of) for name, of in wanted.items()}
    pieces = [(name, each) for name in work for each in work[name]]
    pieces.sort(key=lambda piece: -_size(parts[piece[0]], piece[1]))
    threads, limited = _threads()
    share = max(1, threads // max(1, len(pieces)))
    alone = any(parts[name].alone for name in work)
    found: dict[tuple[str, Seeds], xr.Dataset] = {}
    with limited, _pool(threads, alone) as pool:
        running = {pool.submit(parts[n].run, s, share): (n, s) for n, s in pieces}
        try:
            for number, done in enumerate(as_completed(running), start=1):
                name, of = running[done]
                found[name, of] = done.result()
                networks = parts[name].networks * max(1, len(of))
                report(name, number, len(pieces), networks, parts[name].steps)
        finally:
            for each in running:
                each.cancel()
    return {name: gathered(found[name, of] for of in work[name]) for name in work}


def _pieces(part: Part, seeds: Seeds) -> list[Seeds]:
    if part.alone and seeds:
        return [(seed,) for seed in seeds]
    return [tuple(seeds)] if seeds or not part.seeds else []


def _size(part: Part, seeds: Seeds) -> int:
    return part.networks * part.steps * max(1, len(seeds))


def _pool(threads: int, alone: bool) -> Executor:
    return (
        ProcessPoolExecutor(threads, get_context("spawn")) if alone else ThreadPoolExecutor(threads)
    )


def _threads() -> tuple[int, AbstractContextManager[None]]:
    """As many as torch is set to use, each on operations of its own; one where nothing loads torch."""
    if "torch" not in sys.modules:
        return 1, nullcontext()
    import torch

    from dlqa.lab.threads import one_thread_an_operation  # a study without torch stays without

    return torch.get_num_threads(), one_thread_an_operation()
