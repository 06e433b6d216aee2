"""A new head on a frozen backbone: features are computed once."""

# --8<-- [start:head]
import torch
from torch import nn

from dlqa.lab.images import digits
from dlqa.lab.pretrained import normalize, pretrained

torch.manual_seed(0)
pixels, labels = digits(300)
pixels = pixels.expand(-1, 3, -1, -1)
images = nn.functional.interpolate(pixels, size=64, mode="bilinear")
images = normalize(images)

model = pretrained()  # 1000 classes of ImageNet
model.requires_grad_(False)  # (1)!
width = model.classifier.in_features
model.classifier = nn.Linear(width, 10)  # (2)!
model.eval()  # (3)!

counts = {True: 0, False: 0}
for weight in model.parameters():
    counts[weight.requires_grad] += weight.numel()
print(f"trained: {counts[True]} of {sum(counts.values())} parameters")

with torch.no_grad():
    features = model.features(images, "head")  # (4)!
head, train, test = model.classifier, slice(0, 150), slice(150, 300)
optimizer = torch.optim.AdamW(head.parameters(), lr=0.01)
for _ in range(100):
    logits = head(features[train])
    loss = nn.functional.cross_entropy(logits, labels[train])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

correct = model(images[test]).argmax(1) == labels[test]
print(f"test accuracy: {correct.float().mean():.1f}")
# --8<-- [end:head]
