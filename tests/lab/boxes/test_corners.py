"""Input is read before it is believed, and what is refused says why."""

import math
import re

import pytest
import torch

from dlqa.lab.boxes import box_area, box_convert, ciou, dice, diou, giou, intersection, iou, nms

MEASURES = [intersection, iou, dice, giou, diou, ciou]
GOOD = torch.tensor([[0.0, 0, 1, 1], [0, 0, 2, 2], [1, 1, 2, 2]])


def spoilt(box: list[float], dtype: torch.dtype = torch.float32) -> torch.Tensor:
    boxes = GOOD.to(dtype).clone()
    boxes[1] = torch.tensor(box, dtype=dtype)
    return boxes


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(
    ("box", "words"),
    [
        ([0, math.nan, 1, 1], "expected finite numbers"),
        ([0, 0, math.inf, 1], "expected finite numbers"),
        ([2, 0, 1, 1], "expected x1 <= x2"),
        ([0, 2, 1, 1], "expected x1 <= x2 and y1 <= y2"),
        ([2, 2, 1, 1], "expected x1 <= x2"),
        ([0, 0, 1e19, 1], "expected numbers of at most 4.6e+18"),
    ],
)
def test_the_first_offending_box_is_named(measure, box, words):
    for arguments, name in [((spoilt(box), GOOD), "boxes1"), ((GOOD, spoilt(box)), "boxes2")]:
        with pytest.raises(ValueError, match=re.escape(f"{name}[1] is [")) as caught:
            measure(*arguments)
        assert words in str(caught.value)


def test_the_message_shows_what_was_given():
    with pytest.raises(ValueError, match=re.escape("boxes2[1] is [2.0, 0.0, 1.0, 1.0]: expected")):
        iou(GOOD, spoilt([2, 0, 1, 1]))


@pytest.mark.parametrize("shape", [(4,), (3, 5), (2, 3, 4), (0,)])
def test_another_shape_is_refused_even_unchecked(shape):
    with pytest.raises(ValueError, match=re.escape(f"boxes1 has shape {shape}: expected (N, 4)")):
        iou(torch.zeros(shape), GOOD, checked=False)


def test_what_is_no_tensor_of_numbers_is_refused():
    with pytest.raises(TypeError, match="boxes1 is a list"):
        iou([[0, 0, 1, 1]], GOOD)
    with pytest.raises(TypeError, match=r"boxes1 holds torch\.bool"):
        iou(GOOD.bool(), GOOD)
    with pytest.raises(TypeError, match=r"boxes1 holds torch\.complex64"):
        iou(GOOD.to(torch.complex64), GOOD)


def test_pairs_of_unequal_number_are_refused():
    with pytest.raises(ValueError, match="boxes1 holds 3 boxes and boxes2 2"):
        iou(GOOD, GOOD[:2], paired=True)


def test_integers_beyond_what_float64_holds_are_refused():
    with pytest.raises(ValueError, match=r"range of torch\.int64"):
        box_area(spoilt([0, 0, 2**53 + 2, 1], torch.int64))


def test_unchecked_boxes_are_not_read_and_nan_stays_nan():
    boxes = spoilt([0, math.nan, 1, 1])
    for measure in MEASURES:
        for paired in (False, True):
            result = measure(boxes, GOOD, paired=paired, checked=False)
            assert result[1].isnan().all()
            assert result[0].isfinite().all()


def test_other_notations_are_checked_in_their_own_terms():
    assert box_convert(spoilt([5, 5, 1, 1]), "xywh", "xyxy")[1].tolist() == [5, 5, 6, 6]
    for notation in ("xywh", "cxcywh"):
        with pytest.raises(ValueError, match=rf"boxes\[1\] .* at least 0, as {notation}"):
            box_convert(spoilt([5, 5, -1, 1]), notation, "xyxy")
    with pytest.raises(ValueError, match="in_fmt is 'ltrb': expected one of xyxy, xywh, cxcywh"):
        box_convert(GOOD, "ltrb", "xyxy")


def test_suppression_refuses_scores_that_fit_no_boxes():
    with pytest.raises(ValueError, match=r"scores has shape \(2,\): expected \(3,\)"):
        nms(GOOD, torch.ones(2), 0.5)
    with pytest.raises(ValueError, match=r"scores\[2\] is nan"):
        nms(GOOD, torch.tensor([1, 1, math.nan]), 0.5)
    with pytest.raises(ValueError, match="iou_threshold is 50"):
        nms(GOOD, torch.ones(3), 50)
