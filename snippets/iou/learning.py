"""Boxes that start apart from their targets, moved by each loss."""

# --8<-- [start:learn]
import torch

from dlqa.drawing.canvas import band, panels, spread_labels
from dlqa.drawing.palette import SERIES
from dlqa.lab.boxes import ciou, diou, giou, iou

STEPS = 400
generator = torch.Generator().manual_seed(0)
truth = torch.tensor([0.0, 0.0, 1.0, 1.0]).expand(64, 4)
shift = 1.5 + torch.rand(64, 1, generator=generator)  # (1)!
starts = truth + shift * torch.tensor([1.0, 0.3, 1.0, 0.3])

figure, (axes,) = panels(["IoU"], margins=(42, 60))
for measure, style in zip((iou, giou, diou, ciou), SERIES):
    boxes, curves = starts.clone().requires_grad_(), []
    for step in range(STEPS):
        curves.append(iou(boxes, truth, paired=True).detach())
        loss = 1 - measure(boxes, truth, paired=True)
        (gradient,) = torch.autograd.grad(loss.sum(), boxes)
        with torch.no_grad():
            boxes -= 0.2 * (1 - step / STEPS) * gradient  # (2)!
            boxes[:, 2:] = torch.maximum(boxes[:, :2], boxes[:, 2:])
    name = measure.__name__
    first, last = curves[0].mean(), curves[-1].mean()
    band(axes, range(STEPS), torch.stack(curves, 1), style, label=name)
    print(f"{name:5} starts at {first:.1f}, ends at {last:.1f}")
spread_labels(axes)
figure.savefig("learning.svg")
# --8<-- [end:learn]
