"""All weights and biases of a stack in one block of memory, so that one call updates them all.

Axes: E networks, I inputs of a layer, O outputs of a layer, P numbers in the block. A bias is kept
as the weight of one more input that is always 1, and a layer as [E, I + 1, O] with the outputs
last: the layout in which the matrix products of a training step are fastest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from dlqa.lab.networks import Activation, Stack

# Floats of a cache line, and of the widest vector register. Layers that start on one and a block
# that ends on one leave no remainder, so a number's place does not decide how it is rounded.
LINE = 16


@dataclass(frozen=True)
class Parameters:
    """flat [P]; layers: its parts, each [E, I + 1, O] with the biases in the last row."""

    flat: Tensor
    layers: tuple[Tensor, ...]

    @classmethod
    def zeros(cls, networks: int, sizes: Sequence[int], dtype: torch.dtype) -> "Parameters":
        """Room for a stack of so many networks with layers of `sizes` (inputs first)."""
        shapes = [(networks, inputs + 1, outputs) for inputs, outputs in pairwise(sizes)]
        spans = [round_up(n * rows * columns, LINE) for n, rows, columns in shapes]
        flat = torch.zeros(sum(spans), dtype=dtype, device="cpu")
        parts = zip(torch.split(flat, spans), shapes, strict=True)
        return cls(flat, tuple(part[: n * r * c].view(n, r, c) for part, (n, r, c) in parts))

    @classmethod
    def of(cls, stack: Stack) -> "Parameters":
        """A copy of a stack's weights and biases."""
        copy = cls.zeros(len(stack), stack.sizes, stack.weights[0].dtype)
        for layer, weight, bias in zip(copy.layers, stack.weights, stack.biases, strict=True):
            layer[:, :-1] = weight.detach().mT
            layer[:, -1:] = bias.detach().mT
        return copy

    def like(self) -> "Parameters":
        """A block of zeros of the same layout."""
        networks, sizes = len(self.layers[0]), [layer.shape[1] - 1 for layer in self.layers]
        return self.zeros(networks, [*sizes, self.layers[-1].shape[2]], self.flat.dtype)

    def spread(self, values: Tensor, *, mean: bool = False, biases: bool = False) -> Tensor:
        """A number of each network [E] at each of its weights, as a block [P].

        mean: divided by the number of weights in the layer. biases: at the biases too, else 0.
        """
        block = self.like()
        for layer in block.layers:
            rows = layer if biases else layer[:, :-1]
            rows[:] = values.view(-1, 1, 1) / (rows[0].numel() if mean else 1)
        return block.flat

    def finite(self) -> Tensor:
        """Which networks have only finite numbers, [E]."""
        return torch.stack([layer.isfinite().flatten(1).all(1) for layer in self.layers]).all(0)


def as_stack(layers: Sequence[Tensor], activation: str | Activation) -> Stack:
    """The stack whose weights and biases are views of `layers`, each [E, I + 1, O]."""
    weights = tuple(layer[:, :-1].mT for layer in layers)  # [E, O, I]
    return Stack(weights, tuple(layer[:, -1:].mT for layer in layers), activation)


def per_network(values: float | Tensor, members: Tensor) -> Tensor:
    """What `values`, one number or one a network of the whole [E], says of these members, [e]."""
    given = torch.as_tensor(values, dtype=torch.float64, device="cpu")
    return given[members] if given.dim() else given.expand(len(members))


def round_up(number: int, to: int) -> int:
    """The next multiple of `to`."""
    return -(-number // to) * to
