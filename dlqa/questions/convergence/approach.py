"""Question 52: how a layer's weights and representation approach what they are at a stop.

Axes: E networks, G stops, T marks, L layers. What lies beyond a stop is NaN.
"""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from dlqa.lab.networks import Stack
from dlqa.lab.representations import likeness, normalized
from dlqa.questions.convergence.measures import sizes_apart


def distances(marked: Mapping[int, Stack], stops: Sequence[int]) -> Tensor:
    """Distance to the weights at each stop over that at the start, [E, G, T, L]."""

    def apart(mark: int, stop: int) -> Tensor:
        return sizes_apart(marked[mark], marked[stop])

    left = _over(apart, list(marked), stops)
    return left / left[:, :, :1]


def alignments(marked: Mapping[int, Stack], points: Tensor, stops: Sequence[int]) -> Tensor:
    """Linear CKA of every layer's representation of points [E, I, N] to that at each stop."""
    layers = {
        mark: [normalized(each) for each in (*stack.hidden(points), stack.outputs(points))]
        for mark, stack in marked.items()
    }

    def alike(mark: int, stop: int) -> Tensor:
        pairs = zip(layers[mark], layers[stop], strict=True)
        return torch.stack([likeness(*pair) for pair in pairs], 1)

    return _over(alike, list(marked), stops)


def _over(
    measure: Callable[[int, int], Tensor], marks: Sequence[int], stops: Sequence[int]
) -> Tensor:
    """A measure [E, L] of a mark and a stop, for every mark up to every stop, [E, G, T, L]."""
    found = [[measure(mark, stop) for mark in marks if mark <= stop] for stop in stops]
    missing = torch.full_like(found[0][0], torch.nan)
    rows = [torch.stack([*row, *[missing] * (len(marks) - len(row))], 1) for row in found]
    return torch.stack(rows, 1)
