"""How far a mean over seeds can be trusted: studentized bootstrap intervals and p-values.

Axes: S seeds, B resamples. One number a seed, most often a paired difference.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 9_999  # (B + 1) · 0.025 is whole, so a 95 % interval needs no interpolation
Array = NDArray[np.float64]


def interval(samples: Array, *, level: float = 0.95) -> tuple[float, float]:
    """Bootstrap-t interval of the mean of samples [S] (Efron & Tibshirani 1993, section 12.5).

    Equal samples give an interval of no width. Raises ValueError for fewer than 5 samples or
    samples that are not finite.
    """
    mean, error, studentized = _resampled(samples)
    tail = (1 - level) / 2
    low, high = np.quantile(studentized, [tail, 1 - tail])
    return mean - float(high) * error, mean - float(low) * error


def p_value(samples: Array, margin: float) -> float:
    """Two-sided p-value of "the mean is `margin`", by inverting `interval`; at least 2 / (B + 1)."""
    mean, error, studentized = _resampled(samples)
    if error == 0:
        return 1.0 if mean == margin else 2 / (RESAMPLES + 1)
    observed = (mean - margin) / error
    beyond = np.sum(studentized >= observed) if observed > 0 else np.sum(studentized <= observed)
    return min(1.0, 2 * float(beyond + 1) / (RESAMPLES + 1))


def _resampled(samples: Array) -> tuple[float, float, Array]:
    """The mean, its standard error, and (resampled mean − mean) / resampled error, [B]."""
    samples = np.asarray(samples, dtype=np.float64)
    if samples.ndim != 1 or len(samples) < 5 or not np.isfinite(samples).all():
        raise ValueError(f"expected at least 5 finite numbers on one axis, got {samples!r}")
    size = len(samples)
    mean, spread = float(samples.mean()), float(samples.std())
    if spread <= 1e-12 * max(1.0, abs(mean)):  # equal but for rounding
        return mean, 0.0, np.zeros(RESAMPLES)
    counts = _resample_counts(size)  # [B, S]
    centred = samples - mean
    means = counts @ centred / size
    variances = counts @ centred**2 / size - means**2
    errors = np.sqrt(np.maximum(variances, 0) / (size - 1))
    # a resample of one sample only has no spread of its own; it says nothing of the shape
    studentized = np.divide(means, errors, out=np.zeros_like(means), where=errors > 1e-9 * spread)
    return mean, spread / float(np.sqrt(size - 1)), studentized


@cache
def _resample_counts(size: int) -> Array:
    """How often each sample is drawn in each resample, [B, S]; always the same draw."""
    generator = np.random.default_rng(size)
    return generator.multinomial(size, np.full(size, 1 / size), RESAMPLES).astype(np.float64)
