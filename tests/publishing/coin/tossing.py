"""Tosses of a fair coin."""

import numpy as np


def toss(seed: int, tosses: int) -> float:
    """The fraction of heads."""
    # a helper that the study reaches
    return float(np.random.default_rng(seed).integers(0, 2, tosses).mean())
