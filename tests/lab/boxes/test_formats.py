"""Notations convert into each other and back, and areas are the product of sides."""

import itertools

import pytest
import torch
from drawn_boxes import box_tensors
from hypothesis import given, settings
from hypothesis import strategies as st

from dlqa.lab.boxes import box_area, box_convert

SAME = {"xyxy": [1, 2, 5, 10], "xywh": [1, 2, 4, 8], "cxcywh": [3, 6, 4, 8]}


@pytest.mark.parametrize(("source", "target"), list(itertools.product(SAME, SAME)))
def test_a_box_reads_as_expected_in_each_notation(source, target):
    assert box_convert(torch.tensor([SAME[source]]), source, target).tolist() == [SAME[target]]


@given(
    box_tensors(st.integers(-400, 400).map(lambda x: x / 4)), st.sampled_from(["xywh", "cxcywh"])
)
@settings(max_examples=40, deadline=None)
def test_there_and_back_is_the_same_box(boxes, notation):
    there = box_convert(boxes, "xyxy", notation)
    assert torch.equal(box_convert(there, notation, "xyxy"), boxes)


@pytest.mark.parametrize(("source", "target"), [("xywh", "cxcywh"), ("cxcywh", "xywh")])
def test_a_large_offset_costs_no_side(source, target):
    box = torch.tensor([[1e8, -1e8, 1.0, 3.0]])  # float32 steps by 8 there
    assert box_convert(box, source, target)[0, 2:].tolist() == [1, 3]


def test_small_integers_do_not_wrap_around():
    box = torch.tensor([[200, 0, 100, 1]], dtype=torch.uint8)
    assert box_convert(box, "xywh", "xyxy").tolist() == [[200, 0, 300, 1]]


def test_a_conversion_passes_gradients_and_shares_no_memory():
    boxes = torch.tensor([[0.0, 0, 4, 2]], requires_grad=True)
    box_convert(boxes, "cxcywh", "xyxy").sum().backward()
    assert boxes.grad.tolist() == [[2, 2, 0, 0]]
    plain = boxes.detach()
    assert box_convert(plain, "xyxy", "xyxy").data_ptr() != plain.data_ptr()


def test_area_is_width_times_height():
    boxes = torch.tensor([[0.0, 0, 3, 4], [1, 1, 1, 9]])
    assert box_area(boxes).tolist() == [12, 0]
    assert box_area(boxes, inclusive=True).tolist() == [20, 9]
