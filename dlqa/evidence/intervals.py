"""How far a mean over seeds can be trusted: intervals and p-values by studentized bootstrap.

Axes: S seeds, B resamples. One number a seed, most often a paired difference. Fewer than FEW seeds
repeat one another in too many resamples, whose spread then says nothing; there Student's t serves.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

FEW = 8
RESAMPLES = 9_999  # (B + 1) · 0.025 is whole, so a 95 % interval needs no interpolation
Array = NDArray[np.float64]


def interval(samples: Array, *, level: float = 0.95) -> tuple[float, float]:
    """Interval of the mean of samples [S]: bootstrap-t (Efron & Tibshirani 1993, section 12.5), of
    few samples Student's.

    Equal samples give an interval of no width. Raises ValueError for fewer than 5 samples or
    samples that are not finite.
    """
    samples = _checked(samples)
    mean, error = _mean(samples)
    tail = (1 - level) / 2
    if len(samples) < FEW:
        reach = float(stdtrit(len(samples) - 1, 1 - tail)) * error
        return mean - reach, mean + reach
    studentized = _resampled(samples)
    low, high = np.quantile(studentized, [tail, 1 - tail])
    return mean - float(high) * error, mean - float(low) * error


def p_value(samples: Array, margin: float) -> float:
    """Two-sided p-value of "the mean is `margin`", by inverting `interval`; at least 2 / (B + 1)."""
    samples = _checked(samples)
    mean, error = _mean(samples)
    smallest = 2 / (RESAMPLES + 1)
    if error == 0:
        return 1.0 if mean == margin else smallest
    observed = (mean - margin) / error
    if len(samples) < FEW:
        return max(smallest, 2 * float(stdtr(len(samples) - 1, -abs(observed))))
    studentized = _resampled(samples)
    beyond = np.sum(studentized >= observed) if observed > 0 else np.sum(studentized <= observed)
    return min(1.0, 2 * float(beyond + 1) / (RESAMPLES + 1))


def test_used(seeds: int) -> str:
    """The name of the test that so many seeds are put to."""
    return "Student's t" if seeds < FEW else "bootstrap-t"


def _checked(samples: Array) -> Array:
    samples = np.asarray(samples, dtype=np.float64)
    if samples.ndim != 1 or len(samples) < 5 or not np.isfinite(samples).all():
        raise ValueError(f"expected at least 5 finite numbers on one axis, got {samples!r}")
    return samples


def _mean(samples: Array) -> tuple[float, float]:
    """The mean and its standard error; an error of 0 where all are equal but for rounding."""
    mean, spread = float(samples.mean()), float(samples.std(ddof=1))
    if spread <= 1e-12 * max(1.0, abs(mean)):
        return mean, 0.0
    return mean, spread / float(np.sqrt(len(samples)))


def _resampled(samples: Array) -> Array:
    """(Resampled mean − mean) / resampled error, [B]; zeros where samples have no spread."""
    size, spread = len(samples), float(samples.std())
    counts = _resample_counts(size)  # [B, S]
    centred = samples - samples.mean()
    means = counts @ centred / size
    variances = counts @ centred**2 / size - means**2
    errors = np.sqrt(np.maximum(variances, 0) / (size - 1))
    # a resample of one sample only has no spread of its own; it says nothing of the shape
    studentized: Array = np.divide(
        means, errors, out=np.zeros_like(means), where=errors > 1e-9 * spread
    )
    return studentized


@cache
def _resample_counts(size: int) -> Array:
    """How often each sample is drawn in each resample, [B, S]; always the same draw."""
    generator = np.random.default_rng(size)
    return generator.multinomial(size, np.full(size, 1 / size), RESAMPLES).astype(np.float64)
