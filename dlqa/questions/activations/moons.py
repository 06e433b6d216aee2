"""Two moons: two half circles that interlock, with noise, and the best rule for them.

Axes: N samples.
"""

import math

import torch
from torch import Tensor

ARC = 512  # points that stand for a half circle in the best rule


def moons(count: int, noise: float, seed: int) -> tuple[Tensor, Tensor]:
    """Points [2, N] and labels [N], classes in turn, as scikit-learn's `make_moons` lays them."""
    generator = torch.Generator("cpu").manual_seed(seed)
    labels = torch.arange(count, device="cpu") % 2
    angles = math.pi * torch.rand(count, generator=generator, dtype=torch.float64, device="cpu")
    shift = torch.randn(2, count, generator=generator, dtype=torch.float64, device="cpu")
    return (_arc(angles, labels) + noise * shift).float(), labels


def best_rule(points: Tensor, noise: float) -> Tensor:
    """Labels [N] of points [2, N] by the class that is denser there."""
    angles = math.pi * (torch.arange(ARC, dtype=torch.float64, device="cpu") + 0.5) / ARC
    densities = []
    for label in (0, 1):
        arc = _arc(angles, torch.full((ARC,), label, device="cpu"))
        apart = torch.cdist(points.T.double(), arc.T)
        densities.append((apart.square() / (-2 * noise**2)).logsumexp(1))
    return (densities[1] > densities[0]).long()


def _arc(angles: Tensor, labels: Tensor) -> Tensor:
    """Places [2, N] on the upper half circle, or for label 1 on the lower one."""
    upper = torch.stack([angles.cos(), angles.sin()])
    lower = torch.stack([1 - angles.cos(), 0.5 - angles.sin()])
    return torch.where(labels == 0, upper, lower)
