"""Non-maximum suppression: of detections that overlap, only the most confident stays."""

import torch
from torch import Tensor

from dlqa.lab.boxes.corners import check_shape, check_single, check_values
from dlqa.lab.boxes.overlap import iou

BLOCK = 512  # detections decided at once; a block's overlaps with 10,000 others take 20 MB


def nms(boxes: Tensor, scores: Tensor, iou_threshold: float, *, checked: bool = True) -> Tensor:
    """Indices (K,) of the ``boxes`` (N, 4) that stay, most confident first.

    Greedy: in order of ``scores`` (N,), a box stays unless its IoU with one that stayed is above
    ``iou_threshold``, in [0, 1] (Felzenszwalb et al., TPAMI 2010, Section 7.2). Equal scores go by
    index. Raises ValueError for boxes as in ``overlap``, for scores of another shape or not
    finite, for a threshold outside its range, and under vmap. Passes no derivative.

    >>> boxes = torch.tensor([[0, 0, 10, 10], [1, 1, 11, 11], [20, 0, 30, 9]])
    >>> nms(boxes, torch.tensor([0.6, 0.9, 0.8]), 0.5).tolist()
    [1, 2]
    """
    return batched_nms(boxes, scores, torch.zeros_like(scores), iou_threshold, checked=checked)


def batched_nms(
    boxes: Tensor, scores: Tensor, idxs: Tensor, iou_threshold: float, *, checked: bool = True
) -> Tensor:
    """``nms`` within each category of ``idxs`` (N,): boxes of two categories never compete."""
    check_detections(boxes, scores, idxs, iou_threshold, checked=checked)
    order = scores.detach().sort(descending=True, stable=True).indices
    boxes, categories = boxes.detach()[order], idxs[order]
    alive = torch.ones_like(order, dtype=torch.bool)
    for start in range(0, len(order), BLOCK):
        block = start + alive[start : start + BLOCK].nonzero().flatten()  # not yet suppressed
        later = torch.cat((block, start + BLOCK + alive[start + BLOCK :].nonzero().flatten()))
        rivals = iou(boxes[block], boxes[later], checked=False) > iou_threshold
        rivals &= categories[block, None] == categories[later]
        stays = first_come(rivals[:, : len(block)])
        alive[later] = ~rivals[stays].any(0)
        alive[block] = stays
    return order[alive]


def first_come(rivals: Tensor) -> Tensor:
    """Which of B boxes, most confident first, stay, given who overlaps whom (B, B).

    A box stays if none before it that stays is its rival. Read as an update of all boxes at once,
    the rule settles the first k boxes in k rounds; a round that changes nothing has settled all.
    """
    before = rivals.triu(1)
    stays = torch.ones(len(rivals), dtype=torch.bool, device=rivals.device)
    while True:
        update = ~before[stays].any(0)
        if torch.equal(update, stays):
            return stays
        stays = update


def check_detections(
    boxes: Tensor, scores: Tensor, idxs: Tensor, iou_threshold: float, *, checked: bool
) -> None:
    """Raise ValueError unless there is a finite score and a category for each box."""
    check_shape(boxes, "boxes")
    check_single(boxes, "boxes")
    for name, values in (("scores", scores), ("idxs", idxs)):
        check_single(values, name)
        if values.shape != boxes.shape[:1]:
            raise ValueError(
                f"{name} has shape {tuple(values.shape)}: expected ({len(boxes)},), one a box"
            )
    if not 0 <= iou_threshold <= 1:
        raise ValueError(f"iou_threshold is {iou_threshold}: expected a number in [0, 1]")
    if checked:
        check_values(boxes, "boxes")
        if not scores.isfinite().all():
            first = int(scores.isfinite().int().argmin())
            raise ValueError(f"scores[{first}] is {scores[first].item()}: expected a finite score")
