"""The figure of depths again, on digits: a linear probe on features from every depth."""

# --8<-- [start:depths]
import torch
from matplotlib.figure import Figure
from torch import nn

from dlqa.lab.efficientnet import DEPTHS
from dlqa.lab.images import digits
from dlqa.lab.pretrained import normalize, pretrained
from dlqa.lab.probes import accuracy, ridge

pixels, labels = digits(500)
pixels = nn.functional.interpolate(pixels.expand(-1, 3, -1, -1), size=32, mode="bilinear")
images = normalize(pixels)

with torch.no_grad():
    pooled = pretrained().pooled_by_depth(images)  # (1)!

train = torch.cat([torch.where(labels == digit)[0][:5] for digit in range(10)])  # (2)!
test = torch.arange(300, 500)
found = []
for depth, features in zip(DEPTHS, pooled):
    probe = ridge(features[train], labels[train], 10, [1.0])  # (3)!
    found.append(accuracy(probe, features[test], labels[test]).item())
    print(f"{depth:7} {features.shape[1]:5} channels  accuracy {found[-1]:.1f}")

figure = Figure()
axes = figure.add_subplot(xlabel="depth", ylabel="accuracy")
axes.plot(DEPTHS, found, marker="o")
# --8<-- [end:depths]
