"""Rank correlation, one coefficient a row."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def rank_correlation(first: ArrayLike, second: ArrayLike) -> NDArray[np.float64]:
    """Spearman's ρ along the last axis; ties share their mean rank; the other axes broadcast.

    A row whose values are all equal has no order and gives NaN. Raises ValueError where the last
    axes differ or hold fewer than two values, or a value is not finite.
    """
    one, two = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if one.shape[-1:] != two.shape[-1:] or one.shape[-1] < 2:
        raise ValueError(f"expected last axes of one length ≥ 2, got {one.shape} and {two.shape}")
    if not (np.isfinite(one).all() and np.isfinite(two).all()):
        raise ValueError("expected finite values; a NaN has no rank")
    one, two = (_centred(_ranks(values)) for values in (one, two))
    scale = np.sqrt((one**2).sum(-1) * (two**2).sum(-1))
    with np.errstate(invalid="ignore"):
        return np.asarray((one * two).sum(-1) / scale)


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean ranks along the last axis: how many are smaller, plus half of the equal others."""
    here, there = values[..., :, None], values[..., None, :]
    ranks: NDArray[np.float64] = (there < here).sum(-1) + ((there == here).sum(-1) - 1) / 2
    return ranks


def _centred(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(values - values.mean(-1, keepdims=True))
