"""Three metrics of one training run by layer, in plain PyTorch."""

# --8<-- [start:watch]
import torch
from torch import nn


def cka(x, y):  # (1)!
    x, y = x - x.mean(0), y - y.mean(0)
    return (y.T @ x).norm() ** 2 / ((x.T @ x).norm() * (y.T @ y).norm())


def watch(optimizer, rate):
    torch.manual_seed(0)
    sizes = [(12, 50), (50, 50), (50, 50), (50, 2)]
    linear = [nn.Linear(*size) for size in sizes]
    update = optimizer(nn.ModuleList(linear).parameters(), lr=rate)
    inputs = torch.randn(400, 12)
    classes = (inputs.sum(1) > 0).long()
    targets = nn.functional.one_hot(classes, 2).float()
    weights, seen = [], []
    for _ in range(751):
        flow = [inputs]
        for layer in linear[:3]:
            flow.append(layer(flow[-1]).sigmoid())
        flow.append(linear[3](flow[-1]))
        weights.append([w.weight.detach().clone() for w in linear])
        seen.append([each.detach() for each in flow[1:]])
        update.zero_grad()
        nn.functional.mse_loss(flow[-1], targets).backward()
        update.step()
    print(optimizer.__name__, "log10 step, distance left, CKA")
    for layer, way in enumerate(map(torch.stack, zip(*weights))):
        step = way.diff(dim=0).square().mean((1, 2)).sqrt().mean()
        far = (way[100] - way[-1]).norm() / (way[0] - way[-1]).norm()
        same = cka(seen[100][layer], seen[-1][layer])  # (2)!
        print(f"{layer + 1} {step.log10():5.1f} {far:4.1f} {same:4.1f}")


watch(torch.optim.Adam, 3e-3)
watch(torch.optim.SGD, 0.1)  # (3)!
# --8<-- [end:watch]
