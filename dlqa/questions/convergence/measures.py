"""Question 52: what is measured of the way that a layer's weights take.

Axes: E networks, T steps, L layers, W watched weights, O outputs of a layer, I inputs, B samples.
"""

import torch
from torch import Tensor

from dlqa.lab.networks import Stack


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

    def back(now: tuple[Tensor, ...], then: tuple[Tensor, ...], layer: int) -> tuple[Tensor, ...]:
        return (*now[:layer], then[layer], *now[layer + 1 :])

    pairs = [(stack.weights, start.weights), (stack.biases, start.biases)]
    mixed = [[back(*pair, layer) for pair in pairs] for layer in range(len(stack.weights))]
    return [Stack(weights, biases, stack.activation) for weights, biases in mixed]


def _size(values: Tensor) -> Tensor:
    """Root mean square [E] of values [E, O, I]."""
    return values.double().square().mean((1, 2)).sqrt()
