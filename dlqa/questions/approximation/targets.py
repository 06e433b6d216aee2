"""The source's three functions, where they are learned and asked, and layers that need no training.

Axes: N samples, O units.
"""

from collections.abc import Callable, Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Array = NDArray[np.float64]

FUNCTIONS: Mapping[str, Callable[[Tensor], Tensor]] = {
    "sin": lambda x: (12 * x).sin(),
    "polynomial": lambda x: -2 * x**4 + x**3 + x**2 - 2 * x,
    "abs": lambda x: x.abs(),
}
EDGE = 1.5  # how far outside they are asked
# Directions of less than this share of the largest one are what rounding leaves of nothing: of
# numbers in single precision, and in double.
PRECISIONS = {"single": 1e-6, "double": 1e-13}


def places(count: int) -> dict[str, Tensor]:
    """Points [N]: those that are learned, those half-way between them, those outside."""
    points = torch.linspace(-1, 1, count, dtype=torch.float64, device="cpu")
    beyond = torch.linspace(1, EDGE, 26, dtype=torch.float64, device="cpu")[1:]
    between = (points[1:] + points[:-1]) / 2
    return {"points": points, "between": between, "outside": torch.cat([-beyond.flip(0), beyond])}


def closed(features: Tensor, wanted: Tensor, cut: float) -> float:
    """The mean square that least squares leaves on a hidden layer's outputs [N, O] and a bias."""
    columns = np.column_stack([features.numpy(), np.ones(len(features))])
    weights = np.linalg.lstsq(columns, wanted.numpy(), rcond=cut)[0]
    return float(np.square(columns @ weights - wanted.numpy()).mean())


def by_hand(width: int, points: Tensor) -> Tensor:
    """Outputs [N, O] of ReLUs whose kinks are equally spaced from −1 on."""
    kinks = -1 + 2 * torch.arange(width, dtype=torch.float64, device="cpu") / width
    return (points[:, None] - kinks).clamp_min(0)
