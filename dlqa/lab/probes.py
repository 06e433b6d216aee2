"""Linear classifiers on features that stay as they are: ridge, support vectors, logistic.

Axes: ... any leading axes (seeds, splits), S strengths, N samples, D features, K classes.

Each minimizes mean loss + ½ strength · ‖W‖² over standardized features; the bias is free.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import torch
from torch import Tensor

from dlqa.lab.arguments import check_count, check_kind, check_number, check_sequence, check_tensor
from dlqa.lab.newton import SOFTMAX, SQUARED_HINGE, Loss, Problem, minimize


@dataclass(frozen=True)
class Probe:
    """Scores = features @ weights + bias, of features as they are; weights [..., D, K], bias [..., 1, K]."""

    weights: Tensor
    bias: Tensor

    def scores(self, features: Tensor) -> Tensor:
        """[..., N, K] for features [..., N, D]."""
        check_tensor("features", features, "[..., N, D]")
        if features.shape[-1] != self.weights.shape[-2]:
            expected = f"[..., N, {self.weights.shape[-2]}]"
            raise ValueError(f"features has shape {list(features.shape)}: expected {expected}")
        return features.double() @ self.weights + self.bias


Fit = Callable[[Tensor, Tensor, int, Sequence[float]], Probe]


def ridge(features: Tensor, labels: Tensor, classes: int, strengths: Sequence[float]) -> Probe:
    """Least squares on one-hot targets, in closed form, [S, ...].

    features [..., N, D]; labels [..., N], from 0 to K − 1. Raises TypeError or ValueError where
    they, the classes or the strengths do not fit.
    """
    reduced = _reduce(features, labels, classes, strengths)
    samples = features.shape[-2]
    centred = reduced.targets - reduced.targets.mean(-2, keepdim=True)
    spread = reduced.features.square().sum(-2).unsqueeze(-1) / samples  # the Gram matrix, diagonal
    weights = reduced.features.mT @ centred / samples / (spread + _column(strengths, spread))
    bias = reduced.targets.mean(-2, keepdim=True).expand(len(strengths), *centred.shape[:-2], 1, -1)
    return reduced.restore(weights, bias)


def support_vectors(
    features: Tensor, labels: Tensor, classes: int, strengths: Sequence[float]
) -> Probe:
    """A linear SVM: each class against the rest with squared hinge loss; else as `ridge`."""
    return _fit(SQUARED_HINGE, features, labels, classes, strengths)


def logistic(features: Tensor, labels: Tensor, classes: int, strengths: Sequence[float]) -> Probe:
    """Multinomial logistic regression, "a softmax layer"; else as `ridge`."""
    return _fit(SOFTMAX, features, labels, classes, strengths)


def accuracy(probe: Probe, features: Tensor, labels: Tensor) -> Tensor:
    """The share of samples whose highest score is their label's, [...].

    features [..., N, D]; labels [..., N]. Raises TypeError or ValueError where they do not fit.
    """
    check_kind("probe", probe, Probe, "a Probe")
    check_tensor("features", features, "[..., N, D]")
    check_tensor("labels", labels, "[..., N]", "whole")
    if labels.shape != features.shape[:-1]:
        given = f"{list(features.shape)} and {list(labels.shape)}"
        raise ValueError(f"expected features [..., N, D] and labels [..., N], not {given}")
    return (probe.scores(features).argmax(-1) == labels).double().mean(-1)


def choose(probe: Probe, features: Tensor, labels: Tensor) -> tuple[Probe, Tensor]:
    """The probe [...] of the strength that is most accurate here, and that strength's place [...].

    Give a validation split: a choice on test samples flatters. Of equals the first wins; put the
    strongest first.
    """
    best = accuracy(probe, features, labels).argmax(0)  # the first of equals
    place = best[None, ..., None, None]
    weights, bias = (each.take_along_dim(place, 0)[0] for each in (probe.weights, probe.bias))
    return Probe(weights, bias), best


class _Reduced(NamedTuple):
    """Standardized features along their own axes of variation, of which there are min(N, D)."""

    features: Tensor  # [..., N, R], columns orthogonal
    targets: Tensor  # [..., N, K]
    axes: Tensor  # [..., D, R]
    mean: Tensor  # [..., 1, D]
    scale: Tensor  # [..., 1, D]

    def restore(self, weights: Tensor, bias: Tensor) -> Probe:
        """The probe on features as they were, of weights [S, ..., R, K] on reduced ones."""
        original = (self.axes @ weights) / self.scale.mT
        return Probe(original, bias - self.mean @ original)


def _reduce(features: Tensor, labels: Tensor, classes: int, strengths: Sequence[float]) -> _Reduced:
    _check(features, labels, classes, strengths)
    features = features.double()
    mean = features.mean(-2, keepdim=True)
    variance = features.var(-2, correction=0, keepdim=True)
    # A channel that hardly varies here could be blown up on other samples: a floor under it.
    floor = 1e-8 * variance.mean(-1, keepdim=True) + torch.finfo(torch.float64).tiny
    scale = variance.maximum(floor).sqrt()
    standard = (features - mean) / scale
    reduced, axes = _turned(standard)
    targets = torch.nn.functional.one_hot(labels.long(), classes).double()
    return _Reduced(reduced, targets, axes, mean, scale)


def _turned(standard: Tensor) -> tuple[Tensor, Tensor]:
    """Coordinates [..., N, R] and axes [..., D, R] with standard = coordinates @ axes.mT."""
    samples, inputs = standard.shape[-2:]
    if inputs < samples:
        axes = torch.linalg.eigh(standard.mT @ standard).eigenvectors
        return standard @ axes, axes
    values, vectors = torch.linalg.eigh(standard @ standard.mT)
    held = values > 1e-10 * values[..., -1:]  # the rest is rounding: no variation along it
    lengths = torch.where(held, values, 0).sqrt()
    inverse = torch.where(held, lengths.reciprocal(), 0)
    return vectors * lengths.unsqueeze(-2), (standard.mT @ vectors) * inverse.unsqueeze(-2)


def _fit(
    loss: Loss, features: Tensor, labels: Tensor, classes: int, strengths: Sequence[float]
) -> Probe:
    reduced = _reduce(features, labels, classes, strengths)
    ones = torch.ones_like(reduced.features[..., :1])
    inputs = torch.cat([reduced.features, ones], -1)  # the last weight is the bias
    penalties = _column(strengths, inputs).expand(-1, *inputs.shape[:-2], inputs.shape[-1], 1)
    penalties = penalties.clone()
    penalties[..., -1, :] = 0
    stacked = (len(strengths), *inputs.shape[:-2])
    flat = [
        each.expand(*stacked, *each.shape[-2:]).reshape(-1, *each.shape[-2:])
        for each in (inputs, reduced.targets, penalties)
    ]
    found = minimize(Problem(loss, *flat)).reshape(*stacked, -1, classes)
    return reduced.restore(found[..., :-1, :], found[..., -1:, :])


def _column(strengths: Sequence[float], like: Tensor) -> Tensor:
    """Strengths [S, 1, ..., 1], as many axes as `like` and one."""
    return like.new_tensor(strengths).reshape(-1, *[1] * like.dim())


def _check(features: Tensor, labels: Tensor, classes: int, strengths: Sequence[float]) -> None:
    check_tensor("features", features, "[..., N, D]")
    check_tensor("labels", labels, "[..., N]", "whole")
    check_count("classes", classes, 1)
    if features.shape[:-1] != labels.shape:
        given = f"{list(features.shape)} and {list(labels.shape)}"
        raise ValueError(f"expected features [..., N, D] and labels [..., N], not {given}")
    if labels.numel() and not 0 <= labels.min() <= labels.max() < classes:
        given = f"{labels.min()} to {labels.max()}"
        raise ValueError(f"expected labels from 0 to {classes - 1}, not {given}")
    check_sequence("strengths", strengths, "strengths above 0", 1)
    for place, strength in enumerate(strengths):
        check_number(f"strengths[{place}]", strength, lambda number: 0 < number < inf, "above 0")
    if not features.isfinite().all():
        raise ValueError("expected finite features; some are infinite or no number")
