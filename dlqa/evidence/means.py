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
# Few samples look less skewed than what they come from. With half as much again as the unbiased
# estimate, simulated intervals of 24 and more seeds miss skewed means about as rarely as they say;
# normal samples' are 4 % wider for it.
SKEWNESS_FACTOR = 1.5
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
    below, above = (float(side) for side in reach(samples, error / 2, low, high))
    mean = float(samples.mean())
    top = highest_mean(samples, high, error / 2, start=min(high, mean + above))
    bottom = -highest_mean(-samples, -low, error / 2, start=min(-low, below - mean))
    return min(bottom, mean), max(top, mean)


def reach(samples: Array, tail: float, low: float, high: float) -> tuple[Array, Array]:
    """How far below and above the mean of samples [..., S] their spread lets it lie, each [...].

    Infinite where it tells nothing: of equal samples, and where so skewed ones say nothing at so
    small a tail.
    """
    size, equal = samples.shape[-1], alike(samples, low, high)
    spread = np.where(equal, 1.0, samples.std(-1, ddof=1))
    centred = (samples - samples.mean(-1, keepdims=True)) / spread[..., None]
    skewness = (centred**3).sum(-1) * size / ((size - 1) * (size - 2))
    slant = SKEWNESS_FACTOR * skewness / math.sqrt(size)
    quantile = float(stdtrit(size - 1, 1 - tail))
    standard_error = np.where(equal, math.inf, spread / math.sqrt(size))
    below = np.maximum(quantile, _unslanted(quantile, slant)) * standard_error
    above = np.maximum(quantile, -_unslanted(-quantile, slant)) * standard_error
    return below, above


def alike(samples: Array, low: float, high: float) -> NDArray[np.bool_]:
    """Whether samples [..., S] are equal but for rounding, [...]."""
    width = high - low if math.isfinite(high - low) else 0.0
    scale = np.maximum(np.abs(samples).max(-1), width)
    return np.asarray(np.ptp(samples, -1) <= ROUNDING * scale)


def _unslanted(quantile: float, slant: Array) -> Array:
    """The t that Hall's second transformation takes to that quantile, infinite where none is.

    Hall 1992, J. Royal Statistical Society B 54, 221–228.
    """
    slope = 2 / 3 * np.where(np.abs(slant) < 1e-9, 1e-9, slant)
    excess = slope * (quantile - slant / 6)
    finite = np.log1p(np.where(excess > -1, excess, 0.0)) / slope
    return np.where(excess > -1, finite, np.copysign(math.inf, -slope))


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
