"""Rotated IoU against closed forms, upright boxes, shapely and finite differences."""

import math

import mpmath
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from dlqa.lab.boxes import box_convert, iou, rotated, rotated_corners, rotated_iou

CENTRE = st.one_of(st.integers(-3, 3).map(float), st.floats(-50, 50))
SIDE = st.one_of(st.integers(0, 4).map(float), st.floats(0.01, 100))
ANGLE = st.one_of(
    st.sampled_from([0.0, 30.0, 45.0, 90.0, -90.0, 180.0, 360.0]), st.floats(-720, 720)
)
BOXES = st.lists(st.tuples(CENTRE, CENTRE, SIDE, SIDE, ANGLE), min_size=1, max_size=4).map(
    lambda rows: torch.tensor(rows, dtype=torch.float64)
)


def of(*numbers: float) -> torch.Tensor:
    return torch.tensor([numbers], dtype=torch.float64)


def test_a_square_and_itself_turned_by_45_degrees_share_an_octagon():
    octagon = 8 * (math.sqrt(2) - 1)  # around a circle of radius 1
    expected = octagon / (8 - octagon)
    assert rotated_iou(of(3, 4, 2, 2, 0), of(3, 4, 2, 2, 45)).item() == pytest.approx(expected)


def test_a_positive_angle_turns_counter_clockwise_as_seen():
    corners = rotated_corners(of(0, 0, 4, 2, 90))[0]  # the top left corner comes to the bottom left
    expected = torch.tensor([[-1, 2], [-1, -2], [1, -2], [1, 2]], dtype=torch.float64)
    torch.testing.assert_close(corners, expected)


def test_one_box_written_in_different_ways_has_one():
    box = of(5, 6, 4, 2, 30)
    for other in (
        of(5, 6, 4, 2, 210),
        of(5, 6, 2, 4, 120),
        of(5, 6, 2, 4, -60),
        of(5, 6, 4, 2, 390),
    ):
        assert rotated_iou(box, other).item() == pytest.approx(1, abs=1e-14)


@given(BOXES, BOXES)
@settings(max_examples=40, deadline=None)
def test_unturned_it_is_iou(first, second):
    first, second = (b * torch.tensor([1, 1, 1, 1, 0]) for b in (first, second))
    expected = iou(*(box_convert(b[:, :4], "cxcywh", "xyxy") for b in (first, second)))
    torch.testing.assert_close(rotated_iou(first, second), expected, rtol=1e-9, atol=1e-12)


@given(BOXES, BOXES)
@settings(max_examples=80, deadline=None)
def test_the_result_is_shapelys(first, second):
    shapely = pytest.importorskip("shapely")
    polygons = [shapely.polygons(rotated_corners(b).numpy()) for b in (first, second)]
    shared = shapely.area(shapely.intersection(polygons[0][:, None], polygons[1]))
    union = sum(shapely.area(p) for p in (polygons[0][:, None], polygons[1])) - shared
    whole = (first[:, 2] * first[:, 3] > 0)[:, None] & (second[:, 2] * second[:, 3] > 0)
    expected = np.where(whole, shared / np.where(union > 0, union, 1), 0)
    np.testing.assert_allclose(rotated_iou(first, second).numpy(), expected, rtol=1e-6, atol=1e-9)


def exact_corners(box: list[float]) -> list[tuple[mpmath.mpf, mpmath.mpf]]:
    x, y, width, height, degrees = map(mpmath.mpf, box)
    c, s = mpmath.cos(mpmath.radians(degrees)), mpmath.sin(mpmath.radians(degrees))
    sides = [(-width, -height), (width, -height), (width, height), (-width, height)]
    return [(x + (c * a + s * b) / 2, y + (c * b - s * a) / 2) for a, b in sides]


def exact_shared(box1: list[float], box2: list[float]) -> mpmath.mpf:
    """The first polygon cut by each side of the second (Sutherland & Hodgman 1974)."""
    polygon, window = exact_corners(box1), exact_corners(box2)
    for (x1, y1), (x2, y2) in zip(window, window[1:] + window[:1], strict=True):
        inside = [(x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) for x, y in polygon]
        kept = []
        for i, (p, q) in enumerate(zip(polygon, polygon[1:] + polygon[:1], strict=True)):
            before, after = inside[i], inside[(i + 1) % len(polygon)]
            kept += [p] if before >= 0 else []
            if before * after < 0:
                part = before / (before - after)
                kept.append(tuple(a + part * (b - a) for a, b in zip(p, q, strict=True)))
        polygon = kept
        if not polygon:
            return mpmath.mpf(0)
    edges = zip(polygon, polygon[1:] + polygon[:1], strict=True)
    return abs(sum(p[0] * q[1] - q[0] * p[1] for p, q in edges)) / 2


LOGARITHM = st.floats(-3, 3).map(lambda x: 10**x)


@pytest.mark.parametrize("scale", [1.0, 1e-150, 1e149])
@given(*[st.tuples(CENTRE, CENTRE, LOGARITHM, LOGARITHM, st.floats(-1e6, 1e6))] * 2)
@settings(max_examples=40, deadline=None)
def test_the_error_is_eight_epsilons_times_the_longest_by_the_shortest_side(scale, box1, box2):
    rows = [[*(x * scale for x in box[:4]), box[4]] for box in (box1, box2)]
    first, second = (of(*row) for row in rows)
    sides = [side for row in rows for side in row[2:4]]
    with mpmath.workdps(60):
        shared = exact_shared(*rows)
        areas = sum(mpmath.mpf(row[2]) * row[3] for row in rows)
        error = abs(rotated_iou(first, second).item() - shared / (areas - shared))
    assert error <= 8 * torch.finfo(torch.float64).eps * max(sides) / min(sides)


def test_what_overflows_when_squared_is_refused():
    large = of(0, 0, 1e200, 1e200, 0)
    with pytest.raises(ValueError, match=r"boxes1\[0\] is .* numbers of at most 3\.4e\+153"):
        rotated_iou(large, large)
    whole = of(0, 0, 3e38, 3e38, 45).float()  # whose square float64 holds
    assert rotated_iou(whole, whole).item() == 1


@given(BOXES, BOXES)
@settings(max_examples=40, deadline=None)
def test_it_is_symmetric_and_between_zero_and_one(first, second):
    result = rotated_iou(first, second)
    assert ((result >= 0) & (result <= 1)).all()
    torch.testing.assert_close(result.T, rotated_iou(second, first), rtol=1e-8, atol=1e-10)


def test_boxes_of_very_different_size_keep_their_accuracy():
    small, large = of(3000, 2000, 1, 1, 10), of(0, 0, 1e4, 1e4, 37)
    assert rotated_iou(small.float(), large.float()).item() == pytest.approx(1e-8, rel=1e-6)


def test_blocks_and_pairs_give_the_same(monkeypatch):
    generator = torch.manual_seed(0)
    first, second = (torch.rand(7, 5, generator=generator) * 4 for _ in range(2))
    whole = rotated_iou(first, second)
    monkeypatch.setattr(rotated, "BLOCK_PAIRS", 15)
    torch.testing.assert_close(rotated_iou(first, second), whole)
    torch.testing.assert_close(rotated_iou(first, second, paired=True), whole.diagonal())
    assert rotated_iou(first[:0], second).shape == (0, 7)
    assert rotated_iou(first, second[:0]).shape == (7, 0)


def test_gradients_agree_with_finite_differences():
    first = torch.cat((of(0, 0, 4, 2, 20), of(0, 0, 4, 2, -50), of(0, 0, 1, 1, 5)))
    second = torch.cat((of(1, 0.5, 3, 3, 50), of(-1, 1, 5, 2, 10), of(0.2, 0.1, 5, 5, 30)))
    inputs = (first.requires_grad_(), second.requires_grad_())
    assert torch.autograd.gradcheck(lambda a, b: rotated_iou(a, b, paired=True), inputs)


@pytest.mark.parametrize("apart", [0, 90, 180])
@pytest.mark.parametrize("angle", [0, 30])
def test_gradients_agree_with_finite_differences_where_sides_are_parallel(angle, apart):
    first = torch.cat((of(0.9, 1.7, 3.3, 0.6, angle), of(0, 0, 4, 2, angle)))
    second = torch.cat((of(0.4, 0.4, 1, 2.5, angle + apart), of(1, 0.6, 3.1, 1.7, angle + apart)))
    inputs = (first.requires_grad_(), second.requires_grad_())
    assert torch.autograd.gradcheck(lambda a, b: rotated_iou(a, b, paired=True), inputs)


def test_gradients_are_finite_at_every_awkward_pair():
    rows = [(0, 0, 2, 2, 0), (0, 0, 2, 2, 90), (2, 0, 2, 2, 0), (0, 0, 0, 0, 0), (0, 0, 0, 2, 45)]
    rows += [(0, 0, 1, 1, 45), (9, 9, 1, 1, 45), (0, 0, 2, 2, 1e-9), (0, 0, 2, 2, 180)]
    boxes = torch.tensor(rows, dtype=torch.float64)
    first, second = boxes.clone().requires_grad_(), boxes.clone().requires_grad_()
    rotated_iou(first, second).sum().backward()
    assert first.grad.isfinite().all()
    assert second.grad.isfinite().all()


def test_the_first_offending_box_is_named():
    good = torch.cat((of(0, 0, 1, 1, 0), of(0, 0, 1, 1, 0)))
    for bad, words in ((math.nan, "finite numbers"), (-1, "width and height of at least 0")):
        spoilt = good.clone()
        spoilt[1, 2] = bad
        with pytest.raises(ValueError, match=rf"boxes2\[1\] is .*: expected {words}"):
            rotated_iou(good, spoilt)
    with pytest.raises(ValueError, match=r"expected \(N, 5\)"):
        rotated_iou(good[:, :4], good)
    with pytest.raises(ValueError, match="boxes1 holds 2 and boxes2 1"):
        rotated_iou(good, good[:1], paired=True)
