"""L1, a proximal step, L2 and decoupled weight decay side by side, in plain PyTorch."""

# --8<-- [start:compare]
import torch
from torch import nn

RATE = 3e-3


def train(name, l1=0.0, l2=0.0, decay=0.0, proximal=0.0):
    torch.manual_seed(0)
    labels = torch.arange(400) % 2
    inputs = torch.randn(400, 12) + labels[:, None]
    targets = nn.functional.one_hot(labels, 2).float()
    model = nn.Sequential(
        nn.Linear(12, 50), nn.Sigmoid(), nn.Linear(50, 50), nn.Sigmoid(), nn.Linear(50, 2)
    )
    weights = [layer.weight for layer in model[::2]]
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=decay)
    for _ in range(400):
        loss = nn.functional.mse_loss(model(inputs), targets)
        loss = loss + sum(l1 * w.abs().mean() + l2 * w.square().mean() for w in weights)  # (1)!
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        for w in weights if proximal else []:
            state = optimizer.state[w]
            scale = (state["exp_avg_sq"] / (1 - 0.999 ** state["step"])).sqrt() + 1e-8
            limit = RATE * proximal / w.numel() / scale  # (2)!
            w.data = w.data.sign() * (w.data.abs() - limit).clamp_min(0)  # (3)!
    every = torch.cat([w.detach().flatten() for w in weights]).abs()
    zero, near = (every == 0).float().mean(), (every <= 1e-3).float().mean()
    print(f"{name:12} exactly 0: {zero:.1f}   |w| ≤ 0.001: {near:.1f}   mean |w|: {every.mean():.2f}")


train("none")
train("L1", l1=1.0)
train("proximal L1", proximal=1.0)
train("L2", l2=1.0)
train("AdamW", decay=2.0)  # (4)!
# --8<-- [end:compare]
