"""Random boxes are of the promised size and shape, and copies have the IoU that is wanted."""

import torch
from torch import Generator

from dlqa.lab.boxes import box_area, iou
from dlqa.lab.boxes.drawn import beside, normal, ordered, random_boxes, uniform


def test_random_boxes_have_area_one_and_at_most_twice_one_side() -> None:
    boxes = random_boxes(500, Generator().manual_seed(0))
    torch.testing.assert_close(box_area(boxes), torch.ones(500, dtype=torch.float64))
    aspect = ((boxes[:, 2] - boxes[:, 0]) / (boxes[:, 3] - boxes[:, 1])).log2()
    assert -1 <= aspect.min() < -0.9 < 0.9 < aspect.max() <= 1


def test_what_is_drawn_depends_on_the_generator_alone() -> None:
    one, again, other = (random_boxes(3, Generator().manual_seed(seed)) for seed in (5, 5, 6))
    assert torch.equal(one, again)
    assert not torch.equal(one, other)
    drawn = uniform(1000, 0.1, 1.5, Generator().manual_seed(0))
    assert 0.1 <= drawn.min() < 0.2 < 1.4 < drawn.max() <= 1.5
    assert abs(normal((4000,), Generator().manual_seed(0)).std() - 1) < 0.05


def test_edges_that_erred_past_each_other_leave_no_extent() -> None:
    crossed = torch.tensor([[4.0, 1, 2, 3], [0, 0, 1, 1]])
    assert ordered(crossed).tolist() == [[4, 1, 4, 3], [0, 0, 1, 1]]


def test_a_box_moved_to_the_right_has_the_wanted_iou() -> None:
    truth = torch.tensor([[0.0, 0, 30, 50], [10, 20, 60, 50]], dtype=torch.float64)
    wanted = torch.tensor([0.6, 0.25], dtype=torch.float64)
    torch.testing.assert_close(iou(truth, beside(truth, wanted), paired=True), wanted)
