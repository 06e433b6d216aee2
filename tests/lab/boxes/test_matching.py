"""Each truth is found once, by the most confident detection that may have it."""

import pytest
import torch

from dlqa.lab.boxes import match

TRUTHS = torch.tensor([[0.0, 0, 10, 10], [20, 0, 30, 10]])


def test_the_second_detection_of_one_object_finds_nothing():
    boxes = torch.tensor([[0.0, 0, 10, 10], [0, 0, 10, 9]])
    assert match(boxes, torch.tensor([0.6, 0.9]), TRUTHS).tolist() == [-1, 0]


def test_a_detection_whose_best_truth_is_taken_gets_the_next_best():
    truths = torch.tensor([[0.0, 0, 10, 10], [1, 0, 11, 10]])
    boxes = torch.tensor([[0.0, 0, 10, 10], [0, 0, 10, 10]])
    assert match(boxes, torch.tensor([0.9, 0.8]), truths).tolist() == [0, 1]


def test_the_threshold_itself_counts_as_found():
    half = torch.tensor([[0.0, 0, 10, 5]])
    assert match(half, torch.ones(1), TRUTHS, 0.5).tolist() == [0]
    assert match(half, torch.ones(1), TRUTHS, 0.5 + 1e-9).tolist() == [-1]


def test_of_equal_ious_the_last_truth_is_found():
    truths = torch.tensor([[0.0, 0, 10, 10], [0, 0, 10, 10]])
    assert match(truths[:1], torch.ones(1), truths).tolist() == [1]


def test_equal_scores_go_by_index():
    boxes = TRUTHS[[0, 0]]
    assert match(boxes, torch.ones(2), TRUTHS).tolist() == [0, -1]


def test_no_truths_and_no_detections_match_nothing():
    assert match(TRUTHS, torch.ones(2), TRUTHS[:0]).tolist() == [-1, -1]
    assert match(TRUTHS[:0], torch.ones(0), TRUTHS).tolist() == []


def test_a_bad_truth_is_named():
    with pytest.raises(ValueError, match=r"truths\[0\] is \[10\.0"):
        match(TRUTHS, torch.ones(2), TRUTHS.flip(1))
