"""Three losses on three data sets a fifth of whose labels are wrong, with `dlqa`."""

# --8<-- [start:train]
from dataclasses import replace

import torch

from dlqa.lab.grids import grid
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import INPUTS, one_hot
from dlqa.lab.training import train
from dlqa.questions.losses.teaching import TEACHES

torch.manual_seed(0)
STEPS = 300
pairs = grid(
    ("independent",), 1, range(3), steps=STEPS, samples=400, fresh=1000
)
data = pairs.data
wrong = torch.rand(data.labels.shape) < 0.2  # (1)!
labels = torch.where(wrong, 1 - data.labels, data.labels)
task = replace(pairs.task, targets=one_hot(labels))
sizes = (INPUTS, 50, 50, 2)
start = initialize("he", sizes, range(3), activation="relu")
for name in ("cross_entropy", "squared", "softmax_absolute"):
    history = train(start, task, steps=STEPS, loss=TEACHES[name])  # (2)!
    guesses = history.final.outputs(data.fresh_inputs).argmax(1)
    accuracy = (guesses == data.fresh_labels).float().mean()
    print(f"{name:17} {round(20 * accuracy.item()) / 20:.2f}")
# --8<-- [end:train]
