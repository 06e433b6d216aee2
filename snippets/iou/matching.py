"""From IoU to AP: match detections, read precision at every recall."""

# --8<-- [start:ap]
import torch

from dlqa.lab import boxes as lab


def average_precision(boxes, scores, truths, threshold):
    order = scores.argsort(descending=True)
    free, hits = torch.ones(len(truths), dtype=torch.bool), []
    for overlaps in lab.iou(boxes[order], truths):
        best = torch.where(free, overlaps, -1).argmax()
        hits.append(bool(free[best] and overlaps[best] >= threshold))
        free[best] = free[best] & (not hits[-1])  # (1)!
    right = torch.tensor(hits).cumsum(0).double()
    precision = right / torch.arange(1, len(hits) + 1)
    recall = right / len(truths)
    precision = precision.flip(0).cummax(0).values.flip(0)  # (2)!
    points = [precision[recall >= k * 0.01] for k in range(101)]
    return sum(p[0].item() if len(p) else 0.0 for p in points) / 101


truths = torch.tensor([[0.0, 0, 10, 10], [20, 0, 30, 10]])
even = truths + torch.tensor([2.5, 0, 2.5, 0])  # (3)!
uneven = truths + torch.tensor([[0.5, 0, 0.5, 0], [5.4, 0, 5.4, 0]])
scores = torch.tensor([0.9, 0.8])
for name, boxes, given in [
    ("even", even, scores),
    ("uneven", uneven, scores),
    ("reversed", uneven, scores.flip(0)),
]:
    mean = lab.iou(boxes, truths, paired=True).mean()
    loose, strict = (
        average_precision(boxes, given, truths, t) for t in (0.5, 0.75)
    )
    print(f"{name:8} mean IoU {mean:.2f}   ", end="")
    print(f"AP50 {loose:.2f}   AP75 {strict:.2f}")
# --8<-- [end:ap]
