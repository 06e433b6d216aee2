"""What a ReLU layer can be, and what training makes of it."""

# --8<-- [start:check]
import torch
from torch import nn

torch.manual_seed(0)
units = 64
x = torch.linspace(-1, 1, 100)[:, None]
wanted = torch.sin(12 * x)

kinks = torch.linspace(-1, 1, units + 1)
heights = torch.sin(12 * kinks)
slopes = heights.diff() / kinks.diff()
before = torch.cat([torch.zeros(1), slopes[:-1]])
hidden = torch.relu(x - kinks[:-1])  # (1)!
by_hand = heights[0] + hidden @ (slopes - before)[:, None]  # (2)!

model = nn.Sequential(
    nn.Linear(1, units), nn.ReLU(), nn.Linear(units, 1)
)
adam = torch.optim.Adam(model.parameters(), lr=0.003)
for _ in range(3000):
    adam.zero_grad()
    loss = nn.functional.mse_loss(model(x), wanted)
    loss.backward()
    adam.step()


def error(given):
    return nn.functional.mse_loss(given, wanted).item()


both = torch.relu(x) + torch.relu(-x)
print("two ReLUs are |x|:", torch.equal(both, x.abs()))
print("by hand, below 0.0001:", error(by_hand) < 0.0001)
print("trained, ten times that:", error(model(x)) > 0.001)
# --8<-- [end:check]
