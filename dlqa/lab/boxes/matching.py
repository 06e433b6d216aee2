"""One-to-one matching of detections to ground-truth boxes, the step between IoU and AP."""

import torch
from torch import Tensor

from dlqa.lab.boxes.corners import check_devices, check_shape, check_single, check_values
from dlqa.lab.boxes.overlap import iou
from dlqa.lab.boxes.suppression import check_detections, check_threshold

UNMATCHED = -1


def match(
    boxes: Tensor,
    scores: Tensor,
    truths: Tensor,
    iou_threshold: float = 0.5,
    *,
    checked: bool = True,
) -> Tensor:
    """For each of the detected ``boxes`` (D, 4) the row of ``truths`` (G, 4) it found, or -1.

    COCO's rule: in order of ``scores`` (D,), equal ones by index, each detection takes the truth of
    highest IoU among those not yet taken, if that is at least ``iou_threshold``; of equal IoUs the
    last. So the second detection of one object matches nothing. (Pascal VOC differs: a detection
    whose best truth is taken fails, even if a second truth would do.) IoU is computed in float64.

    Returns (D,) int64. Raises as ``nms``.

    >>> truth = torch.tensor([[0.0, 0.0, 10.0, 10.0]])
    >>> twice = torch.tensor([[0.0, 0.0, 10.0, 9.0], [0.0, 0.0, 10.0, 10.0]])
    >>> match(twice, torch.tensor([0.9, 0.8]), truth).tolist()
    [0, -1]
    """
    check_detections(boxes, scores, checked=checked)
    check_threshold(iou_threshold)
    check_shape(truths, "truths")
    check_single(truths, "truths")
    check_devices(boxes=boxes, truths=truths)
    if checked:
        check_values(truths, "truths")
    overlaps = iou(boxes.detach().double(), truths.detach().double(), checked=False)
    order = scores.detach().sort(descending=True, stable=True).indices
    found = torch.empty_like(order)
    found[order] = match_ranked(overlaps[order], overlaps.new_tensor([iou_threshold]))[0]
    return found


def match_ranked(overlaps: Tensor, thresholds: Tensor) -> Tensor:
    """Rows of truths found (T, D) at each of T thresholds, from IoU (D, G), best score first."""
    detections, truths = overlaps.shape
    found = torch.full(
        (len(thresholds), detections), UNMATCHED, dtype=torch.int64, device=overlaps.device
    )
    if truths == 0:
        return found
    free = torch.ones(len(thresholds), truths, dtype=torch.bool, device=overlaps.device)
    for rank in range(detections):
        candidates = torch.where(free, overlaps[rank], -1).flip(1)  # (T, G), last truth first
        best, index = candidates.max(1)
        index = truths - 1 - index  # (T,)
        takes = (best >= thresholds) & (best >= 0)
        found[takes, rank] = index[takes]
        free[takes, index[takes]] = False
    return found
