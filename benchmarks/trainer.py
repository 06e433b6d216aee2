"""What a step of a network costs: against the ways to write it, and by size of stack and width."""

import statistics
from collections.abc import Iterator, Mapping
from dataclasses import replace

from benchmarks._measuring import Bar, Contender, Table, Timing, alternate, rows, times_as_fast
from benchmarks._training_contenders import Exercise, jax, naive, ours, peak, repeated, vectorized
from benchmarks.step import BOUND

NAIVE, DEFAULT = "loop of nn.Sequential", "the same, Adam not fused"
FUNC, PEAK = "torch.func vmap(grad)", "sgemm, a million flops"
ONE, TWO = "dlqa, one thread", "dlqa, two threads"
JAX_ONE, JAX_TWO = "JAX vmap + scan + jit, one core", "JAX vmap + scan + jit, two cores"
OTHERS = (JAX_ONE, JAX_TWO)  # processes whose processor time is not ours
UNIT = "microseconds a network and step"
SIZES, WIDTHS = (32, 64, 128, 256, 512, 1024), (16, 32, 50, 100, 200)


def tables(rounds: int) -> Iterator[Table]:
    """The bars of the project's issue on the trainer, each where it is measured."""
    yield ways(100, rounds, one=6.5, two=11.0)
    yield ways(32, rounds, two=30.0)
    yield stack_sizes(rounds)
    yield widths(rounds)


def ways(width: int, rounds: int, *, two: float, one: float | None = None) -> Table:
    """Every way to write it, 256 networks; the loop runs a few, its cost being the same for each.

    What runs on one thread of this process is compared by processor time, which does not count the
    time that other programs had the core; the rest by wall time. The last row is no contender: how
    much faster than the loop one core could be, were all of a step's operations at its peak.
    """
    exercise, few = Exercise(256, width, 50), Exercise(8, width, 50)
    contenders = {
        NAIVE: naive(few),
        DEFAULT: naive(few, fused=False),
        FUNC: vectorized(exercise),
        JAX_ONE: jax(exercise, 1),
        ONE: ours(exercise, 1),
        JAX_TWO: jax(exercise, 2),
        TWO: ours(exercise, 2),
        PEAK: peak(),
    }
    timings = alternate(contenders, rounds)
    timings[BOUND] = _scaled(timings[PEAK], exercise.flops / 1e6)
    bars = [
        Bar("two threads, times as fast as the loop", times_as_fast(timings, TWO, NAIVE), two),
        Bar("one thread, times as fast as JAX", times_as_fast(timings, ONE, JAX_ONE), 1.0),
        Bar("two threads, times as fast as JAX", times_as_fast(timings, TWO, JAX_TWO), 1.0),
    ]
    if one is not None:
        fast = times_as_fast(timings, ONE, NAIVE, clock="cpu")
        bars.insert(0, Bar("one thread, times as fast as the loop", fast, one))
        bars.append(Bar("one thread, share of the sgemm peak", share_of_peak(timings, ONE), 0.5))
    table = rows(contenders | {BOUND: contenders[PEAK]}, timings, NAIVE)
    noted = [
        replace(row, notes={"share of peak": share_of_peak(timings, row.name)})
        if row.name in timings and row.name not in (PEAK, BOUND, TWO, JAX_TWO)
        else row
        for row in table
    ]
    title = f"12-{width}-{width}-2, sigmoid, batch 64, Adam, 256 networks"
    return Table(f"trainer-ways-{width}", title, UNIT, noted, bars)


def stack_sizes(rounds: int) -> Table:
    """Cost against the number of networks, width 100, one thread; small stacks run several times.

    A size's cost is taken relative to the round's median first, so that a slow round is slow for
    every size.
    """
    contenders = {
        f"{size} networks": repeated(ours(Exercise(size, 100, 50), 1), 256 // size)
        for size in SIZES
    }
    timings = alternate(contenders, rounds)
    by_round = zip(*(timings[name].cpu for name in contenders), strict=True)
    relative = [[cost / statistics.median(costs) for cost in costs] for costs in by_round]
    costs = [statistics.median(of_size) for of_size in zip(*relative, strict=True)]
    flat = Bar("largest by smallest median", max(costs) / min(costs), 1.25, at_least=False)
    title = "Cost against the number of networks, 12-100-100-2, one thread"
    return Table(
        "trainer-sizes", title, UNIT, rows(contenders, timings, next(iter(contenders))), [flat]
    )


def widths(rounds: int) -> Table:
    """Cost against the width of the hidden layers, the loop beside it."""
    contenders: dict[str, Contender] = {}
    for width in WIDTHS:
        contenders[f"width {width}, loop"] = naive(Exercise(4, width, 50))
        contenders[f"width {width}, one thread"] = ours(Exercise(128, width, 50), 1)
        contenders[f"width {width}, two threads"] = ours(Exercise(128, width, 50), 2)
    timings = alternate(contenders, rounds)
    table = [
        replace(row, ratio=times_as_fast(timings, row.name, row.name.split(",")[0] + ", loop"))
        for row in rows(contenders, timings, next(iter(contenders)))
    ]
    title = "Cost against width, two hidden layers, 128 networks; ratios to the loop of that width"
    return Table("trainer-widths", title, UNIT, table)


def _scaled(timing: Timing, times: float) -> Timing:
    return Timing(*([times * each for each in clock] for clock in (timing.wall, timing.cpu)))


def share_of_peak(timings: Mapping[str, Timing], name: str) -> float:
    """Median over rounds: the time the step's operations take at the peak, by the time it took."""
    return times_as_fast(timings, name, BOUND, clock="wall" if name in OTHERS else "cpu")
