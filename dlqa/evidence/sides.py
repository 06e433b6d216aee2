"""On which side of a margin a mean lies, read off its interval, and how many seeds would tell."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from dlqa.evidence.means import alike

MOST = 1_000_000  # seeds that anyone would think of running
Array = NDArray[np.float64]


class Side(StrEnum):
    ABOVE = "above"
    BELOW = "below"
    EQUAL = "practically equal"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Border:
    """What a mean is compared with, and the range that its quantity cannot leave.

    `resolution`: a mean no farther from the margin than this is as good as equal to it.
    """

    margin: float
    resolution: float = 0.0
    low: float = -math.inf
    high: float = math.inf

    def __post_init__(self) -> None:
        if not self.low <= self.margin <= self.high or not 0 <= self.resolution < math.inf:
            raise ValueError(
                f"expected a margin between {self.low} and {self.high} and a resolution of 0 or "
                f"more, got {self.margin} and {self.resolution}"
            )


def decide(low: float, high: float, border: Border) -> Side:
    """The side on which an interval lies as a whole.

    As good as equal where it lies within the resolution (two one-sided tests), whether or not it
    holds the margin itself; one interval decides all three (Goeman, Solari & Stijnen 2010,
    Statistics in Medicine 29, 2117–2125).
    """
    margin, resolution = border.margin, border.resolution
    if resolution > 0 and margin - resolution <= low and high <= margin + resolution:
        return Side.EQUAL
    if low > margin:
        return Side.ABOVE
    return Side.BELOW if high < margin else Side.UNDECIDED


def seeds_needed(samples: Array, border: Border, *, error: float) -> float:
    """About how many seeds would decide what these samples [S] do not, if all are like them.

    From their mean and spread (Guenther 1981, The American Statistician 35, 243–244); of equal ones
    from how many exceptions may go unseen. Infinite where a million seeds would not do.
    """
    mean, spread = float(samples.mean()), float(samples.std(ddof=1))
    offset = mean - border.margin
    to_side, to_equal = abs(offset), border.resolution - abs(offset)
    distance = max(to_side, to_equal)
    if distance == 0:
        return math.inf
    below, above = mean - border.low, border.high - mean
    towards = below if offset > 0 else above
    room = towards if to_side >= to_equal else max(below, above)
    if not alike(samples, border.low, border.high):
        quantile = -float(ndtri(error / 2))
        seeds = (quantile * spread / distance) ** 2 + quantile**2 / 2
    elif distance < room:
        unseen = math.log1p(-distance / room)
        seeds = math.log(error / 2) / unseen if unseen else math.inf
    else:
        seeds = 0.0
    return math.inf if seeds > MOST else max(len(samples) + 1, math.ceil(seeds))
