"""How much two boxes share: intersection, IoU and Dice, for every pair or pair by pair.

Arguments of every function here and in ``variants``: ``boxes1`` (N, 4) and ``boxes2`` (M, 4),
(x1, y1, x2, y2) in any unit, 0 allowed as a side. The result is (N, M), or (N,) with
``paired=True`` and N = M, in the working type (see the package's first lines).

``inclusive=True`` counts pixels instead of measuring lengths: a box from pixel 3 to pixel 3 is
one wide, as in Pascal VOC's development kit. ``checked=False`` skips reading the values: what an
inverted box gives is then undefined, and NaN stays NaN. ``out=`` takes the result in place.
Differentiable in both sets, backward and forward, as often as wanted, and under vmap, which lets
no values be read: ``checked=False``. With nothing to differentiate, at most 64 MB of memory beside
the result.

Accuracy, against exact arithmetic on the coordinates as given: a relative error of at most 8
machine epsilons (float32: 1e-6) at any offset, and for any sides whose squares the working type
holds, that is every side, also of what two boxes share, 0 or at least 1.1e-19 in float32 and
1.5e-154 in float64; smaller ones may be taken for 0. What a large offset costs is lost before, when
the coordinates are rounded: float32 steps by 1 at 1e7 and by 8 at 1e8. So is, with ``inclusive``,
what x2 + 1 cannot hold: nothing for whole pixels up to 2**24 in float32, 2**53 in float64.

Raises TypeError and ValueError: not a tensor, wrong shape, a coordinate that is not finite or too
large for its square, x2 < x1 or y2 < y1 (the first such box is named), an ``out`` of another kind.
"""

import torch
from torch import Tensor

from dlqa.lab.boxes.blocks import measure
from dlqa.lab.boxes.corners import Corners


def intersection(
    boxes1: Tensor,
    boxes2: Tensor,
    *,
    paired: bool = False,
    inclusive: bool = False,
    checked: bool = True,
    out: Tensor | None = None,
) -> Tensor:
    """Area that two boxes share; 0 where they only touch.

    >>> a = torch.tensor([[0.0, 0.0, 2.0, 2.0]])
    >>> intersection(a, a + 1).item()
    1.0
    """
    return measure(
        shared_area,
        boxes1,
        boxes2,
        paired=paired,
        inclusive=inclusive,
        checked=checked,
        out=out,
        kernel=write_intersection,
    )


def iou(
    boxes1: Tensor,
    boxes2: Tensor,
    *,
    paired: bool = False,
    inclusive: bool = False,
    checked: bool = True,
    out: Tensor | None = None,
) -> Tensor:
    """Intersection over union, in [0, 1]; two boxes without area have 0 (Jaccard, 1901).

    >>> a = torch.tensor([[0.0, 0.0, 10.0, 10.0]])
    >>> iou(a, a + 1).item()  # 81 / 119
    0.680672287940979
    >>> iou(a, a + 1, paired=True).shape
    torch.Size([1])
    """
    return measure(
        shared_over_union,
        boxes1,
        boxes2,
        paired=paired,
        inclusive=inclusive,
        checked=checked,
        out=out,
        kernel=write_iou,
    )


def dice(
    boxes1: Tensor,
    boxes2: Tensor,
    *,
    paired: bool = False,
    inclusive: bool = False,
    checked: bool = True,
    out: Tensor | None = None,
) -> Tensor:
    """Twice the intersection over the sum of areas, 2 IoU / (1 + IoU), in [0, 1] (Dice, 1945).

    >>> a = torch.tensor([[0.0, 0.0, 10.0, 10.0]])
    >>> dice(a, a + 1).item()
    0.8100000023841858
    """
    return measure(
        shared_over_mean,
        boxes1,
        boxes2,
        paired=paired,
        inclusive=inclusive,
        checked=checked,
        out=out,
        kernel=write_dice,
    )


def shared_area(first: Corners, second: Corners) -> Tensor:
    """Intersection of corners that broadcast against each other."""
    width = torch.minimum(first.x2, second.x2) - torch.maximum(first.x1, second.x1)
    height = torch.minimum(first.y2, second.y2) - torch.maximum(first.y1, second.y1)
    return width.clamp(min=0) * height.clamp(min=0)


def shared_and_union(first: Corners, second: Corners) -> tuple[Tensor, Tensor]:
    """Intersection and union of corners that broadcast against each other."""
    shared = shared_area(first, second)
    return shared, first.area + second.area - shared


def shared_over_union(first: Corners, second: Corners) -> Tensor:
    """IoU of corners that broadcast against each other."""
    return ratio(*shared_and_union(first, second))


def shared_over_mean(first: Corners, second: Corners) -> Tensor:
    """Dice coefficient of corners that broadcast against each other."""
    return ratio(2 * shared_area(first, second), first.area + second.area)


def ratio(part: Tensor, whole: Tensor) -> Tensor:
    """``part / whole``, and 0 with gradient 0 where the whole is 0; NaN stays NaN."""
    empty = whole == 0
    return torch.where(empty, 0, part / torch.where(empty, 1, whole))


def write_intersection(first: Corners, second: Corners, out: Tensor, scratch: Tensor) -> None:
    """``shared_area`` in place: the same operations in the same order, so the same bits."""
    width, lead = scratch  # each (rows, columns)
    torch.minimum(first.x2, second.x2, out=width)
    torch.maximum(first.x1, second.x1, out=lead)
    width.sub_(lead).clamp_(min=0)
    torch.minimum(first.y2, second.y2, out=out)
    torch.maximum(first.y1, second.y1, out=lead)
    out.sub_(lead).clamp_(min=0).mul_(width)


def write_iou(first: Corners, second: Corners, out: Tensor, scratch: Tensor) -> None:
    """``shared_over_union`` in place.

    The union is 0 only where both areas are. Taking the smallest normal number for the second's
    avoids 0 / 0 with M comparisons instead of N x M, and no other result changes: wherever the
    second has no area the intersection is 0.
    """
    write_intersection(first, second, out, scratch)
    union = torch.add(first.area, never_zero(second.area), out=scratch[0])
    out.div_(union.sub_(out))


def write_dice(first: Corners, second: Corners, out: Tensor, scratch: Tensor) -> None:
    """``shared_over_mean`` in place, as ``write_iou``; doubling is exact before or after."""
    write_intersection(first, second, out, scratch)
    out.div_(torch.add(first.area, never_zero(second.area), out=scratch[0])).mul_(2)


def never_zero(area: Tensor) -> Tensor:
    """The smallest normal number in place of 0."""
    return torch.where(area == 0, torch.finfo(area.dtype).tiny, area)
