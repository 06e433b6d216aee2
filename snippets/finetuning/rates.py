"""Two learning rates in one optimizer: small for what is pretrained."""

# --8<-- [start:rates]
import torch
from torch import nn
from torch.nn.utils import parameters_to_vector as vector

from dlqa.lab.images import digits
from dlqa.lab.pretrained import normalize, pretrained

pixels, labels = digits(300)
pixels = pixels.expand(-1, 3, -1, -1)
images = nn.functional.interpolate(pixels, size=64, mode="bilinear")
images = normalize(images)


def fine_tune(backbone, head):
    torch.manual_seed(0)
    model = pretrained(classes=10)  # batch norm in evaluation mode
    parts = nn.ModuleList(model.parts())
    weights = list(parts.parameters())
    before = vector(weights).detach()
    groups = [
        {"params": weights, "lr": backbone},  # (1)!
        {"params": model.classifier.parameters(), "lr": head},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)  # (2)!
    for some in torch.arange(160).split(16):
        optimizer.zero_grad()
        logits = model(images[some])
        nn.functional.cross_entropy(logits, labels[some]).backward()
        optimizer.step()
    right = model(images[200:]).argmax(1) == labels[200:]
    change = (vector(weights) - before).norm() / before.norm()
    print(f"accuracy {right.float().mean():.1f}, change {change:.1g}")


fine_tune(backbone=1e-4, head=1e-2)
fine_tune(backbone=1e-2, head=1e-2)  # (3)!
# --8<-- [end:rates]
