"""Random boxes and what goes wrong with them: edges that err, copies of a wanted IoU.

All in float64, from a generator, in rows (N, 4) of their corners.
"""

import math

import torch
from torch import Generator, Tensor

from dlqa.lab.arguments import check_count, check_kind, check_number, check_sequence, check_tensor
from dlqa.lab.boxes.corners import check_devices, check_shape, check_values


def uniform(count: int, low: float, high: float, generator: Generator) -> Tensor:
    """Pairs of numbers (N, 2) from ``low`` to ``high``."""
    check_count("count", count)
    check_number("low", low, math.isfinite, "that is finite")
    check_number("high", high, lambda number: low <= number < math.inf, f"of at least {low}")
    check_kind("generator", generator, Generator, "a torch.Generator")
    drawn = torch.rand(
        (count, 2), dtype=torch.float64, device=generator.device, generator=generator
    )
    return low + (high - low) * drawn


def normal(shape: tuple[int, ...], generator: Generator) -> Tensor:
    """Numbers of mean 0 and standard deviation 1."""
    check_sequence("shape", shape, "whole numbers")
    for place, size in enumerate(shape):
        check_count(f"shape[{place}]", size)
    check_kind("generator", generator, Generator, "a torch.Generator")
    return torch.randn(shape, dtype=torch.float64, device=generator.device, generator=generator)


def random_boxes(count: int, generator: Generator) -> Tensor:
    """Boxes of area 1 near the origin, one to two times as wide as high or the other way."""
    stretch = torch.exp(uniform(count, -1, 1, generator)[:, :1] * math.log(2) / 2)
    sides = torch.cat((stretch, 1 / stretch), 1)
    start = uniform(count, -0.5, 0.5, generator)
    return torch.cat((start, start + sides), 1)


def ordered(boxes: Tensor) -> Tensor:
    """The boxes, those whose edges erred past each other with no extent between them."""
    check_shape(boxes, "boxes")
    return torch.cat((boxes[:, :2], torch.maximum(boxes[:, :2], boxes[:, 2:])), 1)


def beside(truth: Tensor, wanted: Tensor) -> Tensor:
    """Each box of ``truth`` moved to the right until its IoU with where it was is ``wanted`` (N,).

    Moved by d, a box of width w keeps (w − d) / (w + d).

    >>> beside(torch.tensor([[0.0, 0, 30, 50]]), torch.tensor([0.5])).tolist()
    [[10.0, 0.0, 40.0, 50.0]]
    """
    check_shape(truth, "truth")
    check_values(truth, "truth")
    check_tensor("wanted", wanted, "(N,)", "floating")
    check_devices(truth=truth, wanted=wanted)
    if wanted.shape != truth.shape[:1] or not ((wanted > 0) & (wanted <= 1)).all():
        raise ValueError(f"wanted is {wanted.tolist()}: expected as many, above 0 and at most 1")
    distance = (truth[:, 2] - truth[:, 0]) * (1 - wanted) / (1 + wanted)
    return truth + distance[:, None] * truth.new_tensor([1, 0, 1, 0])
