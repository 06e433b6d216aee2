"""How the weights and biases of a multilayer perceptron are first drawn.

Axes: E networks, O units of a layer, I inputs of a layer. Each network is drawn from its own seed,
so network 7 is the same whether it is drawn alone or among a hundred.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import torch
from torch import Tensor

from dlqa.lab.arguments import (
    check_count,
    check_name,
    check_number,
    check_seeds,
    check_sequence,
)
from dlqa.lab.networks import Activation, Stack

Draw = Callable[[tuple[int, ...], torch.Generator], Tensor]


def constant(value: float) -> Draw:
    """Every weight and bias the same number."""
    check_number("value", value, math.isfinite, "that is finite")
    return lambda shape, generator: _full(shape, value, generator)


def gaussian(deviation: float) -> Draw:
    """N(0, deviation²), weights and biases alike."""
    check_number("deviation", deviation, lambda number: 0 <= number < math.inf, "of at least 0")
    return lambda shape, generator: deviation * _normal(shape, generator)


def xavier(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    """U(±√(6 / (fan_in + fan_out))) (Glorot & Bengio 2010, eq. 16).

    A bias [O] counts as fan_in = fan_out = O, as TensorFlow's initializer does when it is handed a
    bias, which is what the source did.
    """
    fans = sum(shape) if len(shape) == 2 else 2 * shape[0]
    drawn = torch.rand(shape, dtype=torch.float32, device=generator.device, generator=generator)
    return drawn.mul_(2).sub_(1).mul_(math.sqrt(6 / fans))


def he(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    """N(0, 2 / fan_in), biases 0 (He et al. 2015, eq. 10)."""
    return _scaled_by_fan_in(2.0, shape, generator)


def lecun(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    """N(0, 1 / fan_in), biases 0 (LeCun et al. 1998, section 4.6)."""
    return _scaled_by_fan_in(1.0, shape, generator)


def orthogonal(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    """A random matrix with orthonormal rows or columns, biases 0 (Saxe et al. 2014)."""
    if len(shape) == 1:
        return _full(shape, 0.0, generator)
    normal = _normal((max(shape), min(shape)), generator, torch.float64)
    basis, triangle = torch.linalg.qr(normal)
    basis = basis * triangle.diagonal().sign()  # makes the draw uniform over orthogonal matrices
    matrix: Tensor = basis if shape[0] >= shape[1] else basis.T
    return matrix.float().contiguous()


INITIALIZERS: Mapping[str, Draw] = {
    "xavier": xavier,
    "zero": constant(0.0),
    "constant_small": constant(0.01),
    "one": constant(1.0),
    "gaussian_small": gaussian(0.01),
    "gaussian_large": gaussian(1.0),
    "he": he,
    "lecun": lecun,
    "orthogonal": orthogonal,
}


def initialize(
    draw: Draw | str,
    sizes: Sequence[int],
    seeds: Sequence[int],
    *,
    activation: str | Activation = "sigmoid",
) -> Stack:
    """A stack of networks with layers of `sizes` (inputs first), one network a seed.

    `draw` is one of INITIALIZERS by name, or a function of a shape ([O, I] or [O]) and a generator.
    Raises TypeError or ValueError for an unknown name, fewer than two sizes, a size below 1, no
    seed, or one that is no whole number.
    """
    if not callable(draw):
        check_name("initializer", draw, INITIALIZERS)
        draw = INITIALIZERS[draw]
    check_sequence("sizes", sizes, "sizes, of inputs and of each layer", 2)
    for place, size in enumerate(sizes):
        check_count(f"sizes[{place}]", size, 1)
    check_seeds(seeds)
    generators = [torch.Generator("cpu").manual_seed(seed) for seed in seeds]
    weights, biases = [], []
    for fan_in, fan_out in pairwise(sizes):
        drawn = [(draw((fan_out, fan_in), g), draw((fan_out,), g)) for g in generators]
        weights.append(torch.stack([weight for weight, _ in drawn]))  # [E, O, I]
        biases.append(torch.stack([bias for _, bias in drawn]).unsqueeze(2))  # [E, O, 1]
    return Stack(tuple(weights), tuple(biases), activation)


def _scaled_by_fan_in(gain: float, shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    if len(shape) == 1:
        return _full(shape, 0.0, generator)
    return _normal(shape, generator).mul_(math.sqrt(gain / shape[1]))


def _full(shape: tuple[int, ...], value: float, generator: torch.Generator) -> Tensor:
    return torch.full(shape, value, dtype=torch.float32, device=generator.device)


def _normal(
    shape: tuple[int, ...], generator: torch.Generator, dtype: torch.dtype = torch.float32
) -> Tensor:
    return torch.randn(shape, dtype=dtype, device=generator.device, generator=generator)
