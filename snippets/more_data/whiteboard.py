"""A formula and a network on few and many points, flat and curved."""

# --8<-- [start:check]
import torch
from torch import nn

torch.manual_seed(0)


def draw(count, curved):
    y = torch.arange(count) % 2
    side, noise = 2 * y[:, None] - 1, torch.randn(count, 12)
    if curved:
        return noise * torch.exp(0.35 * side), y  # (1)!
    return noise + 0.47 * side, y

def lda(x, y):
    zero, one = x[y == 0], x[y == 1]
    pooled = zero.T.cov() + one.T.cov()
    normal = torch.linalg.solve(pooled, one.mean(0) - zero.mean(0))
    return lambda new: (new - x.mean(0)) @ normal > 0

def network(x, y):
    model = nn.Sequential(
        nn.Linear(12, 100), nn.ReLU(), nn.Linear(100, 2))
    adam = torch.optim.Adam(model.parameters(), 3e-3)
    for _ in range(300):
        loss = nn.functional.cross_entropy(model(x), y)
        adam.zero_grad(), loss.backward(), adam.step()
    return lambda new: model(new).argmax(1)

for curved in (False, True):
    fresh, wanted = draw(4000, curved)
    for count in (64, 4096):
        x, y = draw(count, curved)
        for fit in (lda, network):
            right = (fit(x, y)(fresh) == wanted).float().mean()
            print(curved, count, fit.__name__, f"{right:.1f}")
# --8<-- [end:check]
