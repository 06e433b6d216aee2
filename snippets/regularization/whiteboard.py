"""L1, a proximal step, L2 and decoupled weight decay side by side."""

# --8<-- [start:compare]
import torch
from torch import nn


def train(name, l1=0, l2=0, decay=0, proximal=0, rate=3e-3):
    torch.manual_seed(0)
    y = torch.eye(2)[torch.arange(400) % 2]
    x = torch.randn(400, 12) + y[:, 1:]
    linear = [nn.Linear(12, 50), nn.Linear(50, 50), nn.Linear(50, 2)]
    act = nn.Sigmoid()
    net = nn.Sequential(linear[0], act, linear[1], act, linear[2])
    weights = [layer.weight for layer in linear]
    adam = torch.optim.AdamW(net.parameters(), rate, weight_decay=decay)
    for _ in range(400):
        loss = nn.functional.mse_loss(net(x), y)
        for w in weights:  # (1)!
            loss = loss + l1 * w.abs().mean() + l2 * w.square().mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
        for w in weights if proximal else []:
            state = adam.state[w]
            v = state["exp_avg_sq"] / (1 - 0.999 ** state["step"])
            limit = rate * proximal / w.numel() / (v.sqrt() + 1e-8)
            w.data = w.sign() * (w.abs() - limit).clamp_min(0)  # (2)!
    size = torch.cat([w.detach().flatten() for w in weights]).abs()
    zero, near = ((size <= at).float().mean() for at in (0, 1e-3))
    print(f"{name:12} exactly 0: {zero:.1f}   ", end="")
    print(f"|w| ≤ 0.001: {near:.1f}   mean |w|: {size.mean():.2f}")


train("none")
train("L1", l1=1.0)
train("proximal L1", proximal=1.0)
train("L2", l2=1.0)
train("AdamW", decay=2.0)  # (3)!
# --8<-- [end:compare]
