"""What an activation does to a deep network before any step."""

# --8<-- [start:check]
import torch
from torch import nn

torch.manual_seed(0)
points = torch.randn(200, 2)
classes = (points[:, 0] * points[:, 1] > 0).long()


def network(activation, gain, depth=20):
    layers, inputs = [], 2
    for _ in range(depth):
        layers += [nn.Linear(inputs, 30), activation]
        inputs = 30
    model = nn.Sequential(*layers, nn.Linear(30, 2))
    for layer in model[::2]:
        deviation = (gain / layer.in_features) ** 0.5  # (1)!
        nn.init.normal_(layer.weight, std=deviation)
        nn.init.zeros_(layer.bias)
    return model


def gradient_left(model):
    loss = nn.functional.cross_entropy(model(points), classes)
    loss.backward()
    first, last = model[0].weight.grad, model[-1].weight.grad
    return torch.log10(first.norm() / last.norm())  # (2)!


linear = network(nn.Identity(), 1)
sums = linear(points) + linear(points.flip(0))
whole = linear(points + points.flip(0)) + linear(0 * points)
print("affine:", torch.allclose(sums, whole, atol=1e-4))  # (3)!
for activation, gain in ((nn.Sigmoid(), 1), (nn.ReLU(), 2)):
    left = gradient_left(network(activation, gain))
    print(f"{activation!s:10} gradient left: 10^{round(left.item())}")
# --8<-- [end:check]
