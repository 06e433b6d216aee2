"""One layer applied several times: copies that get one gradient and so stay one.

Axes: E networks, I inputs of a layer, O outputs of a layer. The optimizers move equal numbers with
equal gradients equally, bit by bit, so copies that start equal are equal at every step.
"""

from collections.abc import Sequence

import torch

from dlqa.lab.arguments import check_count, check_sequence
from dlqa.lab.gradients import Move
from dlqa.lab.networks import Stack
from dlqa.lab.parameters import Parameters


def check_tied(stack: Stack, tied: Sequence[int]) -> None:
    """`tied` names layers from 0 on, none twice, whose weights and biases are equal, bit by bit.

    Raises TypeError or ValueError where it does not.
    """
    check_sequence("tied", tied, "layers")
    for place, layer in enumerate(tied):
        check_count(f"tied[{place}]", layer, 0, len(stack.weights) - 1)
    if len(set(tied)) != len(tied):
        raise ValueError(f"tied is {list(tied)}: expected each layer once")
    for layer in tied[1:]:
        if not all(
            torch.equal(each[tied[0]], each[layer]) for each in (stack.weights, stack.biases)
        ):
            raise ValueError(
                f"layers {tied[0]} and {layer} are tied: expected them to start with equal weights "
                "and biases"
            )


def tie(gradients: Parameters, tied: Sequence[int]) -> Move:
    """What gives every copy of a layer the sum of all copies' gradients, that of the layer."""
    first, *others = (gradients.layers[layer] for layer in tied)

    def move() -> None:
        for other in others:
            first.add_(other)
        for other in others:
            other.copy_(first)

    return move
