"""The noise of a batch's gradient, and gradients accumulated."""

# --8<-- [start:check]
import torch

torch.manual_seed(0)
samples = 256
x, y = torch.randn(samples, 8), torch.randn(samples)
w = torch.randn(8)
each = (x @ w - y)[:, None] * x  # (1)!
apart = each - each.mean(0)
single = apart.square().sum(1).mean()
orders = torch.rand(20000, samples).argsort(1)  # (2)!
for batch in (1, 4, 16, 64):
    means = apart[orders[:, :batch]].mean(1)
    noise = means.square().sum(1).mean() / single
    said = (samples - batch) / (batch * (samples - 1))  # (3)!
    print(f"batch {batch:2}  measured/formula {noise / said:.1f}")

whole = each[:64].mean(0)
parts = torch.stack([part.mean(0) for part in each[:64].split(16)])
print("accumulated:", torch.allclose(parts.mean(0), whole, atol=1e-5))
# --8<-- [end:check]
