"""Times contenders in turn and writes what came out as a table and as JSON.

All contenders run once a round, so that a busy machine is busy for all of them, and ratios are taken
within a round. CPU time stands beside wall time: where the two differ, others used the cores.
"""

import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Missing:
    """A contender that cannot run here, with the reason."""

    reason: str


# Does its work once and returns a number that contenders of the same work agree on.
Work = Callable[[], float]


@dataclass(frozen=True)
class Contender:
    """run: the work, or why there is none; units: how often one call does the unit that is priced,
    such as a step of a network; work: contenders of the same one must agree on its result;
    close: what ends it."""

    run: Work | Missing
    units: int = 1
    work: str = ""
    close: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Timing:
    """Microseconds a unit, one a round; cpu counts this process only, not those it started."""

    wall: Sequence[float]
    cpu: Sequence[float]


@dataclass(frozen=True)
class Row:
    """What one contender took; ratio: how many times as fast as the baseline."""

    name: str
    median: float = math.nan
    quartiles: tuple[float, float] = (math.nan, math.nan)
    best: float = math.nan
    cpu: float = math.nan
    ratio: float = math.nan
    notes: Mapping[str, float] = field(default_factory=dict)
    missing: str = ""


@dataclass(frozen=True)
class Bar:
    """A promise about a table: what was measured, and what at least or at most it should be."""

    what: str
    measured: float
    wanted: float
    at_least: bool = True

    @property
    def met(self) -> bool:
        return self.measured >= self.wanted if self.at_least else self.measured <= self.wanted


@dataclass(frozen=True)
class Table:
    """name: of its file; unit: what a row's microseconds are for."""

    name: str
    title: str
    unit: str
    rows: Sequence[Row]
    bars: Sequence[Bar] = ()


def alternate(contenders: Mapping[str, Contender], rounds: int) -> dict[str, Timing]:
    """Times of the contenders that are there, after one round that is not counted.

    Raises ValueError if results of the same work differ by more than 1e-3.
    """
    there = {name: c for name, c in contenders.items() if not isinstance(c.run, Missing)}
    taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in there}
    try:
        _check_agreement(there)
        for _ in range(rounds):
            for name, contender in there.items():
                taken[name].append(_time(contender))
    finally:
        for contender in there.values():
            contender.close()
    return {
        name: Timing([wall for wall, _, _ in times], [cpu for _, cpu, _ in times])
        for name, times in taken.items()
    }


def rows(
    contenders: Mapping[str, Contender], timings: Mapping[str, Timing], baseline: str
) -> list[Row]:
    """A row for every contender, the missing ones too."""
    return [
        Row(name, missing=contender.run.reason)
        if isinstance(contender.run, Missing)
        else _row(name, timings, baseline)
        for name, contender in contenders.items()
    ]


def times_as_fast(
    timings: Mapping[str, Timing], one: str, other: str, *, clock: str = "wall"
) -> float:
    """Median over rounds of the other's time by the one's; NaN where either is missing.

    clock: "wall", or "cpu" where both run on one thread of this process.
    """
    if one not in timings or other not in timings:
        return math.nan
    ours, theirs = (getattr(timings[name], clock) for name in (one, other))
    pairs = zip(ours, theirs, strict=True)
    return statistics.median(theirs / ours for ours, theirs in pairs)


def _check_agreement(contenders: Mapping[str, Contender]) -> None:
    results: dict[str, dict[str, float]] = {}
    for name, contender in contenders.items():
        results.setdefault(contender.work, {})[name] = _time(contender)[2]
    for work, of_work in results.items():
        known = [result for result in of_work.values() if not math.isnan(result)]
        if known and max(known) - min(known) > 1e-3:
            raise ValueError(f"contenders on {work} must agree to 1e-3, not {of_work}")


def _row(name: str, timings: Mapping[str, Timing], baseline: str) -> Row:
    wall = timings[name].wall
    low, _, high = (
        statistics.quantiles(wall, n=4, method="inclusive") if len(wall) > 1 else (wall[0],) * 3
    )
    cpu = statistics.median(timings[name].cpu)
    ratio = times_as_fast(timings, name, baseline)
    return Row(name, statistics.median(wall), (low, high), min(wall), cpu, ratio)


def _time(contender: Contender) -> tuple[float, float, float]:
    assert not isinstance(contender.run, Missing)
    cpu, wall = time.process_time(), time.perf_counter()
    result = contender.run()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return 1e6 * wall / contender.units, 1e6 * cpu / contender.units, result
