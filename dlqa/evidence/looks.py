"""When a condition is looked at again with more seeds, and how much error each look may take.

Each look has twice the seeds of the one before and half its error. A page's chance of any interval
that misses its mean, in any of its conditions and at any look, is at most PAGE_ERROR: the errors
of all of them add up to no more, however they depend on one another (Bonferroni; over the looks
alpha spending, Lan & DeMets 1983, Biometrika 70, 659–663). So whoever stops at the first look that
decides, or for lack of seconds, or adds seeds for some conditions only, keeps to it too.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dlqa.evidence.means import interval
from dlqa.evidence.sides import Border, Side, decide

PAGE_ERROR = 0.05
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Look:
    """What is seen at a look: the interval of so many seeds at its share of the page's error."""

    number: int
    seeds: int
    error: float
    low: float
    high: float
    side: Side


def seeds_at(look: int, first: int) -> int:
    """How many seeds a condition has at a look, counted from 0, that begins with `first`."""
    return first << look


def error_at(look: int, conditions: int) -> float:
    """The error of one condition's interval at a look, counted from 0, on a page of so many."""
    return PAGE_ERROR / conditions * 0.5 ** (look + 1)


def deciding_look(samples: Array, first: int, conditions: int, border: Border) -> Look:
    """The first look at samples [S] that decides, or the last that they allow.

    Later samples than it has change nothing of what a look decides. Raises ValueError for fewer
    samples than `first`, and whatever `interval` refuses.
    """
    if len(samples) < first:
        raise ValueError(f"expected at least {first} samples, got {len(samples)}")
    number = 0
    while True:
        seeds, error = seeds_at(number, first), error_at(number, conditions)
        low, high = interval(samples[:seeds], error=error, low=border.low, high=border.high)
        side = decide(low, high, border)
        if side is not Side.UNDECIDED or len(samples) < seeds_at(number + 1, first):
            return Look(number, seeds, error, low, high, side)
        number += 1
