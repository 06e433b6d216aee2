"""One box in three notations: two corners, a corner and sides, a centre and sides."""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from dlqa.lab.arguments import check_flag
from dlqa.lab.boxes.corners import check_shape, check_values, corner_table, working_dtype

FORMATS = ("xyxy", "xywh", "cxcywh")


def box_area(boxes: Tensor, *, inclusive: bool = False, checked: bool = True) -> Tensor:
    """Area (N,) of ``boxes`` (N, 4), corners; integers are exact up to an area of 2**53.

    ``inclusive`` counts pixels and ``checked`` may be False, as in ``overlap``; same errors.

    >>> box_area(torch.tensor([[0, 0, 46_341, 46_341]], dtype=torch.int32)).item()
    2147488281.0
    """
    check_flag("inclusive", inclusive)
    check_flag("checked", checked)
    check_shape(boxes, "boxes")
    dtype = working_dtype(boxes)
    return corner_table(boxes, "boxes", dtype, inclusive=inclusive, checked=checked)[4]


def box_convert(boxes: Tensor, in_fmt: str, out_fmt: str, *, checked: bool = True) -> Tensor:
    """``boxes`` (N, 4) in another notation, in the working type; differentiable, as in ``overlap``.

    ``xyxy`` holds left, top, right and bottom edge; ``xywh`` left, top, width and height;
    ``cxcywh`` the centre, width and height. All are lengths: in the inclusive convention a width
    counts one more than x2 - x1, which is the caller's to add.

    Each number is rounded once, so a large offset costs no side. Raises ValueError for an unknown notation, and for boxes as in ``overlap``.

    >>> box_convert(torch.tensor([[1, 2, 3, 6]]), "xyxy", "cxcywh").tolist()
    [[2.0, 4.0, 2.0, 4.0]]
    """
    for name, notation in (("in_fmt", in_fmt), ("out_fmt", out_fmt)):
        if notation not in FORMATS:
            raise ValueError(f"{name} is {notation!r}: expected one of {', '.join(FORMATS)}")
    check_flag("checked", checked)
    check_shape(boxes, "boxes")
    if checked:
        check_values(boxes, "boxes", in_fmt)
    values = boxes.to(working_dtype(boxes))
    if in_fmt == out_fmt:
        return values.clone()
    return torch.cat(CONVERSIONS[in_fmt, out_fmt](values[:, :2], values[:, 2:]), 1)


# From the first and second half of one notation to those of another: places, ends and sides.
CONVERSIONS: Mapping[tuple[str, str], Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]] = {
    ("xyxy", "xywh"): lambda start, end: (start, end - start),
    ("xyxy", "cxcywh"): lambda start, end: ((start + end) / 2, end - start),
    ("xywh", "xyxy"): lambda start, sides: (start, start + sides),
    ("xywh", "cxcywh"): lambda start, sides: (start + sides / 2, sides),
    ("cxcywh", "xyxy"): lambda centre, sides: (centre - sides / 2, centre + sides / 2),
    ("cxcywh", "xywh"): lambda centre, sides: (centre - sides / 2, sides),
}
