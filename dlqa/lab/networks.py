"""Many multilayer perceptrons of one shape, stacked on a leading axis.

Axes: E networks, I inputs of a layer, O outputs of a layer, B samples. Samples are columns, so that
a layer of the whole stack is one batched product of weights [E, O, I] with activations [E, I, B].
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

Activation = Callable[[Tensor], Tensor]

ACTIVATIONS: Mapping[str, Activation] = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
}


@dataclass(frozen=True)
class Stack:
    """E networks; the activation follows every layer but the last.

    weights: one a layer, [E, O, I]; biases: one a layer, [E, O, 1]; activation: one of ACTIVATIONS
    by name, or an elementwise function. Raises ValueError if the shapes do not chain.
    """

    weights: tuple[Tensor, ...]
    biases: tuple[Tensor, ...]
    activation: str | Activation = "sigmoid"

    def __post_init__(self) -> None:
        if isinstance(self.activation, str) and self.activation not in ACTIVATIONS:
            expected = ", ".join(ACTIVATIONS)
            raise ValueError(f"unknown activation {self.activation!r}; expected one of {expected}")
        if not self.weights or len(self.weights) != len(self.biases):
            given = f"{len(self.weights)} weights and {len(self.biases)} biases"
            raise ValueError(f"a stack needs one bias for each of its weights, not {given}")
        for layer, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            _check_layer(layer, weight, bias, self.weights[max(layer - 1, 0)])

    def __len__(self) -> int:
        return len(self.weights[0])

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units of the inputs and of every layer."""
        return (self.weights[0].shape[2], *(weight.shape[1] for weight in self.weights))

    def hidden(self, inputs: Tensor) -> list[Tensor]:
        """Activations of each hidden layer, [E, O, B] for inputs [E, I, B]."""
        activate = activation_function(self.activation)
        layers = []
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            inputs = activate(torch.baddbmm(bias, weight, inputs))  # [E, O, B]
            layers.append(inputs)
        return layers

    def outputs(self, inputs: Tensor) -> Tensor:
        """What the last layer gives, [E, O, B] for inputs [E, I, B]."""
        last = [inputs, *self.hidden(inputs)][-1]
        return torch.baddbmm(self.biases[-1], self.weights[-1], last)

    def select(self, members: Tensor | Sequence[int] | slice) -> "Stack":
        """The networks at some places: a view for a slice, else a copy."""
        if not isinstance(members, slice):
            members = torch.as_tensor(members, dtype=torch.int64).reshape(-1)
        return Stack(
            tuple(weight[members] for weight in self.weights),
            tuple(bias[members] for bias in self.biases),
            self.activation,
        )


def concatenate(stacks: Sequence[Stack]) -> Stack:
    """One stack of the networks of several, in their order.

    Raises ValueError if there is none, or if their sizes or activations differ.
    """
    kinds = {(stack.sizes, stack.activation) for stack in stacks}
    if len(kinds) != 1:
        given = ", ".join(f"{sizes} {activation}" for sizes, activation in kinds) or "none"
        raise ValueError(f"stacks to concatenate must be of one shape and activation, not {given}")
    return Stack(
        tuple(torch.cat(layer) for layer in zip(*(s.weights for s in stacks), strict=True)),
        tuple(torch.cat(layer) for layer in zip(*(s.biases for s in stacks), strict=True)),
        stacks[0].activation,
    )


def activation_function(activation: str | Activation) -> Activation:
    """The function behind a stack's `activation`."""
    return ACTIVATIONS[activation] if isinstance(activation, str) else activation


def _check_layer(layer: int, weight: Tensor, bias: Tensor, before: Tensor) -> None:
    given = f"layer {layer} has weights {list(weight.shape)} and biases {list(bias.shape)}"
    if weight.dim() != 3 or tuple(bias.shape) != (*weight.shape[:2], 1):
        raise ValueError(f"{given}; expected [E, O, I] and [E, O, 1]")
    if layer and (len(weight) != len(before) or weight.shape[2] != before.shape[1]):
        raise ValueError(f"{given}, which does not follow a layer of {list(before.shape)}")
