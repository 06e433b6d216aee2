"""The intervals that are compared, each for many samples at once.

Axes: R samples, S seeds, B resamples. Bounds are not yet cut to the quantity's range.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtrit

from calibration.populations import Population
from dlqa.evidence.exceptions import highest_mean
from dlqa.evidence.means import ROUNDING, interval, reach

RESAMPLES = 1_999  # (B + 1) · error / 2 is whole for the errors at which they are tried
Array = NDArray[np.float64]
Truths = NDArray[np.bool_]
Bounds = tuple[Array, Array]


@dataclass(frozen=True)
class Batch:
    """Samples [R, S] of a population, and what several methods need of them."""

    samples: Array
    population: Population

    @property
    def size(self) -> int:
        size: int = self.samples.shape[1]
        return size

    @cached_property
    def equal(self) -> Truths:
        """Which have no spread, [R]."""
        largest = np.abs(self.samples).max(1)
        found: Truths = np.ptp(self.samples, axis=1) <= ROUNDING * largest
        return found

    @cached_property
    def mean(self) -> Array:
        mean: Array = self.samples.mean(1)
        return mean

    @cached_property
    def standard_error(self) -> Array:
        error: Array = self.samples.std(1, ddof=1) / math.sqrt(self.size)
        return error

    @cached_property
    def skewness(self) -> Array:
        """Each sample's third standardized moment, [R]; 0 of equal ones."""
        centred = self.samples - self.mean[:, None]
        third, spread = (centred**3).mean(1), self.samples.std(1)
        skewness: Array = np.divide(third, spread**3, out=np.zeros_like(third), where=~self.equal)
        return skewness

    @cached_property
    def gaffke_tail(self) -> Array:
        """The greatest tail at which Gaffke's bounds still leave the population's mean possible,
        [R]; 1 for a mean within a standard error, which they always do."""
        tails = np.ones(len(self.samples))
        far = np.abs(self.mean - self.population.mean) >= 0.99 * self.standard_error
        for sign, end in ((1, self.population.high), (-1, self.population.low)):
            if math.isfinite(end):
                ends = np.full((int(far.sum()), 1), end)
                values = np.hstack([self.samples[far], ends]) - self.population.mean
                tails[far] = np.minimum(tails[far], chances_above_zero(sign * values))
        return tails


@dataclass(frozen=True)
class Method:
    """An interval's bounds, and whether they leave out the mean where that is another computation.

    Equal samples tell bounds nothing: theirs do not count as misses.

    `samples`: how many of them it can afford; `smallest`: the least error that it can be tried at;
    `bounded`: it needs a range.
    """

    name: str
    bounds: Callable[[Batch, float], Bounds]
    excludes: Callable[[Batch, float], Truths] | None = None
    samples: int = 1_000_000
    smallest: float = 0.0
    bounded: bool = False

    def misses(self, batch: Batch, error: float) -> Truths:
        """Which samples have an interval that misses the mean of their population, [R]."""
        if self.excludes:
            return self.excludes(batch, error)
        low, high = self.bounds(batch, error)
        missed = (low > batch.population.mean) | (high < batch.population.mean)
        return missed & ~batch.equal

    def widths(self, batch: Batch, error: float) -> Array:
        """Widths [R] of the intervals in the quantity's range."""
        low, high = self.bounds(batch, error)
        return np.minimum(high, batch.population.high) - np.maximum(low, batch.population.low)


def methods() -> list[Method]:
    """Every interval that is compared, the one that decides last."""
    return [
        Method("Student's t", student),
        Method("Johnson's t", johnson),
        Method("Hall's cubic t", hall),
        Method("Student's with Hall's cubic t", student_with_hall),
        Method("bootstrap-t", bootstrap_t, samples=2_000, smallest=0.01),
        Method("BCa", bca, samples=2_000, smallest=0.01),
        Method("Gaffke's bound", gaffke, gaffke_excludes, bounded=True),
        Method("betting", betting, betting_excludes, bounded=True),
        Method("the one that decides", deciding, deciding_excludes),
    ]


def student(batch: Batch, error: float) -> Bounds:
    half = stdtrit(batch.size - 1, 1 - error / 2) * batch.standard_error
    return batch.mean - half, batch.mean + half


def johnson(batch: Batch, error: float) -> Bounds:
    """Johnson 1978, J. American Statistical Association 73, 536–544."""
    low, high = student(batch, error)
    shift = batch.skewness * batch.standard_error / (6 * math.sqrt(batch.size))
    return low + shift, high + shift


def hall(batch: Batch, error: float) -> Bounds:
    """Hall 1992, J. Royal Statistical Society B 54, 221–228: the first, cubic transformation."""
    slant = batch.skewness / math.sqrt(batch.size) / 3
    slant = np.where(np.abs(slant) < 1e-9, 1e-9, slant)
    quantile = stdtrit(batch.size - 1, 1 - error / 2)

    def inverse(value: float) -> Array:
        root: Array = np.cbrt(1 + 3 * slant * (value - slant / 2))
        return (root - 1) / slant

    return (
        batch.mean - inverse(quantile) * batch.standard_error,
        batch.mean - inverse(-quantile) * batch.standard_error,
    )


def student_with_hall(batch: Batch, error: float) -> Bounds:
    lows, highs = zip(student(batch, error), hall(batch, error), strict=True)
    return np.minimum(*lows), np.maximum(*highs)


def bootstrap_t(batch: Batch, error: float) -> Bounds:
    """Efron & Tibshirani 1993, section 12.5."""
    counts = resample_counts(batch.size, RESAMPLES)  # [B, S]
    centred = (batch.samples - batch.mean[:, None]).T  # [S, R]
    means = counts @ centred / batch.size
    variances = counts @ centred**2 / batch.size - means**2
    errors = np.sqrt(np.maximum(variances, 0) / (batch.size - 1))
    enough = errors > 1e-9 * batch.standard_error
    studentized = np.divide(means, errors, out=np.zeros_like(means), where=enough)
    low, high = np.quantile(studentized, [error / 2, 1 - error / 2], axis=0)
    return batch.mean - high * batch.standard_error, batch.mean - low * batch.standard_error


def bca(batch: Batch, error: float) -> Bounds:
    """Efron 1987, J. American Statistical Association 82, 171–185."""
    means = np.sort(resample_counts(batch.size, RESAMPLES) @ batch.samples.T / batch.size, axis=0)
    less = (means < batch.mean).mean(0) + (means == batch.mean).mean(0) / 2
    bias = ndtri(np.clip(less, 1 / (RESAMPLES + 1), 1 - 1 / (RESAMPLES + 1)))
    acceleration = batch.skewness / (6 * math.sqrt(batch.size))

    def bound(normal: float) -> Array:
        shifted = bias + normal
        level = ndtr(bias + shifted / (1 - acceleration * shifted))
        ranks = np.clip(np.round(level * (RESAMPLES + 1)) - 1, 0, RESAMPLES - 1).astype(int)
        found: Array = np.take_along_axis(means, ranks[None], axis=0)[0]
        return found

    return bound(ndtri(error / 2)), bound(-ndtri(error / 2))


def gaffke(batch: Batch, error: float) -> Bounds:
    low, high, tail = batch.population.low, batch.population.high, error / 2
    lows = [-highest_mean(-each, -low, tail, start=-low) for each in batch.samples]
    highs = [highest_mean(each, high, tail, start=high) for each in batch.samples]
    return np.array(lows), np.array(highs)


def gaffke_excludes(batch: Batch, error: float) -> Truths:
    return batch.gaffke_tail < error / 2


def betting(batch: Batch, error: float) -> Bounds:
    """The bounds among 201 means across the range."""
    scale = batch.population.high - batch.population.low
    unit = (batch.samples - batch.population.low) / scale
    grid = np.linspace(0, 1, 201)
    possible = np.array([~_bets_win(unit, mean, error) for mean in grid])  # [G, R]
    possible |= np.abs(grid[:, None] - unit.mean(1)) <= 1 / 200
    low, high = grid[possible.argmax(0)], grid[200 - possible[::-1].argmax(0)]
    return batch.population.low + scale * low, batch.population.low + scale * high


def betting_excludes(batch: Batch, error: float) -> Truths:
    population, scale = batch.population, batch.population.high - batch.population.low
    unit = (batch.samples - population.low) / scale
    return _bets_win(unit, (population.mean - population.low) / scale, error)


def deciding(batch: Batch, error: float) -> Bounds:
    low, high = batch.population.low, batch.population.high
    intervals = [interval(each, error=error, low=low, high=high) for each in batch.samples]
    lows, highs = np.array(intervals).T
    return lows, highs


def deciding_excludes(batch: Batch, error: float) -> Truths:
    below, above = reach(batch.samples, error / 2, batch.population.low, batch.population.high)
    offset = batch.mean - batch.population.mean
    missed: Truths = (offset > below) | (offset < -above) | gaffke_excludes(batch, error)
    return missed


def chances_above_zero(values: Array) -> Array:
    """`exceptions.chance_above` at a level of 0 for each row of values [R, N]."""
    above = np.sort(np.maximum(values, 0), axis=1).T  # those not above are 0: they end at once
    below = np.sort(np.maximum(-values, 0), axis=1).T
    above, below = above[(above > 0).any(1)], below[(below > 0).any(1)]
    won = np.zeros((len(below) + 1, len(values)))
    won[0] = above.any(0)
    for longest in above:
        for turn, other in enumerate(below, start=1):
            both = longest + other
            last = np.divide(longest, both, out=np.zeros_like(both), where=both > 0)
            won[turn] += last * (won[turn - 1] - won[turn])
    chances: Array = won[-1]
    return chances


@cache
def resample_counts(size: int, resamples: int) -> Array:
    """How often each sample is drawn in each resample, [B, S]; always the same draw."""
    generator = np.random.default_rng(size)
    return generator.multinomial(size, np.full(size, 1 / size), resamples).astype(np.float64)


def _bets_win(unit: Array, mean: float, error: float) -> Truths:
    """Whether the hedged capital against a mean of numbers in [0, 1] ever reaches 1 / error, [R].

    Waudby-Smith & Ramdas 2024, J. Royal Statistical Society B 86, 1–27, sections 4.1–4.4: bets of
    the predictable plug-in kind for so many seeds, at most half of what could be lost.
    """
    repeats, size = unit.shape
    rises, falls = np.zeros(repeats), np.zeros(repeats)  # logarithms of the two capitals
    total, squares = np.full(repeats, 0.5), np.full(repeats, 0.25)
    won = np.zeros(repeats, dtype=bool)
    for turn in range(size):
        variance = squares / (turn + 1)
        bet = np.sqrt(2 * math.log(2 / error) / (size * variance))
        up = np.minimum(bet, 0.5 / mean if mean > 0 else math.inf)
        down = np.minimum(bet, 0.5 / (1 - mean) if mean < 1 else math.inf)
        rises += np.log(np.maximum(1 + up * (unit[:, turn] - mean), 1e-300))
        falls += np.log(np.maximum(1 - down * (unit[:, turn] - mean), 1e-300))
        won |= np.maximum(rises, falls) >= math.log(2 / error)
        total += unit[:, turn]
        squares += (unit[:, turn] - total / (turn + 2)) ** 2
    return won
