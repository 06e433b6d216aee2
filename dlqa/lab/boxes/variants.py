"""What IoU lacks where boxes do not meet: GIoU, DIoU and CIoU, whose losses are 1 - value.

Arguments, results and errors as in ``overlap``. So is accuracy, but that the error of at most 8
machine epsilons is absolute: these values are differences, and some are 0. Gradients are finite for
every pair of boxes, touching, nested, equal, disjoint or without area, whose sides are 0 or at
least 1e-18.
"""

import math

import torch
from torch import Tensor

from dlqa.lab.boxes.blocks import measure
from dlqa.lab.boxes.corners import Corners
from dlqa.lab.boxes.overlap import ratio, shared_and_union, shared_over_union


def giou(
    boxes1: Tensor,
    boxes2: Tensor,
    *,
    paired: bool = False,
    inclusive: bool = False,
    checked: bool = True,
    out: Tensor | None = None,
) -> Tensor:
    """Generalized IoU, in [-1, 1]: IoU less the part of the enclosing box that is not union.

    Rezatofighi et al., CVPR 2019, Algorithm 2. Two boxes whose enclosing box has no area have 0.

    >>> a = torch.tensor([[0.0, 0.0, 1.0, 1.0]])
    >>> giou(a, a + 1).item()
    -0.5
    """
    return measure(
        generalized,
        boxes1,
        boxes2,
        paired=paired,
        inclusive=inclusive,
        checked=checked,
        out=out,
    )


def diou(
    boxes1: Tensor,
    boxes2: Tensor,
    *,
    paired: bool = False,
    inclusive: bool = False,
    checked: bool = True,
    out: Tensor | None = None,
) -> Tensor:
    """Distance IoU, in [-1, 1]: IoU less squared centre distance over the enclosing diagonal's.

    Zheng et al., AAAI 2020, Equation (6). Two boxes that are the same point have 0.

    >>> a = torch.tensor([[0.0, 0.0, 1.0, 1.0]])
    >>> diou(a, a + 1).item()
    -0.25
    """
    return measure(
        distanced,
        boxes1,
        boxes2,
        paired=paired,
        inclusive=inclusive,
        checked=checked,
        out=out,
    )


def ciou(
    boxes1: Tensor,
    boxes2: Tensor,
    *,
    paired: bool = False,
    inclusive: bool = False,
    checked: bool = True,
    out: Tensor | None = None,
) -> Tensor:
    """Complete IoU, in (-2, 1]: DIoU less alpha v, which compares the two aspect ratios.

    Zheng et al., AAAI 2020, Equations (8), (9) and (11). As there, alpha is a weight and passes no
    gradient: it is a constant in derivatives of every order. A point has no aspect ratio, so v is 0; the gradient of v is the true one, not
    scaled by the squared diagonal as under Equation (12).

    >>> a = torch.tensor([[0.0, 0.0, 1.0, 1.0]])
    >>> ciou(a, a + 1).item()
    -0.25
    """
    return measure(
        completed,
        boxes1,
        boxes2,
        paired=paired,
        inclusive=inclusive,
        checked=checked,
        out=out,
    )


def generalized(first: Corners, second: Corners) -> Tensor:
    """GIoU of corners that broadcast against each other."""
    shared, union = shared_and_union(first, second)
    width, height = enclosing_sides(first, second)
    enclosing = width * height
    return ratio(shared, union) - ratio(enclosing - union, enclosing)


def distanced(first: Corners, second: Corners) -> Tensor:
    """DIoU of corners that broadcast against each other."""
    return shared_over_union(first, second) - distance_part(first, second)


def completed(first: Corners, second: Corners) -> Tensor:
    """CIoU of corners that broadcast against each other."""
    overlap = shared_over_union(first, second)
    difference = aspect_difference(first, second)
    weight = aspect_weight(overlap.detach(), difference.detach())
    return overlap - distance_part(first, second) - weight * difference


def distance_part(first: Corners, second: Corners) -> Tensor:
    """Squared distance of the centres over the squared diagonal of the enclosing box, in [0, 1)."""
    width, height = enclosing_sides(first, second)
    # Edge by edge, so that a large offset cancels before the sum is rounded.
    across = ((first.x1 - second.x1) + (first.x2 - second.x2)) / 2
    down = ((first.y1 - second.y1) + (first.y2 - second.y2)) / 2
    return ratio(across**2 + down**2, width**2 + height**2)


def aspect_weight(overlap: Tensor, difference: Tensor) -> Tensor:
    """alpha of Equation (11), in [0, 1]; 0 where the boxes are equal."""
    return ratio(difference, 1 - overlap + difference)


def aspect_difference(first: Corners, second: Corners) -> Tensor:
    """v of Equation (9), in [0, 1]; 0 where either box is a point."""
    angle1, point1 = aspect_angle(first)
    angle2, point2 = aspect_angle(second)
    difference = 4 / math.pi**2 * (angle1 - angle2) ** 2
    return torch.where(point1 | point2, 0, difference)


def aspect_angle(boxes: Corners) -> tuple[Tensor, Tensor]:
    """arctan(width / height) in [0, pi / 2], and whether the box is a point, which has none."""
    width, height = boxes.x2 - boxes.x1, boxes.y2 - boxes.y1
    point = (width == 0) & (height == 0)
    return torch.atan2(width, torch.where(point, 1, height)), point


def enclosing_sides(first: Corners, second: Corners) -> tuple[Tensor, Tensor]:
    """Width and height of the smallest box around both."""
    width = torch.maximum(first.x2, second.x2) - torch.minimum(first.x1, second.x1)
    height = torch.maximum(first.y2, second.y2) - torch.minimum(first.y1, second.y1)
    return width, height
