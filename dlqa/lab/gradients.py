"""The gradient of the loss, written out by hand.

Axes: E networks, I inputs of a layer, O outputs of a layer, B samples of a batch.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from dlqa.lab.losses import Loss, LossFunction, derivative
from dlqa.lab.networks import Activation
from dlqa.lab.parameters import Parameters
from dlqa.lab.slopes import slope

Move = Callable[[], None]


@dataclass(frozen=True)
class Batch:
    """The samples of one step, in memory that every step reuses.

    inputs [E, I + 1, B], the last row ones; targets [E, O, B]; samples: how many of the B columns
    are samples, the others being zeros that fill a cache line.
    """

    inputs: Tensor
    targets: Tensor
    samples: int


def gradient(
    parameters: Parameters,
    gradients: Parameters,
    batch: Batch,
    activation: str | Activation,
    loss: str | Loss | LossFunction,
) -> Move:
    """What fills `gradients` with the loss's gradient at `parameters` on the batch of the day.

    Backpropagation (Rumelhart, Hinton & Williams 1986), one batched product at a time.
    """
    bent, differentiate = slope(activation, batch.samples), derivative(loss)
    layers = _layers(parameters, gradients, batch)
    last = layers[-1]
    filler = last.sums[:, :, batch.samples :]  # columns that are no samples teach nothing
    filled = filler.numel() == 0

    def move() -> None:
        for layer in layers:
            torch.bmm(layer.weights, layer.inputs, out=layer.sums)
            if layer is not last:
                bent.activate(layer.sums, layer.activations)
        differentiate(last.sums, batch.targets, batch.samples)
        if not filled:
            filler.zero_()
        for layer, below in pairwise(reversed(layers)):
            torch.bmm(layer.inputs, layer.sums_back, out=layer.gradient)
            torch.bmm(layer.weights_back, layer.sums, out=below.sums)
            bent.chain(below.sums, below.activations)
        torch.bmm(layers[0].inputs, layers[0].sums_back, out=layers[0].gradient)

    return move


@dataclass(frozen=True)
class _Layer:
    """One layer's views of the memory that a step works in, made once."""

    weights: Tensor  # [E, O, I + 1]
    weights_back: Tensor  # [E, I, O], without the bias
    gradient: Tensor  # [E, I + 1, O]
    inputs: Tensor  # [E, I + 1, B], the last row ones
    sums: Tensor  # [E, O, B]; on the way back, the gradient by them
    sums_back: Tensor  # [E, B, O]
    activations: Tensor  # [E, O, B], a view of the next layer's inputs


def _layers(parameters: Parameters, gradients: Parameters, batch: Batch) -> list[_Layer]:
    layers, inputs = [], batch.inputs
    for parameter, gradient in zip(parameters.layers, gradients.layers, strict=True):
        networks, _, units = parameter.shape
        following = parameter.new_ones(networks, units + 1, inputs.shape[2])
        sums = parameter.new_empty(networks, units, inputs.shape[2])
        weights = (parameter.mT, parameter[:, :-1])
        layers.append(_Layer(*weights, gradient, inputs, sums, sums.mT, following[:, :-1]))
        inputs = following
    return layers
