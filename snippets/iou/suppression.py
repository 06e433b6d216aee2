"""Non-maximum suppression, the greedy rule of detector libraries."""

# --8<-- [start:nms]
import torch

from dlqa.lab import boxes as lab


def nms(boxes, scores, threshold):
    waiting = scores.argsort(descending=True)
    kept = []
    while len(waiting):
        best, waiting = waiting[0], waiting[1:]
        kept.append(best.item())
        overlaps = lab.iou(boxes[best, None], boxes[waiting])[0]
        waiting = waiting[overlaps <= threshold]  # (1)!
    return kept


boxes = torch.tensor(
    [[0, 0, 10, 10], [1, 1, 11, 11], [0, 0, 9, 10], [20, 0, 30, 10]]
)
scores = torch.tensor([0.8, 0.9, 0.7, 0.6])
for threshold in (0.5, 0.65, 0.95):
    kept = nms(boxes, scores, threshold)
    assert kept == lab.nms(boxes, scores, threshold).tolist()
    print(f"threshold {threshold:4}: keeps {kept}")
# --8<-- [end:nms]
