"""Many multilayer perceptrons of one shape, stacked on a leading axis.

Axes: E networks, I inputs of a layer, O outputs of a layer, B samples. Samples are columns, so that
a layer of the whole stack is one batched product of weights [E, O, I] with activations [E, I, B].
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from dlqa.lab.arguments import check_count, check_kind, check_name, check_sequence, check_tensor

Activation = Callable[[Tensor], Tensor]


def tanh(values: Tensor) -> Tensor:
    """tanh(x) = 2·sigmoid(2x) − 1, to 1e-7: on CPUs a quarter of the time of torch.tanh."""
    return torch.sigmoid(2 * values).mul(2).sub(1)


ACTIVATIONS: Mapping[str, Activation] = {"sigmoid": torch.sigmoid, "tanh": tanh, "relu": torch.relu}


@dataclass(frozen=True)
class Stack:
    """E networks; the activation follows every layer but the last.

    weights: one a layer, [E, O, I]; biases: one a layer, [E, O, 1]; activation: one of ACTIVATIONS
    by name, or an elementwise function. Raises TypeError or ValueError for an unknown name, shapes
    that do not chain, or numbers of different types or in different places.
    """

    weights: tuple[Tensor, ...]
    biases: tuple[Tensor, ...]
    activation: str | Activation = "sigmoid"

    def __post_init__(self) -> None:
        if not callable(self.activation):
            check_name("activation", self.activation, ACTIVATIONS)
        check_sequence("weights", self.weights, "tensors")
        check_sequence("biases", self.biases, "tensors")
        if not self.weights or len(self.weights) != len(self.biases):
            given = f"{len(self.weights)} weights and {len(self.biases)} biases"
            raise ValueError(f"a stack has weights and biases for each layer, not {given}")
        for layer in range(len(self.weights)):
            self._check(layer)

    def __len__(self) -> int:
        return len(self.weights[0])

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units of the inputs and of every layer."""
        return (self.weights[0].shape[2], *(weight.shape[1] for weight in self.weights))

    @property
    def activate(self) -> Activation:
        """The function that `activation` names or is."""
        if isinstance(self.activation, str):
            return ACTIVATIONS[self.activation]
        return self.activation

    def hidden(self, inputs: Tensor) -> list[Tensor]:
        """Activations of each hidden layer, [E, O, B], for inputs [E, I, B]."""
        check_tensor("inputs", inputs, "[E, I, B]")
        if inputs.shape[:2] != (len(self), self.sizes[0]):
            expected = f"[{len(self)}, {self.sizes[0]}, B]"
            raise ValueError(f"inputs has shape {list(inputs.shape)}: expected {expected}")
        layers = []
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            inputs = self.activate(torch.baddbmm(bias, weight, inputs))  # [E, O, B]
            layers.append(inputs)
        return layers

    def outputs(self, inputs: Tensor) -> Tensor:
        """What the last layer gives, [E, O, B], for inputs [E, I, B]."""
        check_tensor("inputs", inputs, "[E, I, B]")
        last = [inputs, *self.hidden(inputs)][-1]
        return torch.baddbmm(self.biases[-1], self.weights[-1], last)

    def select(self, members: Tensor | Sequence[int] | slice) -> "Stack":
        """The networks at these places: views for a slice, copies for indices [e].

        Raises TypeError or ValueError for indices that are no whole numbers or name no network.
        """
        if not isinstance(members, slice):
            if isinstance(members, Tensor):
                check_tensor("members", members, "[...]", "whole")
                members = members.flatten().tolist()
            check_sequence("members", members, "whole numbers or a slice")
            for place, member in enumerate(members):
                check_count(f"members[{place}]", member, -len(self), len(self) - 1)
            members = torch.tensor(members, dtype=torch.int64, device=self.weights[0].device)
        return Stack(
            tuple(weight[members] for weight in self.weights),
            tuple(bias[members] for bias in self.biases),
            self.activation,
        )

    def _check(self, layer: int) -> None:
        weight, bias = self.weights[layer], self.biases[layer]
        for what, each in (("weights", weight), ("biases", bias)):
            check_tensor(f"{what} of layer {layer}", each, "[..., O, I]", "floating")
        given = f"layer {layer} has weights {list(weight.shape)} and biases {list(bias.shape)}"
        first = self.weights[0]
        kinds = {(each.dtype, each.device) for each in (first, weight, bias)}
        if len(kinds) > 1:
            named = " and ".join(sorted(f"{dtype} on {device}" for dtype, device in kinds))
            raise ValueError(f"layer {layer} has {named}: expected one type and device throughout")
        if weight.dim() != 3 or bias.shape != (*weight.shape[:2], 1):
            raise ValueError(f"{given}; expected [E, O, I] and [E, O, 1]")
        below = self.weights[layer - 1]
        if layer and weight.shape[::2] != below.shape[:2]:
            raise ValueError(f"{given}, but the weights before it are {list(below.shape)}")


def concatenate(stacks: Sequence[Stack]) -> Stack:
    """One stack of the networks of several, in their order.

    Raises TypeError or ValueError if there is none, or if their sizes, activations or types of
    number differ.
    """
    check_sequence("stacks", stacks, "Stacks")
    for place, stack in enumerate(stacks):
        check_kind(f"stacks[{place}]", stack, Stack, "a Stack")
    kinds = {(stack.sizes, stack.activation, stack.weights[0].dtype) for stack in stacks}
    if len(kinds) != 1:
        given = ", ".join(" ".join(map(str, kind)) for kind in kinds) or "no stack"
        raise ValueError(f"expected stacks of one shape, activation and type, not {given}")
    return Stack(
        tuple(torch.cat(layer) for layer in zip(*(s.weights for s in stacks), strict=True)),
        tuple(torch.cat(layer) for layer in zip(*(s.biases for s in stacks), strict=True)),
        stacks[0].activation,
    )
