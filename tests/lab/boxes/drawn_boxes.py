"""Random and adversarial boxes that the tests of this folder draw from."""

from fractions import Fraction

import torch
from hypothesis import strategies as st
from torch import Tensor

# Few distinct coordinates make boxes touch, nest, coincide and vanish; the others do not.
GRID = st.integers(0, 6).map(float)
WILD = st.floats(-1e4, 1e4, width=32).filter(lambda x: x == 0 or abs(x) > 1e-3)
COORDINATE = st.one_of(GRID, WILD)


def box_from(coordinates: tuple[float, float, float, float]) -> list[float]:
    xs, ys = sorted(coordinates[:2]), sorted(coordinates[2:])
    return [xs[0], ys[0], xs[1], ys[1]]


def box_tensors(coordinate=COORDINATE, *, most: int = 5) -> st.SearchStrategy[Tensor]:
    one = st.tuples(*[coordinate] * 4).map(box_from)
    return st.lists(one, min_size=1, max_size=most).map(torch.tensor)


def pairs_of_boxes(coordinate=COORDINATE) -> st.SearchStrategy[tuple[Tensor, Tensor]]:
    return st.tuples(box_tensors(coordinate), box_tensors(coordinate))


ADVERSARIAL = torch.tensor(
    [
        [0, 0, 10, 10],
        [0, 0, 10, 10],  # equal
        [10, 0, 20, 10],  # touching along a side
        [10, 10, 20, 20],  # touching at a corner
        [2, 2, 4, 4],  # nested
        [0, 0, 5, 10],  # nested, sharing three sides
        [100, 100, 130, 105],  # disjoint
        [5, 5, 5, 5],  # a point
        [5, 5, 5, 5],
        [7, 5, 7, 5],  # another
        [3, 0, 3, 10],  # no width
        [0, 3, 10, 3],  # no height
        [-4, -4, 14, 14],  # around
    ],
    dtype=torch.float64,
)


def every_pair(boxes: Tensor) -> tuple[Tensor, Tensor]:
    """All ordered pairs (N * N, 4) twice, to be compared pair by pair."""
    count = len(boxes)
    return boxes.repeat_interleave(count, 0), boxes.repeat(count, 1)


def exact_iou(box1: list[float], box2: list[float]) -> Fraction:
    """IoU in rational arithmetic, 0 for two boxes without area."""
    a, b = [Fraction(x) for x in box1], [Fraction(x) for x in box2]
    width = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    areas = [(c[2] - c[0]) * (c[3] - c[1]) for c in (a, b)]
    union = sum(areas) - width * height
    return Fraction(width * height, union) if union else Fraction(0)


def torchvision_iou(boxes1: Tensor, boxes2: Tensor) -> Tensor:
    """What torchvision's box_iou computes, step for step, for floating point boxes."""
    areas = [(b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]) for b in (boxes1, boxes2)]
    start = torch.max(boxes1[:, None, :2], boxes2[:, :2])  # (N, M, 2)
    end = torch.min(boxes1[:, None, 2:], boxes2[:, 2:])
    sides = (end - start).clamp(min=0)
    shared = sides[..., 0] * sides[..., 1]
    return shared / (areas[0][:, None] + areas[1] - shared)
