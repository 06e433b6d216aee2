"""The rule by which verdicts came about before: bootstrap-t, all tests of a page corrected by Holm."""

from collections.abc import Sequence

import numpy as np

from calibration.methods import resample_counts
from dlqa.evidence.records import Array

RESAMPLES = 9_999
LEVEL = 0.05


def decided(pages: Sequence[tuple[Array, float]]) -> int:
    """How many of a page's conditions are decided, each of samples [S] and a margin."""
    p_values = sorted(_p_value(samples, margin) for samples, margin in pages)
    left = range(len(p_values), 0, -1)
    rejected = [p * tests <= LEVEL for p, tests in zip(p_values, left, strict=True)]
    return rejected.index(False) if False in rejected else len(rejected)


def _p_value(samples: Array, margin: float) -> float:
    """Two-sided, at least 2 / (B + 1); Efron & Tibshirani 1993, section 12.5, inverted."""
    size, spread = len(samples), float(samples.std())
    offset = float(samples.mean()) - margin
    if spread <= 1e-12 * max(1.0, abs(float(samples.mean()))):
        return 1.0 if offset == 0 else 2 / (RESAMPLES + 1)
    observed = offset / (spread / np.sqrt(size - 1))
    counts, centred = resample_counts(size, RESAMPLES), samples - samples.mean()
    means = counts @ centred / size
    errors = np.sqrt(np.maximum(counts @ centred**2 / size - means**2, 0) / (size - 1))
    studentized = np.divide(means, errors, out=np.zeros_like(means), where=errors > 1e-9 * spread)
    beyond = np.sum(studentized * np.sign(observed) >= abs(observed))
    return min(1.0, 2 * float(beyond + 1) / (RESAMPLES + 1))
