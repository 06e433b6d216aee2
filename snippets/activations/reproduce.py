"""Six activations on three sets of two moons, with `dlqa`."""

# --8<-- [start:train]
import math

import torch

from dlqa.lab.activations import CURVES
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot
from dlqa.lab.networks import Stack
from dlqa.lab.training import Task, train


def moons(seed, count=400, noise=0.25):
    generator = torch.Generator().manual_seed(seed)
    labels = torch.arange(count) % 2
    angle = math.pi * torch.rand(count, generator=generator)
    side = 1 - 2 * labels  # (1)!
    x = labels + side * angle.cos()
    y = 0.5 * labels + side * angle.sin()
    shift = torch.randn(2, count, generator=generator)
    return torch.stack([x, y]) + noise * shift, labels


names = ["relu", "tanh", "square", "sin", "sign", "identity"]
inputs, labels = map(torch.stack, zip(*map(moons, range(3))))
fresh, wanted = map(torch.stack, zip(*map(moons, range(9, 12))))
task = Task(inputs, one_hot(labels), None, torch.arange(3))  # (2)!
drawn = initialize("lecun", (2, 30, 30, 2), range(3))
for name in names:
    activation = CURVES.get(name, name)  # (3)!
    start = Stack(drawn.weights, drawn.biases, activation)
    history = train(start, task, steps=800, loss="cross entropy")
    guesses = history.final.outputs(fresh).argmax(1)
    accuracy = (guesses == wanted).float().mean()
    print(f"{name:9} {round(20 * accuracy.item()) / 20:.2f}")
# --8<-- [end:train]
