"""One layer applied two, three and four times, with `dlqa`."""

# --8<-- [start:train]
import torch

from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot
from dlqa.lab.networks import Stack
from dlqa.lab.training import Task, train

SEEDS = 8
x = torch.arange(16) / 16
scaled = (x - x.mean()) / x.std()
labels = (torch.arange(16) % 2)[None]


def shared(times):
    sizes = (1, *[10] * (times + 1), 2)
    drawn = initialize(
        "xavier", sizes, range(SEEDS), activation="relu"
    )
    first, middle, last = 0, 1, times + 1
    layers = (first, *[middle] * times, last)  # (1)!
    return Stack(
        tuple(drawn.weights[layer] for layer in layers),
        tuple(drawn.biases[layer] for layer in layers),
        "relu",
    )


for name, inputs in (("raw", x), ("scaled", scaled)):
    of = torch.zeros(SEEDS, dtype=torch.int64)
    task = Task(inputs[None, None], one_hot(labels), None, of)
    history = train(
        shared(3), task, steps=5000, loss="cross entropy",
        tied=(1, 2, 3),  # (2)!
    )
    outputs = history.final.outputs(inputs.expand(SEEDS, 1, 16))
    right = (outputs.argmax(1) == labels).float().mean().item()
    print(f"{name:6} {round(10 * right) / 10:.1f}")
# --8<-- [end:train]
