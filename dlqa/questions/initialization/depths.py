"""Question 51: how large signals and gradients are in deep networks before any training.

Axes: E networks, L hidden layers, O units of one, B samples.
"""

import torch
import xarray as xr
from torch import Tensor

from dlqa.lab.grids import Grid, grid
from dlqa.lab.networks import Stack
from dlqa.lab.parts import Part, Seeds
from dlqa.questions.initialization.record import Params

DIMS = ("setting", "initializer", "seed", "layer")


def part(params: Params, setting: str, initializer: str) -> Part:
    """The part of the study that measures one activation with one initializer."""

    def run(seeds: Seeds, _: int) -> xr.Dataset:
        pairs = grid(["independent"], 1, seeds, steps=1, samples=params.samples, fresh=0)
        start = pairs.start([initializer], (params.width,) * params.depth, setting)
        layers = list(range(1, params.depth + 1))
        places = ([setting], [initializer], list(pairs.which), layers)
        found = zip(("signal", "error"), mean_squares(start, pairs), strict=True)
        values = {name: (DIMS, each[None, None]) for name, each in found}
        return xr.Dataset(values, dict(zip(DIMS, places, strict=True)))

    return Part(run, params.seeds, networks=1, most=params.seeds)


def mean_squares(stack: Stack, pairs: Grid) -> tuple[Tensor, Tensor]:
    """Of each hidden layer's outputs, and of the loss's gradient by them over the last one's, [E, L]."""
    layers = stack.hidden(pairs.task.inputs[pairs.task.of].requires_grad_())  # [E, O, B] each
    outputs = torch.baddbmm(stack.biases[-1], stack.weights[-1], layers[-1])
    losses = (outputs - pairs.task.targets[pairs.task.of]).square().mean((1, 2))  # [E]
    errors = _sizes(torch.autograd.grad(losses.sum(), layers))
    return _sizes([layer.detach() for layer in layers]), errors / errors[:, -1:]


def _sizes(layers: list[Tensor] | tuple[Tensor, ...]) -> Tensor:
    return torch.stack([each.double().square().mean((1, 2)) for each in layers], 1)
