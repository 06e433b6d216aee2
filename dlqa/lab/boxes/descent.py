"""Boxes that learn their places: gradient descent on 1 − measure, for several measures at once.

A box that learns is a centre and the logarithms of its sides, (cx, cy, log w, log h). Axes: L
measures, N boxes, T steps seen.
"""

from collections.abc import Callable, Sequence
from math import inf

import torch
from torch import Tensor

from dlqa.lab.arguments import check_count, check_number, check_sequence, check_tensor
from dlqa.lab.boxes.corners import check_shape
from dlqa.lab.boxes.overlap import iou

Measure = Callable[..., Tensor]  # of two tensors of corners, as `iou` takes them


def corners(boxes: Tensor) -> Tensor:
    """Corners (..., 4) of boxes (..., 4) that learn.

    >>> corners(torch.tensor([3.0, 6.0, 0.0, 0.0])).tolist()
    [2.5, 5.5, 3.5, 6.5]
    """
    check_tensor("boxes", boxes, "[..., 4]", "floating")
    half = boxes[..., 2:].exp() / 2
    return torch.cat((boxes[..., :2] - half, boxes[..., :2] + half), -1)


def descend(
    measures: Sequence[Measure], starts: Tensor, truths: Tensor, *, rate: float, at: Sequence[int]
) -> Tensor:
    """IoU (T, L, N) with ``truths`` (N, 4) at the steps ``at`` of boxes from ``starts`` (N, 4).

    The rate falls linearly to 0 at the last step, as the measures have a kink where boxes are equal.
    Each box goes its own way, whichever others go with it.
    """
    check_sequence("measures", measures, "functions of boxes", 1)
    for name, given in (("starts", starts), ("truths", truths)):
        check_shape(given, name)
    if starts.shape != truths.shape:
        raise ValueError(f"starts holds {len(starts)} and truths {len(truths)}: expected as many")
    check_number("rate", rate, lambda number: 0 <= number < inf, "of at least 0")
    check_sequence("at", at, "whole numbers", 1)
    for place, step in enumerate(at):
        check_count(f"at[{place}]", step)
    goals = corners(truths)
    boxes = starts.repeat(len(measures), 1, 1).requires_grad_()  # (L, N, 4)
    seen = []
    for step in range(at[-1] + 1):
        placed = corners(boxes)
        if step in at:
            seen.append(torch.stack([iou(each, goals, paired=True) for each in placed.detach()]))
        values = [
            measure(each, goals, paired=True, checked=False).sum()
            for measure, each in zip(measures, placed, strict=True)
        ]
        (gradient,) = torch.autograd.grad(torch.stack(values).sum(), boxes)
        with torch.no_grad():
            boxes += rate * (1 - step / at[-1]) * gradient
    return torch.stack(seen)
