"""The data: the source's signal among dummies, mixed by a matrix, and a signal of little variance.

Axes: I inputs, N training samples, M fresh points.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from dlqa.questions.dimension_reduction.record import Params

SIGNAL = 10  # inputs that tell the classes apart in the source's data
SPREAD = 0.2  # of their covariance's factor


@dataclass(frozen=True)
class Samples:
    """Training samples [I, N] with labels [N], and fresh points [I, M] with theirs [M]."""

    inputs: Tensor
    labels: Tensor
    fresh_inputs: Tensor
    fresh_labels: Tensor


def draw(data: str, dummies: int, seed: int, params: Params) -> Samples:
    """One data set; of the balanced samples drawn, as many as the source's train at random.

    uniform: ten inputs that differ by 1 between classes, with covariance CᵀC and C uniform in
    0..0.2, and dummies, times a matrix of numbers uniform in 0..1, as in the source. rotation: times
    a random rotation. quiet: one input of little variance tells the classes apart, the others are
    loud; rotated too.
    """
    generator = torch.Generator("cpu").manual_seed(seed)
    signal = 1 if data == "quiet" else SIGNAL
    factor = SPREAD * _uniform((signal, signal), generator)
    mixing = _uniform((signal + dummies, signal + dummies), generator)
    if data != "uniform":
        mixing = _rotation(signal + dummies, generator)
    if data == "quiet":
        factor = torch.full_like(factor, params.quiet)

    def sample(labels: Tensor) -> Tensor:
        told = _normal((len(labels), signal), generator) @ factor + labels[:, None]
        if data == "quiet":
            noise = params.loud * _normal((len(labels), dummies), generator)
        else:
            noise = params.level * _uniform((len(labels), dummies), generator)
        return (torch.cat([told, noise], 1) @ mixing).T

    order = torch.randperm(params.drawn, generator=generator, device="cpu")[: params.train]
    labels = (torch.arange(params.drawn, device="cpu") % 2)[order]
    fresh_labels = torch.arange(params.fresh, device="cpu") % 2
    return Samples(sample(labels), labels, sample(fresh_labels), fresh_labels)


def _rotation(inputs: int, generator: torch.Generator) -> Tensor:
    """A random orthogonal matrix, uniform over all of them (Mezzadri 2007)."""
    basis, triangle = torch.linalg.qr(_normal((inputs, inputs), generator))
    return basis * triangle.diagonal().sign()


def _uniform(shape: tuple[int, int], generator: torch.Generator) -> Tensor:
    return torch.rand(shape, dtype=torch.float64, generator=generator, device="cpu")


def _normal(shape: tuple[int, int], generator: torch.Generator) -> Tensor:
    return torch.randn(shape, dtype=torch.float64, generator=generator, device="cpu")
