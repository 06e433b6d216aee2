"""Features from any depth by forward hooks, compared by a classifier without training."""

# --8<-- [start:depths]
import torch
from torch import nn

from dlqa.lab.images import digits
from dlqa.lab.pretrained import normalize, pretrained

pixels, labels = digits(400)
pixels = nn.functional.interpolate(pixels.expand(-1, 3, -1, -1), size=64, mode="bilinear")
images = normalize(pixels)

model = pretrained()
kept = {}


def keep(name):
    def hook(_module, _inputs, output):  # (1)!
        kept[name] = output.mean((2, 3)), output.shape[2]  # (2)!

    return hook


parts = {f"stage {number}": model.stages[number - 1] for number in (1, 3, 5)} | {"head": model.head}
handles = [part.register_forward_hook(keep(name)) for name, part in parts.items()]
with torch.no_grad():
    model(images)
for handle in handles:
    handle.remove()  # (3)!

for name, (features, side) in kept.items():
    train, test = features[:200], features[200:]
    mean, scale = train.mean(0), train.std(0) + 1e-6
    centres = torch.stack([train[labels[:200] == digit].mean(0) for digit in range(10)])  # (4)!
    nearest = torch.cdist((test - mean) / scale, (centres - mean) / scale).argmin(1)
    accuracy = (nearest == labels[200:]).float().mean()
    print(f"{name:8} {features.shape[1]:5} channels, {side:2} x {side:<2}  accuracy {accuracy:.1f}")
# --8<-- [end:depths]
