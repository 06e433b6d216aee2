"""Single weights that are watched: a random sample of each layer, or the last of its matrix.

Axes: E networks, L layers, W watched weights, O outputs of a layer, I inputs.
"""

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor

from dlqa.lab.arguments import check_count, check_kind, check_seed, check_sequence
from dlqa.lab.networks import Stack

Places = Sequence[tuple[Tensor, Tensor]]  # of each layer's watched weights: outputs [W], inputs [W]


def random_places(sizes: Sequence[int], count: int, *, seed: int) -> Places:
    """A random sample of every layer's weights, the same for every network."""
    _check(sizes, count)
    check_seed("seed", seed)
    generator = torch.Generator("cpu").manual_seed(seed)
    drawn = [
        (torch.randperm(outputs * inputs, device="cpu", generator=generator)[:count], inputs)
        for inputs, outputs in pairwise(sizes)
    ]
    return [(place // inputs, place % inputs) for place, inputs in drawn]


def last_places(sizes: Sequence[int], count: int) -> Places:
    """The last of every layer's matrix [I, O], flattened row by row.

    Where a layer has as many outputs or more, they all leave its last input.
    """
    _check(sizes, count)
    places = []
    for inputs, outputs in pairwise(sizes):
        last = torch.arange(inputs * outputs, device="cpu")[-count:]
        places.append((last % outputs, last // outputs))
    return places


def pick(stack: Stack, places: Places) -> Tensor:
    """The weights at these places, [E, L, W], of the first layers if there are no more places."""
    check_kind("stack", stack, Stack, "a Stack")
    check_sequence("places", places, "places of a layer's weights", 1)
    weights = zip(stack.weights, places, strict=False)
    return torch.stack([weight[:, outputs, inputs] for weight, (outputs, inputs) in weights], 1)


def _check(sizes: Sequence[int], count: int) -> None:
    check_sequence("sizes", sizes, "sizes, of inputs and of each layer", 2)
    check_count("count", count, 1, min(one * two for one, two in pairwise(sizes)))
