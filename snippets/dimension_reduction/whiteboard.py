"""PCA by hand: what centring does, and what dropping loses."""

# --8<-- [start:check]
import torch

torch.manual_seed(0)


def pca(samples, count):  # samples [N, I]
    centred = samples - samples.mean(0)
    directions = torch.linalg.svd(centred, full_matrices=False)[2]
    return centred @ directions[:count].T


def accuracy(samples, labels):  # least squares, on itself
    ones = torch.ones(len(samples), 1)
    columns = torch.cat([samples, ones], 1)
    wanted = 2.0 * labels[:, None] - 1
    weights = torch.linalg.lstsq(columns, wanted).solution
    guesses = (columns @ weights)[:, 0] > 0
    return (guesses == labels.bool()).float().mean().item()


labels = torch.arange(1000) % 2
quiet = labels[:, None] + 0.25 * torch.randn(1000, 1)  # (1)!
samples = torch.cat([quiet, 2 * torch.randn(1000, 10)], 1)
kept = pca(samples, 10)
share = kept.var(0).sum() / samples.var(0).sum()
print(f"variance kept: {share.item():.0%}")
for name, each in {"all": samples, "10 of 11": kept}.items():
    print(f"{name:8} {round(20 * accuracy(each, labels)) / 20:.2f}")

mixed = torch.rand(1000, 200) @ torch.rand(200, 200)  # (2)!
layer = torch.nn.Linear(200, 100)
for name, each in {"raw": mixed, "centred": pca(mixed, 200)}.items():
    outputs = layer(each).sigmoid()
    far = ((outputs < 0.05) | (outputs > 0.95)).float().mean()
    print(f"{name:8} saturated {round(10 * far.item()) / 10:.0%}")
# --8<-- [end:check]
