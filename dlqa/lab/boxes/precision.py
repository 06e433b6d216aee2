"""Average precision: what a detector is scored by once its boxes are matched.

COCO's definition (Lin et al., ECCV 2014; the evaluation code that its server runs): in a category
all images' detections are ranked by score, precision is made non-increasing and read at recall 0,
.01, ..., 1; then comes the mean over categories. Left out: crowd regions and the split by size.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from dlqa.lab.arguments import check_count, check_kind, check_sequence
from dlqa.lab.boxes.corners import check_shape, check_values, holds
from dlqa.lab.boxes.matching import UNMATCHED, match_ranked
from dlqa.lab.boxes.overlap import iou
from dlqa.lab.boxes.suppression import check_detections, check_labels, check_threshold

MOST_PER_IMAGE = 100  # detections of one category that COCO counts in one image
# Products, not quotients: these are the very numbers that COCO's linspace(0, 1, 101) and
# linspace(.5, .95, 10) give, and a recall of 7 / 20 is below 35 * .01 but not below 35 / 100.
RECALLS = torch.arange(101, dtype=torch.float64, device="cpu") * 0.01
COCO_THRESHOLDS = 0.5 + torch.arange(10, dtype=torch.float64, device="cpu") * ((0.95 - 0.5) / 9)


@dataclass(frozen=True)
class Detections:
    """What a detector says of one image: boxes (D, 4), scores (D,), labels (D,) or all one.

    Labels are whole numbers, as those of the truths.
    """

    boxes: Tensor
    scores: Tensor
    labels: Tensor | None = None

    def __post_init__(self) -> None:
        check_detections(self.boxes, self.scores, checked=True)
        check_labels(labels_of(self), "labels", self.boxes)


@dataclass(frozen=True)
class Truths:
    """What is on one image: boxes (G, 4), labels (G,) or all one."""

    boxes: Tensor
    labels: Tensor | None = None

    def __post_init__(self) -> None:
        check_shape(self.boxes, "boxes")
        check_values(self.boxes, "boxes")
        check_labels(labels_of(self), "labels", self.boxes)


def average_precision(
    detections: Sequence[Detections], truths: Sequence[Truths], iou_threshold: float = 0.5
) -> float:
    """AP in [0, 1] at one IoU threshold; ``detections[i]`` and ``truths[i]`` are of image i.

    Raises ValueError for a threshold outside [0, 1], where the two differ in length, or where there
    is no truth at all.

    >>> truth = Truths(torch.tensor([[0, 0, 10, 10], [20, 0, 30, 10]]))
    >>> one = Detections(torch.tensor([[0, 0, 10, 9]]), torch.tensor([0.9]))
    >>> round(average_precision([one], [truth]), 4)  # recall .5: 51 of 101 points
    0.505
    """
    check_threshold(iou_threshold)
    thresholds = torch.tensor([iou_threshold], dtype=torch.float64, device="cpu")
    return float(precision_means(detections, truths, thresholds).mean())


def coco_average_precision(detections: Sequence[Detections], truths: Sequence[Truths]) -> float:
    """Mean AP in [0, 1] over IoU thresholds .50, .55, ..., .95; as ``average_precision``."""
    return float(precision_means(detections, truths, COCO_THRESHOLDS).mean())


def precision_recall(hits: Tensor, truth_count: int) -> tuple[Tensor, Tensor]:
    """Precision and recall (..., D), float64, after each of D detections ranked by score.

    ``hits`` (..., D), boolean, says which are right; ``truth_count``, at least 1, how many there are
    to find. Raises ValueError where more are right than there are.

    >>> precision, recall = precision_recall(torch.tensor([True, False, True]), 4)
    >>> recall.tolist()
    [0.25, 0.25, 0.5]
    """
    check_count("truth_count", truth_count, 1)
    if not isinstance(hits, Tensor) or hits.dtype != torch.bool or not hits.dim():
        given = hits.dtype if isinstance(hits, Tensor) else type(hits).__name__
        raise TypeError(f"hits is {given}: expected a tensor (..., D) of torch.bool")
    right = hits.double().cumsum(-1)
    if not holds((right <= truth_count).all(), "hits"):
        raise ValueError(f"hits holds {int(right.max())} true: expected at most {truth_count}")
    rank = torch.arange(1, hits.shape[-1] + 1, dtype=torch.float64, device=hits.device)
    return right / rank, right / truth_count


def precision_means(
    detections: Sequence[Detections], truths: Sequence[Truths], thresholds: Tensor
) -> Tensor:
    """AP (C, T) for each category with a truth and each of T thresholds."""
    for name, given, kind in (("detections", detections, Detections), ("truths", truths, Truths)):
        check_sequence(name, given, f"{kind.__name__}, one an image")
        for image, each in enumerate(given):
            check_kind(f"{name}[{image}]", each, kind, f"a {kind.__name__}")
    if len(detections) != len(truths):
        raise ValueError(
            f"detections of {len(detections)} images and truths of {len(truths)}: expected as many"
        )
    present = {int(label) for truth in truths for label in labels_of(truth)}
    if not present:
        raise ValueError(f"no truth box in {len(truths)} images: AP needs at least one")
    return torch.stack(
        [category_precision(detections, truths, thresholds, label) for label in sorted(present)]
    )


def category_precision(
    detections: Sequence[Detections], truths: Sequence[Truths], thresholds: Tensor, label: int
) -> Tensor:
    """AP (T,) of one category."""
    scores, hits, count = [], [], 0
    for detected, truth in zip(detections, truths, strict=True):
        mine = labels_of(detected) == label
        ranked = detected.scores.detach()[mine].sort(descending=True, stable=True)
        boxes = detected.boxes[mine][ranked.indices][:MOST_PER_IMAGE]
        wanted = truth.boxes[labels_of(truth) == label]
        overlaps = iou(boxes.detach().double(), wanted.detach().double(), checked=False)
        scores.append(ranked.values[:MOST_PER_IMAGE])
        hits.append(match_ranked(overlaps, thresholds.to(overlaps.device)) != UNMATCHED)  # (T, D)
        count += len(wanted)
    order = torch.cat(scores).sort(descending=True, stable=True).indices
    return interpolated(*precision_recall(torch.cat(hits, 1)[:, order], count))


def interpolated(precision: Tensor, recall: Tensor) -> Tensor:
    """Mean (T,) over RECALLS of the best precision (T, D) at that recall or a higher one, or 0."""
    best = precision.flip(-1).cummax(-1).values.flip(-1)
    best = torch.cat((best, best.new_zeros(len(best), 1)), 1)  # (T, D + 1): recall never reached
    points = RECALLS.to(recall.device).expand(len(recall), -1).contiguous()
    return best.gather(1, torch.searchsorted(recall, points)).mean(1)


def labels_of(boxes: Detections | Truths) -> Tensor:
    """Labels given, or zeros."""
    if boxes.labels is not None:
        return boxes.labels
    return torch.zeros(len(boxes.boxes), dtype=torch.int64, device=boxes.boxes.device)
