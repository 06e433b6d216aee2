"""Intersection, IoU, Dice and area against closed forms, exact arithmetic and peers."""

import numpy as np
import pytest
import torch
from drawn_boxes import (
    ADVERSARIAL,
    box_tensors,
    every_pair,
    exact,
    pairs_of_boxes,
    torchvision_iou,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from dlqa.lab.boxes import box_area, dice, intersection, iou

EPSILON = torch.finfo(torch.float32).eps


def of(*coordinates: float, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    return torch.tensor([coordinates], dtype=dtype)


@pytest.mark.parametrize(
    ("side", "expected"), [(10, 81 / 119), (100, 99**2 / (2 * 100**2 - 99**2))]
)
def test_one_pixel_diagonally_costs_a_small_box_more(side, expected):
    box = of(0, 0, side, side)
    assert iou(box, box + 1).item() == pytest.approx(expected, rel=EPSILON)


def test_a_point_a_line_and_a_box_have_the_ious_that_are_documented():
    point, line, box = of(5, 5, 5, 5), of(0, 5, 9, 5), of(0, 0, 10, 10)
    for one, other in [(point, point), (line, line), (point, line), (point, box), (line, box)]:
        assert iou(one, other).item() == iou(other, one).item() == 0
        assert iou(one, other, paired=True).item() == dice(one, other).item() == 0


def test_no_boxes_give_an_empty_result():
    none, some = torch.zeros(0, 4), of(0, 0, 1, 1)
    assert iou(none, some).shape == (0, 1)
    assert iou(some, none).shape == (1, 0)
    assert iou(none, none, paired=True).shape == (0,)


@given(pairs_of_boxes())
@settings(max_examples=60, deadline=None)
def test_the_result_is_torchvisions_to_the_bit_where_that_is_a_number(boxes):
    ours, theirs = iou(*boxes), torchvision_iou(*boxes)
    defined = ~theirs.isnan()
    assert torch.equal(ours[defined], theirs[defined])
    assert (ours[~defined] == 0).all()


MEASURES = {"intersection": intersection, "iou": iou, "dice": dice}


@pytest.mark.parametrize("name", MEASURES)
@given(pairs_of_boxes(), st.sampled_from([0.0, 1e3, 1e6, 1e7, 1e8, -1e8]))
@settings(max_examples=40, deadline=None)
def test_the_error_is_at_most_eight_epsilons_at_any_offset(name, boxes, offset):
    first, second = boxes[0] + offset, boxes[1] + offset
    result = MEASURES[name](first, second)
    for row, box1 in zip(result.tolist(), first.tolist(), strict=True):
        for value, box2 in zip(row, second.tolist(), strict=True):
            expected = exact(box1, box2)[name]
            assert abs(value - expected) <= 8 * EPSILON * expected


# Sides, and what two boxes share, are at least a thousandth of the scale.
SMALLEST = {torch.float32: 1.1e-16, torch.float64: 1.5e-151}
LARGEST = {torch.float32: 4.6e18, torch.float64: 3.3e153}


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("dtype", SMALLEST)
@pytest.mark.parametrize("scales", [SMALLEST, LARGEST])
@given(pairs_of_boxes(st.integers(-999, 999).map(lambda x: x / 1000)))
@settings(max_examples=20, deadline=None)
def test_the_error_is_at_most_eight_epsilons_up_to_either_end_of_the_range(
    name, dtype, scales, boxes
):
    first, second = (each.to(dtype) * scales[dtype] for each in boxes)
    result = MEASURES[name](first, second)
    for row, box1 in zip(result.tolist(), first.tolist(), strict=True):
        for value, box2 in zip(row, second.tolist(), strict=True):
            expected = exact(box1, box2)[name]
            assert abs(value - expected) <= 8 * torch.finfo(dtype).eps * expected


def test_sides_whose_square_the_type_does_not_hold_may_be_taken_for_none():
    """Where the promise ends; integers and halves are computed in a wider type."""
    assert iou(*[of(0, 0, 1e-170, 1e-170, dtype=torch.float64)] * 2).item() == 0
    assert iou(*[of(0, 0, 1.5e-154, 1.5e-154, dtype=torch.float64)] * 2).item() == 1
    assert iou(*[of(0, 0, 1e-30, 1e-30)] * 2).item() == 0
    assert iou(*[of(0, 0, 1.1e-19, 1.1e-19)] * 2).item() == 1
    assert iou(*[of(0, 0, 6e-8, 6e-8, dtype=torch.float16)] * 2).item() == 1


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_inclusive_is_exact_for_whole_pixels_up_to_the_last_that_the_type_holds(dtype):
    last = 2 / torch.finfo(dtype).eps - 2
    pixel = of(last, last, last, last, dtype=dtype)
    assert iou(pixel, pixel, inclusive=True).item() == 1
    assert box_area(pixel, inclusive=True).item() == 1


def test_a_large_offset_costs_what_rounding_the_coordinates_costs():
    box = of(0, 0, 10, 10)
    expected = iou(box, box + 1).item()
    assert iou(box + 1e7, box + 1 + 1e7).item() == expected  # steps of 1: nothing is rounded
    assert iou(box + 1e8, box + 1 + 1e8).item() == 1  # steps of 8: both become one box
    whole = of(0, 0, 10, 10, dtype=torch.int64) + 10**8
    assert iou(whole, whole + 1).item() == pytest.approx(81 / 119, rel=1e-15)


@given(pairs_of_boxes())
@settings(max_examples=40, deadline=None)
def test_iou_is_symmetric_between_zero_and_one_and_one_for_a_box_itself(boxes):
    result = iou(*boxes)
    assert ((result >= 0) & (result <= 1)).all()
    assert torch.equal(result.T, iou(boxes[1], boxes[0]))
    itself = iou(boxes[0], boxes[0], paired=True)
    assert torch.equal(itself, (box_area(boxes[0]) > 0).float())


@given(pairs_of_boxes())
@settings(max_examples=40, deadline=None)
def test_dice_is_a_function_of_iou(boxes):
    overlap = iou(*boxes)
    torch.testing.assert_close(dice(*boxes), 2 * overlap / (1 + overlap), rtol=2e-6, atol=0)


@pytest.mark.parametrize("measure", [intersection, iou, dice])
@pytest.mark.parametrize("inclusive", [False, True])
def test_pair_by_pair_is_the_same_as_pairwise_to_the_bit(measure, inclusive):
    boxes = ADVERSARIAL.float()
    paired = measure(*every_pair(boxes), paired=True, inclusive=inclusive)
    assert torch.equal(paired, measure(boxes, boxes, inclusive=inclusive).flatten())


def test_inclusive_counts_pixels():
    point = of(5, 5, 5, 5)
    assert box_area(point, inclusive=True).item() == 1
    assert iou(point, point, inclusive=True).item() == 1
    left, right = of(0, 0, 9, 9), of(9, 0, 18, 9)  # share a column of pixels
    assert intersection(left, right, inclusive=True).item() == 10
    assert intersection(left, right).item() == 0


@given(st.tuples(*[box_tensors(st.integers(0, 12).map(float), most=1)] * 2))
@settings(max_examples=30, deadline=None)
def test_inclusive_agrees_with_painted_pixels(boxes):
    painted = []
    for x1, y1, x2, y2 in (box[0].int().tolist() for box in boxes):
        canvas = np.zeros((13, 13), dtype=bool)
        canvas[y1 : y2 + 1, x1 : x2 + 1] = True
        painted.append(canvas)
    expected = (painted[0] & painted[1]).sum() / (painted[0] | painted[1]).sum()
    assert iou(*boxes, inclusive=True).item() == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("dtype", [torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64])
def test_integers_never_overflow(dtype):
    most = min(torch.iinfo(dtype).max, 2**53)
    low = max(torch.iinfo(dtype).min, -(2**53))
    box = of(low, low, most, most, dtype=dtype)
    assert iou(box, box).item() == 1
    assert box_area(box).item() == float(most - low) ** 2
    assert iou(box, box).dtype == torch.float64


def test_the_side_at_which_int32_breaks_is_right():
    box = of(0, 0, 46_341, 46_341, dtype=torch.int32)
    assert box_area(box).item() == 46_341**2
    assert iou(box, box).item() == 1


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_is_computed_in_float32(dtype):
    box = of(0, 0, 256, 256, dtype=dtype)  # its area is beyond float16
    result = iou(box, box)
    assert result.item() == 1
    assert result.dtype == torch.float32
    halves = (torch.rand(9, 4, generator=torch.manual_seed(0)) * 200).sort(1).values.to(dtype)
    assert torch.equal(iou(halves, halves), iou(halves.float(), halves.float()))


def test_the_wider_type_wins():
    box = of(0, 0, 4, 4)
    assert iou(box.half(), box).dtype == torch.float32
    assert iou(box, box.double()).dtype == torch.float64
    assert iou(box, box.int()).dtype == torch.float64


def test_the_largest_allowed_box_neither_overflows_nor_vanishes():
    box = of(-4e18, -4e18, 4e18, 4e18)
    assert iou(box, box).item() == 1
    small = of(0, 0, 1e-18, 1e-18)
    assert iou(small, small).item() == 1


@pytest.mark.parametrize("measure", [intersection, iou, dice])
def test_gradients_agree_with_finite_differences(measure):
    generator = torch.manual_seed(3)
    start = torch.rand(2, 4, 2, generator=generator, dtype=torch.float64)
    boxes = torch.cat((start, start + 0.5 + start.flip(1)), 2).requires_grad_()
    for paired in (False, True):
        assert torch.autograd.gradcheck(
            lambda a, b, p=paired: measure(a, b, paired=p), tuple(boxes)
        )


@pytest.mark.parametrize("measure", [intersection, iou, dice])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_gradients_are_finite_at_every_awkward_pair(measure, dtype):
    boxes, others = (ADVERSARIAL.to(dtype, copy=True).requires_grad_() for _ in range(2))
    result = measure(boxes, others)
    assert torch.equal(result, measure(boxes.detach(), others.detach()))
    result.sum().backward()
    assert boxes.grad.isfinite().all()
    assert others.grad.isfinite().all()


@given(pairs_of_boxes())
@settings(max_examples=40, deadline=None)
def test_the_result_is_shapelys(boxes):
    shapely = pytest.importorskip("shapely")
    first, second = (shapely.box(*b.double().numpy().T) for b in boxes)
    shared = shapely.area(shapely.intersection(first[:, None], second))
    union = shapely.area(first)[:, None] + shapely.area(second) - shared
    expected = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    np.testing.assert_allclose(iou(*boxes).numpy(), expected, rtol=1e-6, atol=1e-12)


@given(pairs_of_boxes(st.integers(-40, 40).map(lambda x: x / 4)))
@settings(max_examples=40, deadline=None)
def test_the_result_is_pycocotools(boxes):
    masks = pytest.importorskip("pycocotools.mask")
    first, second = (b.double().numpy().copy() for b in boxes)
    for b in (first, second):
        b[:, 2:] -= b[:, :2]
    expected = masks.iou(first, second, [0] * len(second))
    np.testing.assert_array_equal(iou(boxes[0].double(), boxes[1].double()).numpy(), expected)
