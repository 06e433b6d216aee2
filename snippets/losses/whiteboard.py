"""How hard three losses push a network that is wrong, undecided or right."""

# --8<-- [start:check]
import torch
from torch.nn.functional import cross_entropy, one_hot

LABEL = torch.tensor([1])
TARGET = one_hot(LABEL, 2).float()


def squared(z):
    return (z.sigmoid() - TARGET).square().sum()


def absolute(z):
    return (z.softmax(1) - TARGET).abs().sum()


LOSSES = {
    "cross entropy": lambda z: cross_entropy(z, LABEL),
    "squared, sigmoid": squared,
    "absolute, softmax": absolute,
}
for name, loss in LOSSES.items():
    pushes = []
    for lead in (-10.0, -4.0, 0.0, 4.0):  # (1)!
        z = torch.tensor([[-lead / 2, lead / 2]], requires_grad=True)
        loss(z).backward()
        pushes.append(f"{z.grad.abs().max():.2f}")
    print(f"{name:18}", *pushes)
# --8<-- [end:check]
