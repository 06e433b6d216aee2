"""A sigmoid network after five preparations, with `dlqa`."""

# --8<-- [start:train]
import torch

from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot
from dlqa.lab.training import Adam, Task, train
from dlqa.questions.dimension_reduction.preparations import preparation
from dlqa.questions.dimension_reduction.record import Params
from dlqa.questions.dimension_reduction.samples import draw

SEEDS, NETWORKS = range(3), range(500, 503)
SETS = [draw("uniform", 200, seed, Params()) for seed in SEEDS]
LABELS = torch.stack([each.labels for each in SETS])
WANTED = torch.stack([each.fresh_labels for each in SETS])


def accuracy(name, rate=0.003):
    changes = [preparation(name, each.inputs) for each in SETS]  # (1)!
    pairs = list(zip(changes, SETS))
    inputs = torch.stack([f(each.inputs) for f, each in pairs])
    fresh = torch.stack([f(each.fresh_inputs) for f, each in pairs])
    sizes = (inputs.shape[1], 100, 100, 2)
    start = initialize("xavier", sizes, NETWORKS)
    targets = one_hot(LABELS)
    task = Task(inputs.float(), targets, None, torch.arange(3))
    history = train(
        start, task, steps=500, loss="cross entropy",
        optimizer=Adam(rate),
    )  # fmt: skip
    guesses = history.final.outputs(fresh.float()).argmax(1)
    return (guesses == WANTED).float().mean().item()


for name in ("none", "centred", "pca_10", "whitened"):
    print(f"{name:8} {round(20 * accuracy(name)) / 20:.2f}")
print(f"slower   {round(20 * accuracy('none', 3e-4)) / 20:.2f}")  # (2)!
# --8<-- [end:train]
