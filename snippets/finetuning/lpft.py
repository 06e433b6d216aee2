"""Linear probing, then fine-tuning: the head fits first."""

# --8<-- [start:lpft]
import torch
from torch import nn

from dlqa.lab.images import digits
from dlqa.lab.pretrained import normalize, pretrained

pixels, labels = digits(300)
pixels = pixels.expand(-1, 3, -1, -1)
images = nn.functional.interpolate(pixels, size=64, mode="bilinear")
images = normalize(images)


def step(model, optimizer, inputs, labels):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(inputs), labels).backward()
    optimizer.step()


for first in ("random head", "probed head"):
    torch.manual_seed(0)
    model = pretrained(classes=10)
    if first == "probed head":
        with torch.no_grad():
            features = model.features(images[:96], "head")  # (1)!
        head = model.classifier
        optimizer = torch.optim.AdamW(head.parameters(), lr=1e-2)
        for _ in range(100):
            step(head, optimizer, features, labels[:96])
    rest = model.parameters()
    optimizer = torch.optim.SGD(rest, lr=3e-3, momentum=0.9)  # (2)!
    step(model, optimizer, images[:16], labels[:16])
    size = model.stem.filter.weight.grad.norm()  # (3)!
    print(f"{first}: first gradient {size:.1g}")
# --8<-- [end:lpft]
