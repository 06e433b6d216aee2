"""Sigmoids on sin 12x, as many as in the original, with `dlqa`."""

# --8<-- [start:train]
import torch

from dlqa.lab.initializers import initialize
from dlqa.lab.training import Adam, Task, train

SEEDS = range(8)
points = torch.linspace(-1, 1, 100)[None, None]
wanted = torch.sin(12 * points)
first = torch.zeros(len(SEEDS), dtype=torch.int64)
task = Task(points, wanted, None, first)  # (1)!
for units in (2, 4, 16):
    start = initialize("gaussian_large", (1, units, 1), SEEDS)
    history = train(start, task, steps=10_000, optimizer=Adam(0.003))
    given = history.final.outputs(points.expand(len(SEEDS), 1, -1))
    errors = (given - wanted).square().mean((1, 2))
    print(f"{units:2} units: {errors.median().item():.1f}")
# --8<-- [end:train]
