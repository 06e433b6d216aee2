"""Every box of one set against every box of another."""

# --8<-- [start:pairwise]
import torch


def pairwise_iou(a, b):
    start = torch.maximum(a[:, None, :2], b[None, :, :2])  # (N, M, 2)
    end = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = (end - start).clamp(min=0).prod(-1)  # (1)!
    area_a = (a[:, 2:] - a[:, :2]).prod(-1)
    area_b = (b[:, 2:] - b[:, :2]).prod(-1)
    union = area_a[:, None] + area_b - shared
    smallest = torch.finfo(union.dtype).tiny
    return shared / union.clamp(min=smallest)  # (2)!


truths = torch.tensor([[0.0, 0, 10, 10], [20, 0, 30, 20]])
boxes = torch.tensor(
    [[1.0, 1, 11, 11], [20, 5, 30, 20], [40, 40, 50, 50]]
)
print(pairwise_iou(truths, boxes).numpy().round(3))
# --8<-- [end:pairwise]
