"""Where the mean over seeds can lie: the interval that is drawn and that decides.

One number a seed, most often a paired difference. Student's interval joined with Hall's, which
follows the samples' skewness; of what these leave, only as much as is possible at all. The choice
was made by simulation: `make calibrate` prints the table.
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from dlqa.evidence.exceptions import highest_mean

FEWEST = 5
# Spread below this share of the numbers' size, or of a bounded quantity's range, is rounding in
# single precision, of which networks are made: such samples count as equal.
ROUNDING = 2.0**-20
# Few samples look less skewed than what they come from. With 5/4 of the unbiased estimate the worst
# of our simulations' misses are near what is promised; normal samples' intervals are 3 % wider.
SKEWNESS_FACTOR = 1.25
Array = NDArray[np.float64]


def interval(
    samples: Array, *, error: float = 0.05, low: float = -math.inf, high: float = math.inf
) -> tuple[float, float]:
    """Interval that misses the mean of what samples [S] come from with a chance of `error`.

    `low` and `high` are the range that the quantity cannot leave. Without one, equal samples leave
    every mean possible: exceptions that none of them shows may be of any size.

    Raises ValueError for fewer than 5 samples, for samples that are not finite or not in the range,
    and for an error that is not a chance below one half.
    """
    samples = _checked(samples, error, low, high)
    below, above = _reach(samples, error / 2, low, high)
    mean = float(samples.mean())
    top = highest_mean(samples, high, error / 2, start=min(high, mean + above))
    bottom = -highest_mean(-samples, -low, error / 2, start=min(-low, below - mean))
    return min(bottom, mean), max(top, mean)


def _reach(samples: Array, tail: float, low: float, high: float) -> tuple[float, float]:
    """How far below and above the samples' mean their spread lets the mean lie; never negative."""
    size, spread = len(samples), float(samples.std(ddof=1))
    scale = max(float(np.abs(samples).max()), high - low if math.isfinite(high - low) else 0.0)
    if np.ptp(samples) <= ROUNDING * scale:
        return math.inf, math.inf
    standard_error = spread / math.sqrt(size)
    centred = (samples - samples.mean()) / spread
    skewness = float((centred**3).sum()) * size / ((size - 1) * (size - 2))
    quantile = float(stdtrit(size - 1, 1 - tail))
    slant = SKEWNESS_FACTOR * skewness / math.sqrt(size)
    below = max(quantile, _unslanted(quantile, slant))
    above = max(quantile, -_unslanted(-quantile, slant))
    return below * standard_error, above * standard_error


def _unslanted(quantile: float, slant: float) -> float:
    """The t whose transform has that quantile: the inverse of Hall's second transformation.

    Hall 1992, J. Royal Statistical Society B 54, 221–228. Infinite where so skewed samples say
    nothing at so small an error.
    """
    if abs(slant) < 1e-6:
        return quantile
    inner = 1 + 2 / 3 * slant * (quantile - slant / 6)
    return math.log(inner) / (2 / 3 * slant) if inner > 0 else math.copysign(math.inf, -slant)


def _checked(samples: Array, error: float, low: float, high: float) -> Array:
    samples = np.asarray(samples, dtype=np.float64)
    if samples.ndim != 1 or len(samples) < FEWEST or not np.isfinite(samples).all():
        raise ValueError(f"expected at least {FEWEST} finite numbers on one axis, got {samples!r}")
    if not 0 < error < 0.5:
        raise ValueError(f"expected an error above 0 and below 0.5, got {error}")
    slack = ROUNDING * float(np.abs(samples).max())
    if not low < high or samples.min() < low - slack or samples.max() > high + slack:
        raise ValueError(
            f"expected numbers between {low} and {high}, "
            f"got some from {samples.min()} to {samples.max()}"
        )
    return np.clip(samples, low, high)
