"""What a caller gives, checked and turned into corner coordinates of the working type."""

import math
from typing import NamedTuple

import torch
from torch import Tensor

from dlqa.lab.transforms import transformed

EXACT_INTEGERS = 2.0**53  # float64 holds every integer up to here


class Corners(NamedTuple):
    """Left, top, right and bottom edges of boxes and the areas between, all of one shape."""

    x1: Tensor
    y1: Tensor
    x2: Tensor
    y2: Tensor
    area: Tensor


def working_dtype(*tensors: Tensor) -> torch.dtype:
    """Type that results come in: float64 for integers and float64, float32 for smaller floats.

    A side of 46,341 pixels has an area beyond int32, and one of 256 an area beyond float16.
    """
    wide = any(t.dtype == torch.float64 or not t.dtype.is_floating_point for t in tensors)
    return torch.float64 if wide else torch.float32


def check_shape(boxes: Tensor, name: str, coordinates: int = 4) -> None:
    """Raise TypeError or ValueError unless ``boxes`` is a real tensor of shape (N, coordinates)."""
    if not isinstance(boxes, Tensor):
        raise TypeError(
            f"{name} is a {type(boxes).__name__}: expected a tensor of shape (N, {coordinates})"
        )
    if boxes.dtype == torch.bool or boxes.dtype.is_complex:
        raise TypeError(f"{name} holds {boxes.dtype}: expected integers or floating point")
    if boxes.ndim != 2 or boxes.shape[1] != coordinates:
        raise ValueError(
            f"{name} has shape {tuple(boxes.shape)}: expected (N, {coordinates}), one box a row"
        )


def check_values(boxes: Tensor, name: str, notation: str = "xyxy") -> None:
    """Raise ValueError naming the first of ``boxes`` (N, 4) whose numbers mean no box."""
    values = boxes.detach().to(working_dtype(boxes))
    limit = largest_coordinate(boxes)
    corners = notation == "xyxy"
    small = values.abs() <= limit  # False for NaN
    ordered = values[:, 2:] >= (values[:, :2] if corners else 0)
    if holds(small.all() & ordered.all(), name):
        return
    first = int((small.all(1) & ordered.all(1)).int().argmin())
    if not values[first].isfinite().all():
        expected = "finite numbers"
    elif not small[first].all():
        expected = f"numbers of at most {limit:.2g} in size, the range of {boxes.dtype}"
    elif corners:
        expected = "x1 <= x2 and y1 <= y2 (box_convert takes other formats)"
    else:
        expected = f"width and height of at least 0, as {notation}"
    raise ValueError(f"{name}[{first}] is {boxes[first].tolist()}: expected {expected}")


def check_devices(**tensors: Tensor) -> None:
    """Raise ValueError unless all lie on one device."""
    devices = [tensor.device for tensor in tensors.values()]
    if devices.count(devices[0]) < len(devices):
        given = " and ".join(f"{name} on {tensor.device}" for name, tensor in tensors.items())
        raise ValueError(f"{given}: expected one device")


def holds(condition: Tensor, name: str) -> bool:
    """Whether it does. Raise ValueError where ``name`` has values that cannot be read."""
    try:
        return bool(condition)
    except RuntimeError as error:
        raise ValueError(
            f"{name} cannot be read here, as under vmap or on the meta device: "
            "expected a plain tensor, or checked=False"
        ) from error


def carries_more(*tensors: Tensor) -> bool:
    """Whether any takes more than its values along: a gradient, a tangent, or a batch of vmap's."""
    return any(
        (tensor.requires_grad and torch.is_grad_enabled()) or transformed(tensor)
        for tensor in tensors
    )


def check_single(tensor: Tensor, name: str) -> None:
    """Raise ValueError where vmap maps over ``tensor``, at any level."""
    functorch, inner = torch._C._functorch, tensor
    while functorch.is_functorch_wrapped_tensor(inner):
        if functorch.is_batchedtensor(inner):
            raise ValueError(
                f"{name} is mapped over by vmap: expected one image at a time, "
                "since no two keep as many boxes"
            )
        inner = functorch.get_unwrapped(inner)


def largest_coordinate(boxes: Tensor) -> float:
    """Largest size of a coordinate for which no area, sum of areas or squared diagonal overflows.

    For integers, the largest that float64 holds exactly.
    """
    if not boxes.dtype.is_floating_point:
        return EXACT_INTEGERS
    return math.sqrt(torch.finfo(working_dtype(boxes)).max) / 4


def corner_table(
    boxes: Tensor, name: str, dtype: torch.dtype, *, inclusive: bool, checked: bool
) -> Tensor:
    """The fields of Corners as rows (5, N) of one tensor, for ``boxes`` (N, 4).

    ``inclusive`` counts the pixels from x1 to x2; ``checked=False`` skips looking at the values.
    """
    check_shape(boxes, name)
    if checked:
        check_values(boxes, name)
    edges = boxes.to(dtype).T  # (4, N)
    if inclusive:
        edges = edges + edges.new_tensor([[0], [0], [1], [1]])
    width, height = edges[2:] - edges[:2]
    return torch.cat((edges, (width * height)[None]))


def two_tables(
    boxes1: Tensor, boxes2: Tensor, *, paired: bool, inclusive: bool, checked: bool
) -> tuple[Tensor, Tensor]:
    """Tables whose rows broadcast to the result: (5, N, 1) with (5, M); (5, N) twice if paired."""
    check_shape(boxes1, "boxes1")
    check_shape(boxes2, "boxes2")
    check_devices(boxes1=boxes1, boxes2=boxes2)
    if paired and len(boxes1) != len(boxes2):
        raise ValueError(
            f"boxes1 holds {len(boxes1)} boxes and boxes2 {len(boxes2)}: "
            "expected as many, or paired=False for every pair"
        )
    dtype = working_dtype(boxes1, boxes2)
    first = corner_table(boxes1, "boxes1", dtype, inclusive=inclusive, checked=checked)
    second = corner_table(boxes2, "boxes2", dtype, inclusive=inclusive, checked=checked)
    return (first if paired else first[..., None]), second
