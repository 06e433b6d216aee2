"""What the data sets are drawn from, with the best rule for each: a hyperplane that bends to a sphere.

Axes: I inputs (always 12), N points.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from dlqa.lab.mixtures import INPUTS, Mixture, Xor, distribution
from dlqa.questions.more_data.record import SOURCE

APART = 1.645  # half the distance of the means where the boundary is flat: 95 % can be had
WIDER = 0.35  # logarithm of the deviations where it is a sphere: 95 % again
POINTS = 100_000  # where seeds of points begin; covariances count from 0


@dataclass(frozen=True)
class Bent:
    """Two round Gaussians; the best boundary is a hyperplane at curvature 0 and a sphere at 1.

    In between the means draw together while one class grows wide and the other narrow.
    """

    curvature: float

    def sample(self, labels: Tensor, generator: torch.Generator) -> Tensor:
        """Inputs [I, N] for labels [N]."""
        side = 2.0 * labels.double() - 1
        noise = torch.randn(
            len(labels), INPUTS, dtype=torch.float64, generator=generator, device="cpu"
        ).T
        return (side * self._shift + (side * self._wide).exp() * noise).float()

    def best_rule(self, inputs: Tensor) -> Tensor:
        """The denser class [N] at inputs [I, N]."""
        one, zero = (self._log_density(inputs.double(), side) for side in (1.0, -1.0))
        return (one > zero).long()

    @property
    def _shift(self) -> float:
        return APART * math.sqrt(1 - self.curvature**2) / math.sqrt(INPUTS)

    @property
    def _wide(self) -> float:
        return WIDER * self.curvature

    def _log_density(self, inputs: Tensor, side: float) -> Tensor:
        apart = (inputs - side * self._shift).square().sum(0)
        return -apart / (2 * math.exp(2 * side * self._wide)) - INPUTS * side * self._wide


def law(data: str, seed: int) -> Mixture | Bent:
    """The source's correlated Gaussians, of a covariance drawn by the seed, or the bent ones."""
    if data != SOURCE:
        return Bent(float(data))
    found = distribution("correlated", torch.Generator("cpu").manual_seed(seed))
    assert not isinstance(found, Xor)
    return found


def points(data: str, seed: int, count: int, most: int, stream: int = 0) -> tuple[Tensor, Tensor]:
    """The first points [I, N] and labels [N] of `most`: the smaller sets lie within the larger."""
    generator = torch.Generator("cpu").manual_seed(POINTS + stream + seed)
    labels = torch.arange(most, device="cpu") % 2
    return law(data, seed).sample(labels, generator)[:, :count], labels[:count]
