"""IoU of boxes that stand at an angle.

A rotated box is (centre x, centre y, width, height, angle), the angle in degrees, counter-clockwise
as seen on an image whose y axis points down: torchvision's ``cxcywhr`` and detectron2's order.

The intersection is one integral around the first box, in the frame of the second, where that is
the window |x| <= a, |y| <= b. By Green's theorem the area inside the window is the integral of
clamp(x, -a, a) dy over the part of the outline with |y| <= b. Along an edge clamp(x) is linear in
up to three pieces, so the trapezoid rule is exact, and no vertices are sorted or compared.
"""

import torch
from torch import Tensor

from dlqa.lab.arguments import check_flag
from dlqa.lab.boxes.corners import (
    check_devices,
    check_shape,
    holds,
    largest_coordinate,
    working_dtype,
)
from dlqa.lab.boxes.overlap import ratio

BLOCK_PAIRS = 2**16  # about 40 intermediate numbers a pair in float64: some 20 MB


def rotated_iou(
    boxes1: Tensor, boxes2: Tensor, *, paired: bool = False, checked: bool = True
) -> Tensor:
    """IoU in [0, 1] of ``boxes1`` (N, 5) and ``boxes2`` (M, 5): (N, M), or (N,) where ``paired``.

    Computed in float64, given back in the working type; two boxes without area have 0. Its absolute
    error is at most 8 machine epsilons of float64 times the longest side by the shortest, for sides
    as in ``overlap``. Differentiable as there. Raises TypeError and ValueError for another shape, a
    number that is not finite or too large for its square, or a negative side, naming the first such
    box; ``checked=False`` skips reading the values.

    >>> upright = torch.tensor([[0.0, 0.0, 2.0, 2.0, 0.0]])
    >>> rotated_iou(upright, upright + torch.tensor([0, 0, 0, 0, 90.0])).item()
    1.0
    """
    check_flag("paired", paired)
    check_flag("checked", checked)
    for name, boxes in (("boxes1", boxes1), ("boxes2", boxes2)):
        check_shape(boxes, name, 5)
        if checked:
            check_rotated(boxes, name)
    check_devices(boxes1=boxes1, boxes2=boxes2)
    if paired and len(boxes1) != len(boxes2):
        raise ValueError(f"boxes1 holds {len(boxes1)} and boxes2 {len(boxes2)}: expected as many")
    dtype = working_dtype(boxes1, boxes2)
    first, second = boxes1.double(), boxes2.double()
    if paired:
        return rotated_ratio(first, second).to(dtype)
    rows = max(1, BLOCK_PAIRS // max(1, len(second)))
    blocks = [first.new_zeros(0, len(second), dtype=dtype)]
    for start in range(0, len(first), rows):
        part = first[start : start + rows, None]  # (rows, 1, 5)
        blocks.append(rotated_ratio(part, second).to(dtype))
    return torch.cat(blocks)


def rotated_corners(boxes: Tensor) -> Tensor:
    """Corners (N, 4, 2) of rotated ``boxes`` (N, 5): top left first, then clockwise as upright."""
    check_shape(boxes, "boxes", 5)
    return corners_around(boxes.to(working_dtype(boxes)))


def corners_around(boxes: Tensor) -> Tensor:
    """Corners (..., 4, 2) of rotated boxes (..., 5)."""
    signs = boxes.new_tensor([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]])
    sides = signs * boxes[..., None, 2:4]  # (..., 4, 2)
    return turned(sides, boxes[..., None, 4]) + boxes[..., None, :2]


def turned(points: Tensor, degrees: Tensor) -> Tensor:
    """Points (..., 2) turned about the origin, counter-clockwise with y pointing down."""
    angle = torch.deg2rad(torch.fmod(degrees, 360))
    cosine, sine = angle.cos(), angle.sin()
    x, y = points.unbind(-1)
    return torch.stack((cosine * x + sine * y, cosine * y - sine * x), -1)


def rotated_ratio(first: Tensor, second: Tensor) -> Tensor:
    """IoU of rotated boxes (..., 5) that broadcast against each other."""
    areas = [boxes[..., 2] * boxes[..., 3] for boxes in (first, second)]
    smaller = torch.minimum(*areas)
    shared = torch.minimum(rotated_shared(first, second).clamp(min=0), smaller)
    return ratio(shared, areas[0] + areas[1] - shared)


def rotated_shared(first: Tensor, second: Tensor) -> Tensor:
    """Intersection of rotated boxes (..., 5) that broadcast against each other."""
    # Whole turns go first: what is rounded then is small.
    angle1, angle2 = (torch.fmod(boxes[..., 4], 360) for boxes in (first, second))
    place = turned(first[..., :2] - second[..., :2], -angle2)
    sides = first[..., 2:4].expand_as(place)
    angle = (angle1 - angle2)[..., None]
    corners = corners_around(torch.cat((place, sides, angle), -1))  # (..., 4, 2), in the frame
    x0, y0 = corners.unbind(-1)  # (..., 4)
    dx, dy = (corners.roll(-1, -2) - corners).unbind(-1)
    a, b = (second[..., None, 2:4] / 2).unbind(-1)  # half sides of the window
    enter, leave = between(y0, dy, b, torch.zeros_like(y0), torch.ones_like(y0))
    level = dy == 0  # all of such an edge is in the window's height or none: its slope will tell
    enter, leave = torch.where(level, 0, enter), torch.where(level, y0.abs() <= b, leave)
    left, right = between(x0, dx, a, enter, leave)
    stops = torch.stack((enter, left, right, leave), -1)  # (..., 4 edges, 4)
    height = torch.clamp(x0[..., None] + stops * dx[..., None], -a[..., None], a[..., None])
    return (torch.trapezoid(height, stops, dim=-1) * dy).sum(-1)


def between(
    start: Tensor, step: Tensor, limit: Tensor, low: Tensor, high: Tensor
) -> tuple[Tensor, Tensor]:
    """Where in [low, high] ``start + t step`` enters and leaves [-limit, limit].

    Where nothing moves, any t will do: the integrand is constant.
    """
    step = torch.where(step == 0, 1, step)
    stops = [((edge - start) / step).clamp(low, high) for edge in (-limit, limit)]
    return torch.minimum(*stops), torch.maximum(*stops)


def check_rotated(boxes: Tensor, name: str) -> None:
    """Raise ValueError naming the first of ``boxes`` (N, 5) whose numbers mean no box."""
    values = boxes.detach().double()
    limit = largest_coordinate(values)
    finite = values.isfinite().all(1)
    small = (values.abs() <= limit).all(1)
    good = small & (values[:, 2:4] >= 0).all(1)
    if holds(good.all(), name):
        return
    first = int(good.int().argmin())
    if not finite[first]:
        expected = "finite numbers"
    elif not small[first]:
        expected = f"numbers of at most {limit:.2g} in size"
    else:
        expected = "width and height of at least 0"
    raise ValueError(f"{name}[{first}] is {boxes[first].tolist()}: expected {expected}")
