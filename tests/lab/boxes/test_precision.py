"""AP against hand-worked cases and pycocotools' COCOeval."""

import contextlib
import io

import numpy as np
import pytest
import torch

from dlqa.lab.boxes import (
    Detections,
    Truths,
    average_precision,
    coco_average_precision,
    precision,
    precision_recall,
)

BOX = torch.tensor([[0.0, 0, 10, 10], [20, 0, 30, 10]])


def test_perfect_detections_have_one_and_none_have_zero():
    perfect, nothing = Detections(BOX, torch.ones(2)), Detections(BOX[:0], torch.ones(0))
    assert average_precision([perfect], [Truths(BOX)]) == 1
    assert coco_average_precision([perfect], [Truths(BOX)]) == 1
    assert coco_average_precision([nothing], [Truths(BOX)]) == 0


def test_a_false_alarm_costs_only_if_it_ranks_above_a_hit():
    boxes = torch.cat((BOX, BOX[:1] + 100))
    after = Detections(boxes, torch.tensor([0.9, 0.8, 0.1]))
    before = Detections(boxes, torch.tensor([0.8, 0.7, 0.9]))
    assert average_precision([after], [Truths(BOX)]) == 1
    # Precision 0, 1/2, 2/3 made non-increasing is 2/3 at every recall.
    assert average_precision([before], [Truths(BOX)]) == pytest.approx(2 / 3)


def test_the_same_mean_iou_can_have_another_average_precision():
    halves = Detections(torch.tensor([[0, 0, 10, 6], [20, 0, 30, 6]]), torch.ones(2))
    uneven = Detections(torch.tensor([[0, 0, 10, 10], [20, 0, 30, 2]]), torch.ones(2))
    assert average_precision([halves], [Truths(BOX)]) == 1
    assert average_precision([uneven], [Truths(BOX)]) == pytest.approx(51 / 101)


def test_precision_and_recall_follow_the_ranking():
    measured = precision_recall(torch.tensor([True, False, True]), 4)
    assert [part.tolist() for part in measured] == [[1, 1 / 2, 2 / 3], [1 / 4, 1 / 4, 1 / 2]]
    with pytest.raises(ValueError, match="truth_count is 0"):
        precision_recall(torch.tensor([True]), 0)


def test_the_points_are_cocos_to_the_bit():
    assert precision.RECALLS.tolist() == np.linspace(0, 1, 101).tolist()
    assert precision.COCO_THRESHOLDS.tolist() == np.linspace(0.5, 0.95, 10).tolist()


def test_what_cannot_be_scored_is_refused():
    with pytest.raises(ValueError, match="detections of 0 images and truths of 1"):
        average_precision([], [Truths(BOX)])
    with pytest.raises(ValueError, match="no truth box in 1 images"):
        average_precision([Detections(BOX, torch.ones(2))], [Truths(BOX[:0])])
    with pytest.raises(ValueError, match=r"labels has shape \(3,\)"):
        Truths(BOX, torch.zeros(3))
    with pytest.raises(ValueError, match=r"scores has shape \(1,\)"):
        Detections(BOX, torch.ones(1))
    with pytest.raises(ValueError, match=r"boxes\[0\] .* x1 <= x2"):
        Truths(BOX.flip(1))


def generated(seed: int) -> tuple[list[Detections], list[Truths]]:
    """Images with jittered, doubled, missed and invented detections, on a quarter-pixel grid."""
    random = np.random.default_rng(seed)
    detections, truths = [], []
    for _ in range(6):
        start = random.integers(0, 240, (random.integers(0, 7), 2)) / 4
        boxes = np.concatenate((start, start + random.integers(8, 80, start.shape) / 4), 1)
        labels = random.integers(0, 3, len(boxes))
        found = np.repeat(np.arange(len(boxes)), random.integers(0, 4, len(boxes)))
        jitter = random.integers(-6, 7, (len(found), 4)) / 4
        invented = random.integers(0, 240, (random.integers(0, 4), 2)) / 4
        invented = np.concatenate((invented, invented + 10), 1)
        detected = np.concatenate((boxes[found] + jitter, invented))
        detected[:, 2:] = np.maximum(detected[:, 2:], detected[:, :2] + 0.25)
        names = np.concatenate((labels[found], random.integers(0, 3, len(invented))))
        scores = random.integers(0, 12, len(detected)) / 12  # with ties
        detections.append(Detections(*(torch.from_numpy(x) for x in (detected, scores, names))))
        truths.append(Truths(torch.from_numpy(boxes), torch.from_numpy(labels)))
    return detections, truths


def coco_rows(images: list, *, scored: bool) -> list[dict]:
    rows = []
    for image, content in enumerate(images):
        for index, (box, label) in enumerate(zip(content.boxes, content.labels, strict=True)):
            x1, y1, x2, y2 = box.tolist()
            row = {"image_id": image + 1, "category_id": int(label) + 1, "iscrowd": 0}
            row |= {"id": len(rows) + 1, "bbox": [x1, y1, x2 - x1, y2 - y1]}
            row |= {"area": (x2 - x1) * (y2 - y1)}
            rows.append(row | ({"score": content.scores[index].item()} if scored else {}))
    return rows


@pytest.mark.parametrize("seed", range(12))
def test_the_result_is_cocoevals(seed):
    coco = pytest.importorskip("pycocotools.coco")
    evaluation = pytest.importorskip("pycocotools.cocoeval")
    detections, truths = generated(seed)
    with contextlib.redirect_stdout(io.StringIO()):
        expected = coco.COCO()
        expected.dataset = {
            "info": {},
            "images": [{"id": i + 1} for i in range(len(truths))],
            "categories": [{"id": i + 1} for i in range(3)],
            "annotations": coco_rows(truths, scored=False),
        }
        expected.createIndex()
        given = expected.loadRes(coco_rows(detections, scored=True))
        evaluator = evaluation.COCOeval(expected, given, "bbox")
        evaluator.evaluate()
        evaluator.accumulate()
        evaluator.summarize()
    average, at_half, at_three_quarters = evaluator.stats[:3]
    assert coco_average_precision(detections, truths) == pytest.approx(average, abs=1e-12)
    assert average_precision(detections, truths) == pytest.approx(at_half, abs=1e-12)
    assert average_precision(detections, truths, 0.75) == pytest.approx(
        at_three_quarters, abs=1e-12
    )


def test_only_the_hundred_most_confident_of_an_image_and_category_count():
    elsewhere = BOX[:1].repeat(100, 1) + 50
    detections = Detections(torch.cat((elsewhere, BOX)), torch.linspace(1, 0, 102))
    assert average_precision([detections], [Truths(BOX)]) == 0
