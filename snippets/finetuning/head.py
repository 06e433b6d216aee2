"""A new head on a frozen backbone: the features are computed once, only the head is trained."""

# --8<-- [start:head]
import torch
from torch import nn

from dlqa.lab.images import digits
from dlqa.lab.pretrained import normalize, pretrained

torch.manual_seed(0)
pixels, labels = digits(300)
pixels = nn.functional.interpolate(pixels.expand(-1, 3, -1, -1), size=64, mode="bilinear")
images = normalize(pixels)

model = pretrained()  # 1000 classes of ImageNet
model.requires_grad_(False)  # (1)!
model.classifier = nn.Linear(model.classifier.in_features, 10)  # (2)!
model.eval()  # (3)!

trained = sum(p.numel() for p in model.parameters() if p.requires_grad)
print(f"trained: {trained} of {sum(p.numel() for p in model.parameters())} parameters")

with torch.no_grad():
    features = model.features(images, "head")  # (4)!
train, test = slice(0, 150), slice(150, 300)
optimizer = torch.optim.AdamW(model.classifier.parameters(), lr=1e-2, weight_decay=0.1)
for _ in range(100):
    loss = nn.functional.cross_entropy(model.classifier(features[train]), labels[train])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

correct = model(images[test]).argmax(1) == labels[test]
print(f"test accuracy: {correct.float().mean():.1f}")
# --8<-- [end:head]
