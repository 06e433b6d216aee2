"""Which layer settles first: three metrics of one training run, in plain PyTorch."""

# --8<-- [start:watch]
import torch
from torch import nn


def cka(x, y):  # (1)!
    x, y = x - x.mean(0), y - y.mean(0)
    return (y.T @ x).norm() ** 2 / ((x.T @ x).norm() * (y.T @ y).norm())


def watch(optimizer, rate):
    torch.manual_seed(0)
    linear = [nn.Linear(i, o) for i, o in [(12, 50), (50, 50), (50, 50), (50, 2)]]
    blocks = [nn.Sequential(layer, nn.Sigmoid()) for layer in linear[:3]] + linear[3:]
    inputs = torch.randn(400, 12)
    targets = nn.functional.one_hot((inputs.sum(1) > 0).long(), 2).float()
    update = optimizer(nn.ModuleList(linear).parameters(), lr=rate)
    weights, seen = [], []
    for _ in range(751):
        signals = [inputs]
        for block in blocks:
            signals.append(block(signals[-1]))
        weights.append([layer.weight.detach().clone() for layer in linear])
        seen.append([signal.detach() for signal in signals[1:]])
        update.zero_grad()
        nn.functional.mse_loss(signals[-1], targets).backward()
        update.step()
    print(optimizer.__name__, "log10 step size, distance left and CKA at step 100")
    for layer in range(4):
        path = torch.stack([step[layer] for step in weights])
        step = path.diff(dim=0).square().mean((1, 2)).sqrt().mean()
        left = (path[100] - path[-1]).norm() / (path[0] - path[-1]).norm()  # (2)!
        alike = cka(seen[100][layer], seen[-1][layer])
        print(f"layer {layer + 1}  {step.log10():5.1f}  {left:.1f}  {alike:.1f}")


watch(torch.optim.Adam, 3e-3)
watch(torch.optim.SGD, 0.1)  # (3)!
# --8<-- [end:watch]
