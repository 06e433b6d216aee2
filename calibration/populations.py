"""What numbers over seeds come from in the simulations: shapes with a mean that is known exactly."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

Array = NDArray[np.float64]
Shape = tuple[int, int]  # samples, seeds
Draw = Callable[[np.random.Generator, Shape], Array]


@dataclass(frozen=True)
class Population:
    """What seeds are drawn from, its mean, and the range that its quantity cannot leave.

    `hidden`: most samples look regular and do not show what moves the mean; no method that goes by
    the samples can be honest there.
    """

    name: str
    mean: float
    draw: Draw
    low: float = -math.inf
    high: float = math.inf
    hidden: bool = False


def populations() -> list[Population]:
    """Every shape of the simulations."""
    return [
        Population("normal", 0, lambda g, shape: g.standard_normal(shape)),
        Population("t, 3 degrees of freedom", 0, lambda g, shape: g.standard_t(3, shape)),
        Population("exponential", 1, lambda g, shape: g.standard_exponential(shape), low=0),
        Population("lognormal", math.exp(0.5), lambda g, shape: g.lognormal(0, 1, shape), low=0),
        Population("Beta(9, ½)", 9 / 9.5, lambda g, shape: g.beta(9, 0.5, shape), 0, 1),
        *(_two_valued(share) for share in (0.5, 0.1, 0.02)),
        *(_rank_correlation(strength) for strength in (0, 2, 6)),
        *(_share_of_images(share) for share in (0.5, 0.9, 0.99)),
        Population("24 images, seeds differ", 0.9, _uneven_images, 0, 1),
        Population("few effects among zeros", 0.005, _few_effects, -1, 1),
        _humps(0.6),
        _humps(0.9, hidden=True),
        *(_failures(share) for share in (0.1, 0.02)),
    ]


def _two_valued(share: float) -> Population:
    return Population(
        f"0 or 1, {share:g} ones", share, lambda g, s: (g.random(s) < share).astype(float), 0, 1
    )


def _rank_correlation(strength: float) -> Population:
    """Spearman's correlation of four layers with their depth; every order at a strength of 0."""
    orders = [spearmanr(range(4), order).statistic for order in permutations(range(4))]
    values, counts = np.unique(np.round(orders, 9), return_counts=True)
    weights = counts * np.exp(strength * values)
    weights = weights / weights.sum()
    return Population(
        f"ranks of 4 layers, strength {strength:g}",
        float(weights @ values),
        lambda g, shape: g.choice(values, shape, p=weights),
        -1,
        1,
    )


def _share_of_images(share: float) -> Population:
    return Population(
        f"24 images, {share:g} right", share, lambda g, s: g.binomial(24, share, s) / 24, 0, 1
    )


def _uneven_images(generator: np.random.Generator, shape: Shape) -> Array:
    return generator.binomial(24, generator.beta(4.5, 0.5, shape), shape) / 24


def _few_effects(generator: np.random.Generator, shape: Shape) -> Array:
    return np.where(generator.random(shape) < 0.02, 0.5 * generator.random(shape), 0.0)


def _humps(share: float, *, hidden: bool = False) -> Population:
    def draw(generator: np.random.Generator, shape: Shape) -> Array:
        centre = np.where(generator.random(shape) < share, 0.9, 0.5)
        return centre + 0.02 * generator.uniform(-1, 1, shape)

    name = f"two humps, {share:g} in one"
    return Population(name, share * 0.9 + (1 - share) * 0.5, draw, 0, 1, hidden)


def _failures(share: float) -> Population:
    def draw(generator: np.random.Generator, shape: Shape) -> Array:
        works = 0.97 + 0.01 * generator.uniform(-1, 1, shape)
        return np.where(generator.random(shape) < share, 0.1, works)

    return Population(
        f"accuracy, {share:g} fail", share * 0.1 + (1 - share) * 0.97, draw, 0, 1, hidden=True
    )
