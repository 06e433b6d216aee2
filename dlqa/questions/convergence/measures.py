"""Question 52: what is measured of the way that a layer's weights take.

Axes: E networks, T steps, L layers, W sampled weights, O outputs of a layer, I inputs, B samples.
"""

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor

from dlqa.lab.networks import Stack

SAMPLE_SEED = 30_000  # apart from the seeds of data sets, networks and batches


Places = Sequence[tuple[Tensor, Tensor]]  # of each layer's watched weights: outputs [W], inputs [W]


def random_places(sizes: Sequence[int], count: int) -> Places:
    """A random sample of every layer's weights, the same for every network."""
    generator = torch.Generator().manual_seed(SAMPLE_SEED)
    drawn = [
        (torch.randperm(outputs * inputs, generator=generator)[:count], inputs)
        for inputs, outputs in pairwise(sizes)
    ]
    return [(place // inputs, place % inputs) for place, inputs in drawn]


def source_places(sizes: Sequence[int], count: int) -> Places:
    """The weights that the source draws: the last of the matrix [I, O], flattened row by row.

    In the first layer they all leave the last input.
    """
    places = []
    for inputs, outputs in pairwise(sizes):
        last = torch.arange(inputs * outputs)[-count:]
        places.append((last % outputs, last // outputs))
    return places


def pick(stack: Stack, places: Places) -> Tensor:
    """The weights at these places, [E, L, W]."""
    weights = zip(stack.weights, places, strict=True)
    return torch.stack([weight[:, outputs, inputs] for weight, (outputs, inputs) in weights], 1)


def step_sizes(paths: Tensor) -> Tensor:
    """Root mean square change of the weights in each step, [E, T, L], of paths [E, T + 1, L, W]."""
    return paths.diff(dim=1).square().mean(3).sqrt()


def nearly_monotone(paths: Tensor, retreat: float) -> Tensor:
    """Share [E, L] of weights that never go back by more than `retreat` of their range.

    paths: [E, T, L, W]. Back is away from where the weight ends.
    """
    ways = (paths - paths[:, :1]) * (paths[:, -1:] - paths[:, :1]).sign()
    furthest_back = (ways.cummax(1).values - ways).amax(1)  # [E, L, W]
    return (furthest_back <= retreat * (ways.amax(1) - ways.amin(1))).double().mean(2)


def gradients(stack: Stack, inputs: Tensor, targets: Tensor) -> Tensor:
    """Root mean square gradient of a weight of each layer, [E, L], under mean squared error."""
    weights = tuple(weight.detach().requires_grad_() for weight in stack.weights)
    outputs = Stack(weights, stack.biases, stack.activation).outputs(inputs)
    losses = (outputs - targets).square().mean((1, 2))  # [E]
    return torch.stack([_size(grad) for grad in torch.autograd.grad(losses.sum(), weights)], 1)


def sizes_apart(one: Stack, two: Stack) -> Tensor:
    """Root mean square difference of a weight of each layer, [E, L]."""
    pairs = zip(one.weights, two.weights, strict=True)
    return torch.stack([_size(first - second) for first, second in pairs], 1)


def weight_sizes(stack: Stack) -> Tensor:
    """Root mean square weight of each layer, [E, L]."""
    return torch.stack([_size(weight) for weight in stack.weights], 1)


def layers_set_back(stack: Stack, start: Stack) -> list[Stack]:
    """The stack with one layer after another, weights and biases, as it was at the start."""
    return [
        Stack(
            _with(stack.weights, start.weights, layer),
            _with(stack.biases, start.biases, layer),
            stack.activation,
        )
        for layer in range(len(stack.weights))
    ]


def _with(layers: tuple[Tensor, ...], others: tuple[Tensor, ...], place: int) -> tuple[Tensor, ...]:
    return (*layers[:place], others[place], *layers[place + 1 :])


def _size(values: Tensor) -> Tensor:
    """Root mean square [E] of values [E, O, I]."""
    return values.double().square().mean((1, 2)).sqrt()
