"""Two learning rates in one optimizer: small for what is pretrained, large for what is new."""

# --8<-- [start:rates]
import torch
from torch import nn

from dlqa.lab.images import digits
from dlqa.lab.pretrained import normalize, pretrained

pixels, labels = digits(300)
pixels = nn.functional.interpolate(pixels.expand(-1, 3, -1, -1), size=64, mode="bilinear")
images = normalize(pixels)


def fine_tune(backbone_rate, head_rate):
    torch.manual_seed(0)
    model = pretrained(classes=10)  # in evaluation mode, so batch norm stays as it is
    backbone = [p for part in model.parts() for p in part.parameters()]
    before = torch.cat([p.detach().flatten() for p in backbone])
    groups = [
        {"params": backbone, "lr": backbone_rate},  # (1)!
        {"params": model.classifier.parameters(), "lr": head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)  # (2)!
    for chosen in torch.arange(160).split(16):
        loss = nn.functional.cross_entropy(model(images[chosen]), labels[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    change = torch.cat([p.detach().flatten() for p in backbone]).sub(before).norm() / before.norm()
    with torch.no_grad():
        accuracy = (model(images[200:]).argmax(1) == labels[200:]).float().mean()
    print(f"rates {backbone_rate} and {head_rate}: accuracy {accuracy:.1f}, change {change:.1g}")


fine_tune(backbone_rate=1e-4, head_rate=1e-2)
fine_tune(backbone_rate=1e-2, head_rate=1e-2)  # (3)!
# --8<-- [end:rates]
