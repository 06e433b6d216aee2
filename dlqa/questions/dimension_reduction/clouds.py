"""Two classes in the plane: what one principal component keeps of them, in closed form.

Both classes have the same stretched normal cloud; their means lie 2 apart along the first axis.
"""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
APART = np.array([2.0, 0.0])  # between the means
NARROW = (
    0.5  # deviation across a cloud: the signal's share of its class as in the study's quiet data
)
POINTS = 60  # of a class
SEED = 48


def spread(angle: float, stretch: float) -> Array:
    """Covariance within a class whose long axis lies at `angle` degrees to the means' difference."""
    turned = math.radians(angle)
    long = np.array([math.cos(turned), math.sin(turned)])
    across = np.array([-long[1], long[0]])
    found: Array = NARROW**2 * (stretch**2 * np.outer(long, long) + np.outer(across, across))
    return found


def cloud(angle: float, stretch: float) -> Mapping[str, Array | float]:
    """Points of both classes, and what the first principal component keeps; see the record."""
    within = spread(angle, stretch)
    variances, directions = np.linalg.eigh(within + np.outer(APART, APART) / 4)  # ascending
    first = directions[:, 1] * (1 if directions[:, 1].sum() >= 0 else -1)
    drawn = np.random.default_rng(SEED).standard_normal((2, 2, POINTS)).clip(-2.3, 2.3)
    turned = math.radians(angle)
    axes = np.array([[math.cos(turned), -math.sin(turned)], [math.sin(turned), math.cos(turned)]])
    shapes = (axes * (NARROW * stretch, NARROW)) @ drawn  # [class, axis, sample]
    means = np.array([-0.5, 0.5])[:, None, None] * APART[:, None]
    between = float(APART @ np.linalg.solve(within, APART))
    along = abs(float(first @ APART)) / math.sqrt(float(first @ within @ first))
    return {
        "point": shapes + means,
        "first": first,
        "share": float(variances[1] / variances.sum()),
        "whole": _best(math.sqrt(between)),
        "one": _best(along),
    }


def _best(distance: float) -> float:
    """Accuracy of the best rule for two normal classes so many deviations apart."""
    return 0.5 * (1 + math.erf(distance / 2 / math.sqrt(2)))
