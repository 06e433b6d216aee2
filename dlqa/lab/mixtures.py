"""Two-class data sets whose best possible accuracy is known: Gaussian mixtures and an XOR.

Axes: I inputs, O classes (always 2), N samples. Every data set is drawn from its own seed, so
data set 7 is the same whether it is drawn alone or among a hundred.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from dlqa.lab.arguments import (
    check_count,
    check_kind,
    check_name,
    check_number,
    check_seeds,
    check_tensor,
)

VARIANTS = ("correlated", "independent", "xor")
INPUTS = 12


@dataclass(frozen=True)
class Sampled:
    """Data sets with their fresh test points and the accuracy that no classifier exceeds.

    inputs, fresh_inputs: [D, I, N] and [D, I, M]; labels, fresh_labels: [D, N] and [D, M], 0 or 1;
    bayes: [D], a fraction.
    """

    inputs: Tensor
    labels: Tensor
    fresh_inputs: Tensor
    fresh_labels: Tensor
    bayes: Tensor


@dataclass(frozen=True)
class Mixture:
    """Two Gaussians with means 0 and `shift` [I] and one covariance, factorᵀ·factor [I, I]."""

    shift: Tensor
    factor: Tensor

    def sample(self, labels: Tensor, generator: torch.Generator) -> Tensor:
        """Inputs [I, N] for labels [N]."""
        noise = _normal((len(labels), INPUTS), generator)
        return (noise @ self.factor + labels[:, None] * self.shift).T.float()  # [I, N]

    def bayes(self) -> float:
        """Accuracy of the best rule, Φ(½√(μᵀΣ⁻¹μ)) (Hastie et al. 2009, section 4.3)."""
        whitened = torch.linalg.solve(self.factor.T, self.shift)
        return _normal_cdf(0.5 * whitened.norm().item())

    def best_rule(self, inputs: Tensor) -> Tensor:
        """Labels [N] that the Bayes rule gives to inputs [I, N]: the side of one hyperplane."""
        normal = torch.linalg.solve(self.factor.T @ self.factor, self.shift)
        sides: Tensor = normal @ (inputs.double() - 0.5 * self.shift[:, None])  # [N]
        return (sides > 0).long()


@dataclass(frozen=True)
class Xor:
    """Four unit Gaussians at (±2, ±2) in the first two inputs; the class is the signs' product.

    The other ten inputs are noise, so that the same network fits; no line separates the classes.
    """

    offset: float = 2.0

    def __post_init__(self) -> None:
        check_number("offset", self.offset, math.isfinite, "that is finite")

    def sample(self, labels: Tensor, generator: torch.Generator) -> Tensor:
        """Inputs [I, N] for labels [N]."""
        inputs = _normal((INPUTS, len(labels)), generator)
        heads = torch.randint(2, (len(labels),), device=generator.device, generator=generator)
        first = heads.double() * 2 - 1
        inputs[0] += self.offset * first
        inputs[1] += self.offset * first * (1 - 2 * labels)
        return inputs.float()  # [I, N]

    def bayes(self) -> float:
        """Both signs read rightly, or both wrongly: Φ(c)² + Φ(−c)² for an offset c."""
        return _normal_cdf(self.offset) ** 2 + _normal_cdf(-self.offset) ** 2


def distribution(variant: str, generator: torch.Generator) -> Mixture | Xor:
    """The distribution behind one data set.

    independent: identity covariance, means 1 apart in each input. correlated: means 1/i apart in input
    i = 1..12 and covariance CᵀC with C ~ U(0, 1), drawn anew for each data set, as the code of
    Abid (2018) does. xor: see `Xor`.
    """
    check_name("variant", variant, VARIANTS)
    check_kind("generator", generator, torch.Generator, "a torch.Generator")
    if variant == "independent":
        unit = torch.eye(INPUTS, dtype=torch.float64, device=generator.device)
        return Mixture(torch.ones_like(unit[0]), unit)
    if variant == "correlated":
        factor = torch.rand(
            INPUTS, INPUTS, dtype=torch.float64, device=generator.device, generator=generator
        )
        places = torch.arange(1, INPUTS + 1, dtype=torch.float64, device=generator.device)
        return Mixture(1 / places, factor)
    return Xor()


def sample(variant: str, seeds: Sequence[int], *, samples: int = 400, fresh: int = 1000) -> Sampled:
    """One data set a seed, classes balanced.

    Raises TypeError or ValueError for an unknown variant, no seed, or an odd number of samples.
    """
    check_name("variant", variant, VARIANTS)
    check_seeds(seeds)
    check_count("samples", samples, 2)
    check_count("fresh", fresh, 0)
    if samples % 2 or fresh % 2:
        raise ValueError(f"samples and fresh must be even to balance classes: {samples}, {fresh}")
    drawn = [_draw(variant, seed, samples, fresh) for seed in seeds]
    inputs, labels, fresh_inputs, fresh_labels, bayes = zip(*drawn, strict=True)
    return Sampled(
        torch.stack(inputs),
        torch.stack(labels),
        torch.stack(fresh_inputs),
        torch.stack(fresh_labels),
        torch.tensor(bayes, dtype=torch.float64, device="cpu"),
    )


def one_hot(labels: Tensor) -> Tensor:
    """Targets [D, 2, N] of labels [D, N], 0 or 1."""
    check_tensor("labels", labels, "[D, N]", "whole")
    if not ((labels == 0) | (labels == 1)).all():
        raise ValueError(f"labels is {labels.min()} to {labels.max()}: expected 0 or 1")
    return torch.nn.functional.one_hot(labels.long(), 2).transpose(1, 2).float()


def shuffled_batches(seeds: Sequence[int], *, samples: int, steps: int, size: int) -> Tensor:
    """The samples of each step's batch, [D, steps, size].

    Every pass over the data is a fresh shuffle, and batches run on across passes: with 400 samples
    and batches of 64 an epoch is 6.25 steps. Raises TypeError or ValueError for no seed, and for
    counts below 1, or below 0 for steps.
    """
    check_seeds(seeds)
    for what, count, least in (("samples", samples, 1), ("steps", steps, 0), ("size", size, 1)):
        check_count(what, count, least)
    passes = math.ceil(steps * size / samples)

    def order(seed: int) -> Tensor:
        generator = torch.Generator("cpu").manual_seed(seed)
        orders = [torch.randperm(samples, device="cpu", generator=generator) for _ in range(passes)]
        return torch.cat(orders)[: steps * size].view(steps, size)

    return torch.stack([order(seed) for seed in seeds])


def _draw(
    variant: str, seed: int, samples: int, fresh: int
) -> tuple[Tensor, Tensor, Tensor, Tensor, float]:
    generator = torch.Generator("cpu").manual_seed(seed)
    law = distribution(variant, generator)
    labels = torch.arange(samples, device="cpu") % 2
    fresh_labels = torch.arange(fresh, device="cpu") % 2
    inputs = law.sample(labels, generator)
    return inputs, labels, law.sample(fresh_labels, generator), fresh_labels, law.bayes()


def _normal(shape: tuple[int, int], generator: torch.Generator) -> Tensor:
    return torch.randn(shape, dtype=torch.float64, device=generator.device, generator=generator)


def _normal_cdf(value: float) -> float:
    return 0.5 * (1 + math.erf(value / math.sqrt(2)))
