"""Networks in company: what a caller's function makes of one depends on no other, bit by bit.

Axes: E networks. torch computes an array's elements a vector at a time, and those at its end that
fill none one by one, which may round otherwise. Copies of the last network put that end where
nobody looks.
"""

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

# More than what torch's loops on CPUs take in one turn: two vectors of 16 floats.
END = 64


def followers(numbers: int) -> int:
    """How many networks of so many numbers make up an array's end, at least one."""
    return math.ceil(END / max(1, numbers))


def in_company(networks: Tensor, more: int) -> Tensor:
    """A copy of `networks` [E, ...] and the last of them so many more times."""
    return torch.cat([networks, networks[-1:].expand(more, *networks.shape[1:])])


def differentiate(
    what: str, function: Callable[[], Tensor], inputs: Sequence[Tensor]
) -> Sequence[Tensor]:
    """The derivatives by `inputs`, each [E, ...], of what a function gives, zeros where it has none.

    The networks' numbers are summed: none depends on another's, so each gets its own. Raises
    ValueError unless the function gives one number a network.
    """
    expected = [len(inputs[0])]
    with torch.enable_grad():
        values = function()
        given = list(values.shape) if isinstance(values, Tensor) else type(values).__name__
        if given != expected:
            raise ValueError(f"the {what} gave {given}; expected {expected}, one number a network")
        return torch.autograd.grad(values.sum(), inputs, materialize_grads=True)
