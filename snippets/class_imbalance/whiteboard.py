"""A skewed prior: move the threshold, or weight the loss."""

# --8<-- [start:check]
import math

import torch
from torch import nn

torch.manual_seed(0)
ratio = 100


def points(rare, frequent):
    x = torch.randn(rare + frequent, 2)
    x[:rare, 0] += 2
    return x, (torch.arange(len(x)) < rare).float()


def balanced(logits, y, threshold):
    said = (logits > threshold).float()
    return (said[y == 1].mean() + 1 - said[y == 0].mean()) / 2


x, y = points(200, 200 * ratio)
fresh, wanted = points(5000, 5000)
for weight in (1, ratio):
    net = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 1))
    loss = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(weight))  # (1)!
    adam = torch.optim.Adam(net.parameters(), 0.01)
    for _ in range(300):
        adam.zero_grad()
        loss(net(x)[:, 0], y).backward()
        adam.step()
    logits = net(fresh).detach()[:, 0]
    for threshold in (0, -math.log(ratio)):  # (2)!
        found = balanced(logits, wanted, threshold).item()
        print(f"weight {weight:3}, threshold {threshold:4.1f}", end=" ")
        print(f"{round(20 * found) / 20:.2f}")
# --8<-- [end:check]
