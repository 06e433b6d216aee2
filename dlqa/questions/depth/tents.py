"""The tent map and what is made of it: targets, labels, and networks set by hand to fold it.

Axes: I inputs, N places.
"""

import torch
from torch import Tensor

from dlqa.lab.networks import Stack

WIDTH = 10  # units of a hidden layer of the network set by hand; two of them are in use
STEEP = 8.0  # difference of the two outputs at the tent's top


def tent(values: Tensor) -> Tensor:
    """1 at ½, 0 at 0 and at 1, straight between."""
    return 1 - (1 - 2 * values).abs()


def folded(values: Tensor, folds: int) -> Tensor:
    """The tent of the tent of …, `folds` times: 2 to the power of `folds` straight pieces."""
    for _ in range(folds):
        values = tent(values)
    return values


def nested(inputs: Tensor) -> Tensor:
    """[1, N] of inputs [I, N], I a power of 2: the tent of the mean of each two, and so on upwards."""
    while len(inputs) > 1:
        inputs = tent((inputs[0::2] + inputs[1::2]) / 2)
    return inputs


def added(inputs: Tensor) -> Tensor:
    """[1, N] of inputs [I, N]: the mean of the tents of each."""
    return tent(inputs).mean(0, keepdim=True)


def by_hand(folds: int) -> Stack:
    """One network of `folds` hidden layers, all but the first the same (Telgarsky 2016, section 3).

    Two units a layer: with a the value before, max(0, a) and max(0, a − ½), and the tent of a is
    2·max(0, a) − 4·max(0, a − ½). The second output exceeds the first where it is above ½.
    """
    weights = [torch.zeros(1, WIDTH, WIDTH) for _ in range(folds)]
    weights[0] = torch.zeros(1, WIDTH, 1)
    weights[0][0, :2] = 1
    biases = [torch.zeros(1, WIDTH, 1) for _ in range(folds)]
    for weight, bias in zip(weights, biases, strict=True):
        if weight.shape[2] > 1:
            weight[0, :2, 0], weight[0, :2, 1] = 2, -4
        bias[0, 1] = -0.5
    last, offset = torch.zeros(1, 2, WIDTH), torch.zeros(1, 2, 1)
    last[0, 1, 0], last[0, 1, 1], offset[0, 1] = STEEP, -2 * STEEP, -STEEP / 4
    last[0, 0], offset[0, 0] = -last[0, 1], -offset[0, 1]
    return Stack((*weights, last), (*biases, offset), "relu")
