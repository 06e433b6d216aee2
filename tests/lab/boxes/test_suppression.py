"""NMS against the greedy rule written out."""

import torch
from drawn_boxes import box_tensors, torchvision_iou
from hypothesis import given, settings
from hypothesis import strategies as st

from dlqa.lab.boxes import batched_nms, nms, suppression


def greedy(boxes: torch.Tensor, scores: torch.Tensor, threshold: float) -> list[int]:
    """One box at a time, as the rule reads; torchvision's arithmetic."""
    overlaps, kept = torchvision_iou(boxes, boxes), []
    for index in sorted(range(len(boxes)), key=lambda i: -scores[i].item()):
        if not any(overlaps[index, other] > threshold for other in kept):
            kept.append(index)
    return kept


@given(
    box_tensors(most=12), st.randoms(use_true_random=False), st.sampled_from([0.0, 0.3, 0.5, 1.0])
)
@settings(max_examples=60, deadline=None)
def test_the_boxes_that_stay_are_those_of_the_greedy_rule(boxes, random, threshold):
    scores = torch.tensor([random.choice([0.1, 0.5, random.random()]) for _ in boxes])
    assert nms(boxes, scores, threshold).tolist() == greedy(boxes, scores, threshold)


def crowd(count: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.manual_seed(0)
    start = torch.rand(count, 2, generator=generator) * 60
    boxes = torch.cat((start, start + 5 + 10 * torch.rand(count, 2, generator=generator)), 1)
    return boxes, torch.rand(count, generator=generator)


def test_blocks_change_nothing(monkeypatch):
    boxes, scores = crowd(300)
    whole = nms(boxes, scores, 0.4)
    assert whole.tolist() == greedy(boxes, scores, 0.4)
    for block in (1, 7, 64):
        monkeypatch.setattr(suppression, "BLOCK", block)
        assert torch.equal(nms(boxes, scores, 0.4), whole)


def test_a_chain_in_which_each_box_suppresses_the_next_is_settled_link_by_link():
    left = torch.arange(9.0)
    boxes = torch.stack((left, left * 0, left + 3, left * 0 + 3), 1)  # neighbours share a half
    assert nms(boxes, -left, 0.4).tolist() == [0, 2, 4, 6, 8]


def test_equal_scores_go_by_index():
    boxes = torch.tensor([[0, 0, 4, 4], [0, 0, 4, 4], [9, 9, 10, 10]])
    assert nms(boxes, torch.ones(3), 0.5).tolist() == [0, 2]


def test_categories_do_not_compete():
    boxes, scores = crowd(80)
    labels = torch.arange(80) % 3
    expected = [
        index
        for label in range(3)
        for index in (labels == label)
        .nonzero()
        .flatten()[nms(boxes[labels == label], scores[labels == label], 0.3)]
        .tolist()
    ]
    kept = batched_nms(boxes, scores, labels, 0.3)
    assert sorted(kept.tolist()) == sorted(expected)
    assert scores[kept].tolist() == sorted(scores[kept].tolist(), reverse=True)


def test_nothing_detected_leaves_nothing():
    kept = nms(torch.zeros(0, 4), torch.zeros(0), 0.5)
    assert kept.tolist() == []
    assert kept.dtype == torch.int64
