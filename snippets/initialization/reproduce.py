"""The source's five initializations on five data sets, with `dlqa`."""

# --8<-- [start:train]
import torch

from dlqa.drawing.canvas import band, panels, spread_labels
from dlqa.drawing.palette import SERIES
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot, sample, shuffled_batches
from dlqa.lab.networks import concatenate
from dlqa.lab.training import Task, train

names = ["xavier", "zero", "one", "gaussian_small", "gaussian_large"]
sizes, seeds = (12, 100, 100, 2), range(5)
data = sample("independent", seeds)
batches = shuffled_batches(seeds, samples=400, steps=500, size=64)
which = torch.arange(5).repeat(5)  # (1)!
start = concatenate([initialize(name, sizes, seeds) for name in names])


def observe(snapshot):
    of = which[snapshot.members]
    guesses = snapshot.stack.outputs(data.fresh_inputs[of]).argmax(1)
    right = guesses == data.fresh_labels[of]
    return {"accuracy": right.float().mean(1)}


task = Task(data.inputs, one_hot(data.labels), batches, which)
at = range(0, 501, 25)
history = train(start, task, steps=500, observe=observe, at=at)
accuracy = history.observed["accuracy"].reshape(5, 5, -1)  # (2)!
figure, (axes,) = panels(["fresh accuracy"], margins=(42, 100))
for name, curves, style in zip(names, accuracy, SERIES):
    band(axes, history.at, curves, style, label=name)
    print(f"{name:15} {curves[:, -1].mean():.1f}")
spread_labels(axes)
figure.savefig("curves.svg")
# --8<-- [end:train]
