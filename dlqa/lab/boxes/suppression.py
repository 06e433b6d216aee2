"""Non-maximum suppression: of detections that overlap, only the most confident stays."""

import torch
from torch import Tensor

from dlqa.lab.arguments import check_flag, check_number, check_tensor
from dlqa.lab.boxes.corners import check_devices, check_shape, check_single, check_values
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
    check_detections(boxes, scores, checked=checked)
    check_threshold(iou_threshold)
    return suppressed(boxes, scores, torch.zeros_like(scores), iou_threshold)


def batched_nms(
    boxes: Tensor, scores: Tensor, idxs: Tensor, iou_threshold: float, *, checked: bool = True
) -> Tensor:
    """``nms`` within each category of ``idxs`` (N,), whole: two categories never compete."""
    check_detections(boxes, scores, checked=checked)
    check_labels(idxs, "idxs", boxes)
    check_threshold(iou_threshold)
    return suppressed(boxes, scores, idxs, iou_threshold)


def suppressed(boxes: Tensor, scores: Tensor, idxs: Tensor, iou_threshold: float) -> Tensor:
    """Indices (K,) of the boxes that stay, block by block of the most confident."""
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


def check_detections(boxes: Tensor, scores: Tensor, *, checked: bool) -> None:
    """Raise TypeError or ValueError unless there is a finite score for each box."""
    check_flag("checked", checked)
    check_shape(boxes, "boxes")
    check_single(boxes, "boxes")
    check_one_a_box(scores, "scores", boxes, "real")
    if checked:
        check_values(boxes, "boxes")
        if not scores.isfinite().all():
            first = int(scores.isfinite().int().argmin())
            raise ValueError(f"scores[{first}] is {scores[first].item()}: expected a finite score")


def check_labels(labels: Tensor, name: str, boxes: Tensor) -> None:
    """Raise TypeError or ValueError unless there is a whole number for each box."""
    check_one_a_box(labels, name, boxes, "whole")


def check_one_a_box(values: Tensor, name: str, boxes: Tensor, kind: str) -> None:
    """Raise TypeError or ValueError unless ``values`` has shape (N,), as many as there are boxes."""
    if isinstance(values, Tensor):
        check_single(values, name)
        if values.shape != boxes.shape[:1]:
            raise ValueError(
                f"{name} has shape {tuple(values.shape)}: expected ({len(boxes)},), one a box"
            )
    check_tensor(name, values, "(N,)", kind)
    check_devices(boxes=boxes, **{name: values})


def check_threshold(iou_threshold: float) -> None:
    """Raise TypeError or ValueError unless it is a number from 0 to 1."""
    check_number("iou_threshold", iou_threshold, lambda number: 0 <= number <= 1, "in [0, 1]")
