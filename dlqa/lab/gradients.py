"""The gradient of the loss: written out by hand for named losses and activations, else autograd.

Axes: E networks, I inputs of a layer, O outputs of a layer, B samples of a batch. Both ways read
the same batch and write into the same block of gradients, so that either can stand for the other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from dlqa.lab.losses import LOSSES, LossFunction, loss_function
from dlqa.lab.networks import Activation
from dlqa.lab.parameters import Parameters, as_stack

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


@dataclass(frozen=True)
class Slope:
    """An activation with its derivative, both in place and without a temporary.

    activate(sums, out): the activations; chain(gradient, activations): the derivative by the
    activations becomes the one by the sums.
    """

    activate: Callable[[Tensor, Tensor], object]
    chain: Callable[[Tensor, Tensor], object]


_sigmoid_backward = torch.ops.aten.sigmoid_backward.grad_input
_tanh_backward = torch.ops.aten.tanh_backward.grad_input
_threshold_backward = torch.ops.aten.threshold_backward.grad_input

SLOPES: Mapping[str, Slope] = {
    "sigmoid": Slope(
        activate=lambda sums, out: torch.sigmoid(sums, out=out),
        chain=lambda gradient, s: _sigmoid_backward(gradient, s, grad_input=gradient),
    ),
    "tanh": Slope(  # as networks.tanh, in place
        activate=lambda sums, out: torch.sigmoid(sums.mul_(2), out=out).mul_(2).sub_(1),
        chain=lambda gradient, t: _tanh_backward(gradient, t, grad_input=gradient),
    ),
    "relu": Slope(
        activate=lambda sums, out: torch.clamp_min(sums, 0, out=out),
        chain=lambda gradient, r: _threshold_backward(gradient, r, 0, grad_input=gradient),
    ),
}


def gradient(
    parameters: Parameters,
    gradients: Parameters,
    batch: Batch,
    activation: str | Activation,
    loss: str | LossFunction,
) -> Move:
    """What fills `gradients` with the loss's gradient at `parameters` on the batch of the day."""
    if isinstance(activation, str) and isinstance(loss, str):
        return by_hand(parameters, gradients, batch, activation, loss)
    return by_autograd(parameters, gradients, batch, activation, loss)


def by_hand(
    parameters: Parameters, gradients: Parameters, batch: Batch, activation: str, loss: str
) -> Move:
    """Backpropagation (Rumelhart, Hinton & Williams 1986), one batched product at a time."""
    slope, differentiate = SLOPES[activation], LOSSES[loss].differentiate
    layers = _layers(parameters, gradients, batch)
    last = layers[-1]
    filler = last.sums[:, :, batch.samples :]  # columns that are no samples teach nothing
    filled = filler.numel() == 0

    def move() -> None:
        for layer in layers:
            torch.bmm(layer.weights, layer.inputs, out=layer.sums)
            if layer is not last:
                slope.activate(layer.sums, layer.activations)
        differentiate(last.sums, batch.targets, batch.samples)
        if not filled:
            filler.zero_()
        for layer, below in pairwise(reversed(layers)):
            torch.bmm(layer.inputs, layer.sums_back, out=layer.gradient)
            torch.bmm(layer.weights_back, layer.sums, out=below.sums)
            slope.chain(below.sums, below.activations)
        torch.bmm(layers[0].inputs, layers[0].sums_back, out=layers[0].gradient)

    return move


def by_autograd(
    parameters: Parameters,
    gradients: Parameters,
    batch: Batch,
    activation: str | Activation,
    loss: str | LossFunction,
) -> Move:
    """The same for any differentiable activation and loss."""
    value = loss_function(loss)
    inputs = batch.inputs[:, :-1, : batch.samples]
    targets = batch.targets[:, :, : batch.samples]

    def objective(layers: Sequence[Tensor]) -> Tensor:
        return value(as_stack(layers, activation).outputs(inputs), targets)  # [E]

    def move() -> None:
        found = differentiate(objective, parameters)
        for into, layer in zip(gradients.layers, found, strict=True):
            into.copy_(layer)

    return move


def differentiate(
    objective: Callable[[Sequence[Tensor]], Tensor], parameters: Parameters
) -> Sequence[Tensor]:
    """The gradient by each layer [E, I + 1, O] of an objective [E]; zeros where it has no part.

    The networks' objectives are summed: none depends on another's weights, so each gets its own.
    """
    with torch.enable_grad():
        layers = [layer.detach().requires_grad_() for layer in parameters.layers]
        total = objective(layers).sum()
        return torch.autograd.grad(total, layers, materialize_grads=True)


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
