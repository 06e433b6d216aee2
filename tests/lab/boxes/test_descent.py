"""Boxes learn their places one by one, in steps that the gradient and the rate dictate."""

import torch

from dlqa.lab.boxes import box_convert, giou, iou
from dlqa.lab.boxes.descent import corners, descend

BOXES = torch.tensor(
    [[0.0, 0, 0.1, -0.2], [2, 1, 0.3, 0.2], [0.2, 0.1, -0.4, -0.3], [0, 0, 0, 0]],
    dtype=torch.float64,
)
TRUTHS = torch.zeros_like(BOXES)


def test_corners_are_those_of_a_centre_and_sides() -> None:
    sides = torch.cat((BOXES[:, :2], BOXES[:, 2:].exp()), 1)
    torch.testing.assert_close(corners(BOXES), box_convert(sides, "cxcywh", "xyxy"))


def test_the_first_step_follows_the_gradient_at_the_full_rate() -> None:
    start = BOXES[2:3].clone().requires_grad_()
    (gradient,) = torch.autograd.grad(iou(corners(start), corners(TRUTHS[:1])).sum(), start)
    expected = iou(corners((start + 0.1 * gradient).detach()), corners(TRUTHS[:1]))
    seen = descend([iou], BOXES[2:3], TRUTHS[:1], rate=0.1, at=(0, 1, 2))
    torch.testing.assert_close(seen[1, 0], expected[0])
    last = descend([iou], BOXES[2:3], TRUTHS[:1], rate=0.1, at=(1,))
    torch.testing.assert_close(last, seen[1:2])  # a shorter run has the same first step


def test_iou_leaves_boxes_apart_where_they_are_and_giou_does_not() -> None:
    seen = descend([iou, giou], BOXES[1:2], TRUTHS[1:2], rate=0.1, at=(0, 400))
    assert seen[:, 0].tolist() == [[0], [0]]
    assert seen[1, 1] > 0.9


def test_a_box_goes_its_own_way_whichever_others_go_with_it() -> None:
    starts, truths = BOXES.repeat(8, 1), TRUTHS.repeat(8, 1)
    together = descend([iou, giou], starts, truths, rate=0.1, at=(0, 5, 40))
    alone = descend([iou, giou], starts[:16], truths[:16], rate=0.1, at=(0, 5, 40))
    torch.testing.assert_close(together[:, :, :16], alone, rtol=0, atol=0)
