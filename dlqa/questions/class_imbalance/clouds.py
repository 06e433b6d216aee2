"""Two Gaussian clouds in the plane, a rare class and a frequent one, and what the best rule knows.

Axes: N points.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Cloud:
    """A Gaussian of mean [2] and covariance factorᵀ·factor [2, 2]."""

    mean: Tensor
    factor: Tensor

    def sample(self, count: int, generator: torch.Generator) -> Tensor:
        """Points [2, N]."""
        noise = torch.randn(count, 2, dtype=torch.float64, generator=generator, device="cpu")
        return (noise @ self.factor + self.mean).T

    def log_density(self, points: Tensor) -> Tensor:
        """Of points [2, N], [N]."""
        white = torch.linalg.solve(self.factor.T, points - self.mean[:, None])
        return -white.square().sum(0) / 2 - self.factor.det().abs().log() - math.log(2 * math.pi)


Pair = tuple[Cloud, Cloud]  # of the rare class and of the frequent one


def pair(kind: str, seed: int) -> Pair:
    """The clouds of a kind of data.

    source: the rare class at 0, the frequent one at (1, 1/2), of one covariance CᵀC with C ~ U(0, 1)
    drawn by the seed, as the code of Abid (2018) has it. line: two unit Gaussians 2 apart. ring: a
    unit Gaussian amid one three times as wide.
    """
    unit = torch.eye(2, dtype=torch.float64, device="cpu")
    if kind == "source":
        generator = torch.Generator("cpu").manual_seed(seed)
        factor = torch.rand(2, 2, dtype=torch.float64, generator=generator, device="cpu")
        return Cloud(0 * unit[0], factor), Cloud(unit[0] + unit[1] / 2, factor)
    if kind == "line":
        return Cloud(2 * unit[0], unit), Cloud(0 * unit[0], unit)
    if kind == "ring":
        return Cloud(0 * unit[0], unit), Cloud(0 * unit[0], 3 * unit)
    raise ValueError(f"kind is {kind!r}: expected source, line or ring")


def draw(clouds: Pair, rare: int, frequent: int, seed: int) -> tuple[Tensor, Tensor]:
    """So many points of each class, [2, N] and [2, M]; fewer are the first of as many of the other."""
    generator = torch.Generator("cpu").manual_seed(seed)
    first, second = (cloud.sample(max(rare, frequent), generator) for cloud in clouds)
    return first[:, :rare], second[:, :frequent]


def evidence(clouds: Pair, points: Tensor) -> Tensor:
    """The best rule's log odds [N] of the rare class at points [2, N] of balanced classes."""
    rare, frequent = (cloud.log_density(points) for cloud in clouds)
    return rare - frequent
