"""How far a mean can lie from its samples for exceptions that none of them shows: Gaffke's bound.

Needs nothing but a range that the quantity cannot leave. Of n equal samples it says that exceptions
may have a share of up to 1 − tail^(1/n); of a share's zeros and ones it is Clopper and Pearson's.
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

Array = NDArray[np.float64]


def highest_mean(samples: Array, highest: float, tail: float, *, start: float) -> float:
    """The highest mean that samples [S] leave possible, missed with a chance of at most `tail`.

    The quantile 1 − tail of a mean whose weights are uniform over all that are possible (Dirichlet,
    all ones) on the samples and on one more at `highest` (Gaffke 2005, Math. Methods of Statistics
    14, 451–467; Learned-Miller & Thomas 2019, arXiv:1905.06208). That it covers so often is proved
    for some samples and conjectured for all; no exception has been found.

    Not searched for above `start`, which is returned where the bound is no lower.
    """
    if start <= samples.mean() or not np.isfinite(highest):
        return start
    values = np.append(samples, highest)
    origin, width = values.min(), np.ptp(values)
    if width == 0:
        return float(highest)
    values = (values - origin) / width
    top = min(1.0, (start - origin) / width)
    if chance_above(values, top) >= tail:
        return start
    bottom = float(values[:-1].mean())
    if chance_above(values, bottom) <= tail:
        return float(origin + width * bottom)

    def excess(mean: float) -> float:  # nearly straight on this scale, which saves steps
        return math.log(max(chance_above(values, mean), 1e-300) / tail)

    bound = brentq(excess, bottom, top, xtol=1e-12)
    return float(origin + width * bound)


def chance_above(values: Array, level: float) -> float:
    """The chance that the mean of values [N], uniformly weighted at random, lies above `level`.

    Exact. Such weights are exponential times over their sum, so the mean lies above where the values
    above, each as long as its time times its distance, outlast those below. They run in turn, one
    of either side at a time; that with distance d ends first against e with a chance of
    e / (d + e), and what is left of the other is again exponential.
    """
    above, below = values[values > level] - level, level - values[values <= level]
    if not len(above) or not len(below):
        return float(len(above) > 0)
    firsts = below[::-1] / (above[:, None] + below[::-1])  # [A, B]: that of one above ends first
    # won[a]: the chance with `a` left above and turn − a below; a side that has none left has lost
    won = np.ones(len(above) + 1)
    won[0] = 0
    for turn in range(2, len(values) + 1):
        first = firsts.diagonal(len(below) + 1 - turn)
        start = max(1, turn - len(below))
        one_less = won[start - 1 : start - 1 + len(first)]
        here = won[start : start + len(first)]
        here += first * (one_less - here)
    return float(won[-1])
