"""One box in three notations: two corners, a corner and sides, a centre and sides."""

import torch
from torch import Tensor

from dlqa.lab.boxes.corners import check_shape, check_values, corner_table, working_dtype

FORMATS = ("xyxy", "xywh", "cxcywh")


def box_area(boxes: Tensor, *, inclusive: bool = False, checked: bool = True) -> Tensor:
    """Area (N,) of ``boxes`` (N, 4), corners; integers are exact up to an area of 2**53.

    ``inclusive`` counts pixels and ``checked`` may be False, as in ``overlap``; same errors.

    >>> box_area(torch.tensor([[0, 0, 46_341, 46_341]], dtype=torch.int32)).item()
    2147488281.0
    """
    check_shape(boxes, "boxes")
    dtype = working_dtype(boxes)
    return corner_table(boxes, "boxes", dtype, inclusive=inclusive, checked=checked)[4]


def box_convert(boxes: Tensor, in_fmt: str, out_fmt: str, *, checked: bool = True) -> Tensor:
    """``boxes`` (N, 4) in another notation, in the working type; differentiable, as in ``overlap``.

    ``xyxy`` holds left, top, right and bottom edge; ``xywh`` left, top, width and height;
    ``cxcywh`` the centre, width and height. All are lengths: in the inclusive convention a width
    counts one more than x2 - x1, which is the caller's to add.

    Raises ValueError for an unknown notation, and for boxes as in ``overlap``.

    >>> box_convert(torch.tensor([[1, 2, 3, 6]]), "xyxy", "cxcywh").tolist()
    [[2.0, 4.0, 2.0, 4.0]]
    """
    for name, notation in (("in_fmt", in_fmt), ("out_fmt", out_fmt)):
        if notation not in FORMATS:
            raise ValueError(f"{name} is {notation!r}: expected one of {', '.join(FORMATS)}")
    check_shape(boxes, "boxes")
    if checked:
        check_values(boxes, "boxes", in_fmt)
    values = boxes.to(working_dtype(boxes))
    if in_fmt == out_fmt:
        return values.clone()
    return from_corners(to_corners(values, in_fmt), out_fmt)


def to_corners(boxes: Tensor, notation: str) -> Tensor:
    """Corners (N, 4) of boxes (N, 4) in ``notation``."""
    if notation == "xyxy":
        return boxes
    place, sides = boxes[:, :2], boxes[:, 2:]
    start = place if notation == "xywh" else place - sides / 2
    end = place + (sides if notation == "xywh" else sides / 2)
    return torch.cat((start, end), 1)


def from_corners(corners: Tensor, notation: str) -> Tensor:
    """Boxes (N, 4) in ``notation`` of corners (N, 4)."""
    if notation == "xyxy":
        return corners
    start, end = corners[:, :2], corners[:, 2:]
    place = start if notation == "xywh" else (start + end) / 2
    return torch.cat((place, end - start), 1)
