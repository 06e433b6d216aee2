"""What other libraries answer at the edges, so that each difference we state stays true.

torchvision's answers are those of its arithmetic, which is all of box_iou; shapely has no boxes
of its own, and its agreement is tested where the results are.
"""

import math
import warnings

import numpy as np
import pytest
import torch
from drawn_boxes import torchvision_iou

from dlqa.lab.boxes import giou, iou, nms

POINT = [5.0, 5.0, 5.0, 5.0]
INVERTED_ON_ONE_AXIS = [10.0, 0.0, 0.0, 10.0]
INVERTED = [10.0, 10.0, 0.0, 0.0]
WITH_NAN = [0.0, math.nan, 10.0, 10.0]
BOX = [0.0, 0.0, 10.0, 10.0]


def torchvision(box1: list[float], box2: list[float], dtype: torch.dtype = torch.float32) -> float:
    return torchvision_iou(*(torch.tensor([b], dtype=dtype) for b in (box1, box2))).item()


def pycocotools(box1: list[float], box2: list[float]) -> float:
    masks = pytest.importorskip("pycocotools.mask")
    sides = [np.array([[b[0], b[1], b[2] - b[0], b[3] - b[1]]]) for b in (box1, box2)]
    return float(masks.iou(*sides, [0])[0, 0])


def supervision(box1: list[float], box2: list[float], dtype: type = np.float32) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer = pytest.importorskip("supervision")
    return float(peer.box_iou_batch(np.array([box1], dtype), np.array([box2], dtype))[0, 0])


def dlqa(box1: list[float], box2: list[float]) -> float:
    return iou(torch.tensor([box1]), torch.tensor([box2])).item()


def test_a_point_and_itself():
    assert math.isnan(torchvision(POINT, POINT))
    assert pycocotools(POINT, POINT) == supervision(POINT, POINT) == dlqa(POINT, POINT) == 0


@pytest.mark.parametrize("box", [INVERTED_ON_ONE_AXIS, INVERTED, WITH_NAN])
def test_what_is_no_box_is_refused_here_only(box):
    for peer in (torchvision, pycocotools, supervision):
        peer(box, BOX)
    with pytest.raises(ValueError, match=r"boxes1\[0\]"):
        dlqa(box, BOX)


def test_a_box_inverted_on_one_axis_and_itself():
    box = INVERTED_ON_ONE_AXIS
    assert torchvision(box, box) == 0
    assert math.isnan(torchvision(box, BOX))
    assert pycocotools(box, box) == supervision(box, box) == 0


def test_nan_is_hidden_by_supervision_alone():
    assert math.isnan(torchvision(WITH_NAN, BOX))
    assert math.isnan(pycocotools(WITH_NAN, BOX))
    assert supervision(WITH_NAN, BOX) == 0


def test_int32_wraps_around_where_a_union_passes_two_to_the_31():
    square, half_a_side_on = [0, 0, 46_340, 46_340], [23_170, 0, 69_510, 46_340]
    assert torchvision(square, half_a_side_on, torch.int32) == pytest.approx(-1, abs=1e-3)
    assert supervision(square, half_a_side_on, np.int32) == pytest.approx(1 / 3)
    assert dlqa(square, half_a_side_on) == pytest.approx(1 / 3)


def test_half_precision_loses_an_area_of_side_200_where_it_is_not_widened():
    square = [0.0, 0.0, 200.0, 200.0]
    assert torchvision(square, square, torch.float16) == 0
    assert supervision(square, square, np.float16) == 1
    assert iou(*[torch.tensor([square]).half()] * 2).item() == 1


def test_an_offset_of_1e8_in_float32_is_lost_on_every_one():
    square, next_ = [1e8, 1e8, 1e8 + 10, 1e8 + 10], [1e8 + 1, 1e8 + 1, 1e8 + 11, 1e8 + 11]
    assert torchvision(square, next_) == supervision(square, next_) == dlqa(square, next_) == 1
    assert torchvision(square, next_, torch.float64) == pytest.approx(81 / 119)
    assert pycocotools(square, next_) == pytest.approx(81 / 119)


def test_torchvisions_giou_of_an_inverted_box_and_itself_is_refused_here():
    with pytest.raises(ValueError, match="x1 <= x2"):
        giou(torch.tensor([INVERTED]), torch.tensor([INVERTED]))


def test_no_box_is_suppressed_for_having_no_area():
    assert nms(torch.tensor([POINT, POINT]), torch.ones(2), 0.5).tolist() == [0, 1]
