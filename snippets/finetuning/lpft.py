"""Linear probing, then fine-tuning: the head fits before its gradients reach the backbone."""

# --8<-- [start:lpft]
import torch
from torch import nn

from dlqa.lab.images import digits
from dlqa.lab.pretrained import normalize, pretrained

pixels, labels = digits(300)
pixels = nn.functional.interpolate(pixels.expand(-1, 3, -1, -1), size=64, mode="bilinear")
images = normalize(pixels)


def step(model, optimizer, inputs, labels):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(inputs), labels).backward()
    optimizer.step()


for name in ("fine-tuning", "probing, then fine-tuning"):
    torch.manual_seed(0)
    model = pretrained(classes=10)
    if name.startswith("probing"):
        with torch.no_grad():
            features = model.features(images[:96], "head")  # (1)!
        optimizer = torch.optim.AdamW(model.classifier.parameters(), lr=1e-2)
        for _ in range(100):
            step(model.classifier, optimizer, features, labels[:96])
    optimizer = torch.optim.SGD(model.parameters(), lr=3e-3, momentum=0.9)  # (2)!
    sizes = []
    for chosen in torch.arange(96).split(16):
        step(model, optimizer, images[chosen], labels[chosen])
        sizes.append(model.stem.filter.weight.grad.norm())  # (3)!
    with torch.no_grad():
        accuracy = (model(images[200:]).argmax(1) == labels[200:]).float().mean()
    print(f"{name:26} first gradient {sizes[0]:5.1g}, test accuracy {accuracy:.1f}")
# --8<-- [end:lpft]
