"""A linear probe on features from every depth, on digits."""

# --8<-- [start:depths]
import torch
from matplotlib.figure import Figure
from torch import nn

from dlqa.lab.efficientnet import DEPTHS
from dlqa.lab.images import digits
from dlqa.lab.pretrained import normalize, pretrained
from dlqa.lab.probes import accuracy, ridge

pixels, labels = digits(500)
pixels = pixels.expand(-1, 3, -1, -1)
images = nn.functional.interpolate(pixels, size=32, mode="bilinear")

with torch.no_grad():
    pooled = pretrained().pooled_by_depth(normalize(images))  # (1)!

first = [torch.where(labels == digit)[0][:5] for digit in range(10)]
train, test = torch.cat(first), torch.arange(300, 500)  # (2)!
found = []
for depth, features in zip(DEPTHS, pooled):
    probe = ridge(features[train], labels[train], 10, [1.0])  # (3)!
    right = accuracy(probe, features[test], labels[test]).item()
    found.append(right)
    print(f"{depth:7} {features.shape[1]:5} channels  {right:.1f}")

figure = Figure()
axes = figure.add_subplot(xlabel="depth", ylabel="accuracy")
axes.plot(DEPTHS, found, marker="o")
# --8<-- [end:depths]
