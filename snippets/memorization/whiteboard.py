"""The test by shuffled labels, in plain PyTorch."""

# --8<-- [start:check]
import torch
from torch import nn

torch.manual_seed(0)


def points(count):
    classes = torch.arange(count) % 2
    noise = torch.randn(count, 6)
    return noise + classes[:, None], classes


def accuracy(model, inputs, labels):
    right = model(inputs).argmax(1) == labels
    return right.float().mean().item()


inputs, classes = points(150)
fresh, wanted = points(2000)
shuffled = classes[torch.randperm(len(classes))]  # (1)!
for name, labels in (("true", classes), ("shuffled", shuffled)):
    layers = [nn.Linear(6, 64), nn.ReLU()]
    layers += [nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 2)]
    model = nn.Sequential(*layers)
    adam = torch.optim.Adam(model.parameters(), 3e-3)
    for _ in range(600):
        loss = nn.functional.cross_entropy(model(inputs), labels)
        adam.zero_grad()
        loss.backward()
        adam.step()
    on_training = accuracy(model, inputs, labels)
    on_fresh = accuracy(model, fresh, wanted)  # (2)!
    print(f"{name:8} {on_training:.1f} {on_fresh:.1f}")
# --8<-- [end:check]
