"""Random and adversarial boxes that the tests of this folder draw from."""

from fractions import Fraction

import mpmath
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


def exact(box1: list[float], box2: list[float]) -> dict[str, Fraction]:
    """What is rational of two boxes, in rational arithmetic; a ratio to 0 is 0."""
    a, b = [Fraction(x) for x in box1], [Fraction(x) for x in box2]
    width = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    areas = [(c[2] - c[0]) * (c[3] - c[1]) for c in (a, b)]
    shared, union = width * height, sum(areas) - width * height
    around = [max(a[i + 2], b[i + 2]) - min(a[i], b[i]) for i in (0, 1)]
    apart = [(a[i] - b[i] + a[i + 2] - b[i + 2]) / 2 for i in (0, 1)]
    enclosing, iou = around[0] * around[1], ratio(shared, union)
    return {
        "intersection": shared,
        "iou": iou,
        "dice": ratio(2 * shared, sum(areas)),
        "giou": iou - ratio(enclosing - union, enclosing),
        "diou": iou - ratio(sum(d * d for d in apart), sum(s * s for s in around)),
    }


def ratio(part: Fraction, whole: Fraction) -> Fraction:
    return Fraction(part) / whole if whole else Fraction(0)


def exact_ciou(box1: list[float], box2: list[float]) -> mpmath.mpf:
    """CIoU to 40 digits."""
    with mpmath.workdps(40):
        known = exact(box1, box2)
        iou, diou = (mpmath.mpf(known[n].numerator) / known[n].denominator for n in ("iou", "diou"))
        sides = [[mpmath.mpf(c[i + 2]) - c[i] for i in (0, 1)] for c in (box1, box2)]
        if not all(map(any, sides)):  # a point has no aspect ratio
            return diou
        angles = [mpmath.atan2(*each) for each in sides]
        v = 4 / mpmath.pi**2 * (angles[0] - angles[1]) ** 2
        return diou - (v * v / (1 - iou + v) if v else 0)


def torchvision_iou(boxes1: Tensor, boxes2: Tensor) -> Tensor:
    """What torchvision's box_iou computes, step for step, for floating point boxes."""
    areas = [(b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]) for b in (boxes1, boxes2)]
    start = torch.max(boxes1[:, None, :2], boxes2[:, :2])  # (N, M, 2)
    end = torch.min(boxes1[:, None, 2:], boxes2[:, 2:])
    sides = (end - start).clamp(min=0)
    shared = sides[..., 0] * sides[..., 1]
    return shared / (areas[0][:, None] + areas[1] - shared)
