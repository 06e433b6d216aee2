"""The parts of a study: run side by side, seed by seed the same however many seeds there are.

That keeps every core busy from a part's first draw to its last measure, where one part after
another would leave all but one idle whenever a part draws, measures or has few networks.
"""

import sys
import time
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
    it is; of equals, what is written first begins first. images (a seed): how many pass through a
    network, where a pace is worth telling. alone: each seed is a piece of work of its own, and all
    of the study runs on processes of one thread each, which such work takes best; every `run` of
    the study must then be importable (a partial of a function).
    """

    run: Callable[[Seeds, int], xr.Dataset]
    seeds: int = 0
    networks: int = 0
    steps: int = 0
    first: int = 0
    most: int | None = None
    images: int = 0
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
    parts: Parts,
    report: Report = silent,
    *,
    seeds: Mapping[str, Seeds] | None = None,
    pool: Executor | None = None,
) -> dict[str, xr.Dataset]:
    """What each part gives for its first block, or those parts that are given seeds for these.

    As many pieces of work at a time as there are threads; where there are fewer, each may train on
    several. `pool` takes the pieces elsewhere, each on one thread. Results depend on none of this.
    The report is called from the caller's thread; a piece's
    error is raised once those that have begun are through.
    """
    wanted = {name: part.block() for name, part in parts.items()} if seeds is None else seeds
    work = {name: _pieces(parts[name], of) for name, of in wanted.items()}
    pieces = [(name, each) for name in work for each in work[name]]
    pieces.sort(key=lambda piece: -_size(parts[piece[0]], piece[1]))
    threads = _threads()
    share = max(1, threads // max(1, len(pieces)))
    alone = any(parts[name].alone for name in work)
    if pool is not None:
        share = 1
    ours = _pool(threads, alone) if pool is None else nullcontext(pool)
    found: dict[tuple[str, Seeds], xr.Dataset] = {}
    with ours as given:
        running = {given.submit(_timed, parts[n].run, s, share): (n, s) for n, s in pieces}
        try:
            for number, done in enumerate(as_completed(running), start=1):
                name, of = running[done]
                found[name, of], seconds = done.result()
                part, said = parts[name], _said(name, parts[name], of, seconds)
                report(said, number, len(pieces), part.networks * max(1, len(of)), part.steps)
        finally:
            for each in running:
                each.cancel()
    return {name: gathered(found[name, of] for of in work[name]) for name in work}


def _pieces(part: Part, seeds: Seeds) -> list[Seeds]:
    if part.alone and seeds:
        return [(seed,) for seed in seeds]
    return [tuple(seeds)] if seeds or not part.seeds else []


def _said(name: str, part: Part, seeds: Seeds, seconds: float) -> str:
    """A piece's name, with its seed where it has one, and its pace where it has images."""
    of_seed = f" by seed {seeds[0]}" if part.alone and seeds else ""
    if not part.images:
        return name + of_seed
    return f"{name}{of_seed}, {part.images * max(1, len(seeds)) / seconds:,.0f} images a second"


def _size(part: Part, seeds: Seeds) -> int:
    return part.networks * part.steps * max(1, len(seeds))


def _timed(
    run: Callable[[Seeds, int], xr.Dataset], seeds: Seeds, threads: int
) -> tuple[xr.Dataset, float]:
    started = time.perf_counter()
    return run(seeds, threads), time.perf_counter() - started


def _pool(threads: int, alone: bool) -> AbstractContextManager[Executor]:
    if alone:
        return ProcessPoolExecutor(threads, get_context("spawn"), _take_one_thread)
    if "torch" not in sys.modules:
        return ThreadPoolExecutor(threads)
    from dlqa.lab.threads import own_threads  # a study without torch stays without

    return own_threads(threads)


def _take_one_thread() -> None:
    import torch  # a study without torch stays without

    torch.set_num_threads(1)


def _threads() -> int:
    """As many as torch is set to use; one where nothing loads torch."""
    if "torch" not in sys.modules:
        return 1
    from dlqa.lab.threads import threads_of_torch  # a study without torch stays without

    return threads_of_torch()
