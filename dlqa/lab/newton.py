"""Many regularized linear classifiers at once, by Newton's method with conjugate gradients.

Axes: B problems, N samples, R features, K classes.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

STEPS, TOLERANCE = 100, 1e-6


class NotConverged(RuntimeError):
    """A problem whose gradient did not vanish."""


@dataclass(frozen=True)
class Loss:
    """Of scores and targets [B, N, K]: value [B, N], gradient [B, N, K], and the curvature's product
    with a change of the scores, [B, N, K]."""

    value: Callable[[Tensor, Tensor], Tensor]
    gradient: Callable[[Tensor, Tensor], Tensor]
    bend: Callable[[Tensor, Tensor, Tensor], Tensor]


def _softmax_bend(scores: Tensor, _targets: Tensor, change: Tensor) -> Tensor:
    probabilities = scores.softmax(-1)
    weighted = probabilities * change
    return weighted - probabilities * weighted.sum(-1, keepdim=True)


def _signs(targets: Tensor) -> Tensor:
    return 2 * targets - 1


def _short(scores: Tensor, targets: Tensor) -> Tensor:
    """By how much each score misses its margin of 1."""
    return (1 - _signs(targets) * scores).clamp_min(0)


SOFTMAX = Loss(
    lambda scores, targets: scores.logsumexp(-1) - (scores * targets).sum(-1),
    lambda scores, targets: scores.softmax(-1) - targets,
    _softmax_bend,
)
SQUARED_HINGE = Loss(
    lambda scores, targets: _short(scores, targets).square().sum(-1),
    lambda scores, targets: -2 * _signs(targets) * _short(scores, targets),
    lambda scores, targets, change: 2 * (_short(scores, targets) > 0) * change,
)


@dataclass(frozen=True)
class Problem:
    """mean over N of loss(features @ weights) + ½ Σ strength · weights²; strength [B, R, 1]."""

    loss: Loss
    features: Tensor
    targets: Tensor
    strength: Tensor

    def value(self, weights: Tensor) -> Tensor:
        """[B]"""
        losses = self.loss.value(self.features @ weights, self.targets).mean(-1)
        return losses + (self.strength * weights.square()).sum((1, 2)) / 2

    def gradient(self, weights: Tensor) -> Tensor:
        """[B, R, K]"""
        slope = self.loss.gradient(self.features @ weights, self.targets)
        return self.features.mT @ slope / self.features.shape[1] + self.strength * weights

    def bend(self, scores: Tensor, change: Tensor) -> Tensor:
        """The Hessian's product with a change of the weights, [B, R, K]."""
        bent = self.loss.bend(scores, self.targets, self.features @ change)
        return self.features.mT @ bent / self.features.shape[1] + self.strength * change


def minimize(problem: Problem) -> Tensor:
    """The weights [B, R, K] that minimize each problem, whichever others are solved beside it.

    Truncated Newton as in LIBLINEAR's primal solver (Lin, Weng & Keerthi 2008), with a line search
    in place of a trust region. Raises NotConverged unless every gradient falls below 1e-6 of its
    norm at weights of zero, or below 1e-9.
    """
    batch, _, inputs = problem.features.shape
    weights = problem.features.new_zeros(batch, inputs, problem.targets.shape[-1])
    gradient = problem.gradient(weights)
    goal = (TOLERANCE * _norm(gradient)).clamp_min(1e-9)
    for _ in range(STEPS):
        going = _norm(gradient) > goal
        if not going.any():
            return weights
        step = _line_search(problem, weights, gradient, _direction(problem, weights, gradient))
        weights = torch.where(_each(going), weights + step, weights)
        gradient = problem.gradient(weights)
    worst = (_norm(gradient) / goal).max().item() * TOLERANCE
    raise NotConverged(f"after {STEPS} steps a gradient is still {worst:.1e} of what it was")


def _direction(problem: Problem, weights: Tensor, gradient: Tensor) -> Tensor:
    """Conjugate gradients on Hessian · d = −gradient, until a tenth of it is left."""
    scores = problem.features @ weights
    scale = problem.features.square().mean(1).unsqueeze(-1) + problem.strength  # preconditioner
    direction, left = torch.zeros_like(gradient), -gradient
    scaled = left / scale
    along, power = scaled, (left * scaled).sum((1, 2), keepdim=True)
    going = torch.ones_like(power[:, 0, 0], dtype=torch.bool)
    for _ in range(50):
        bent = problem.bend(scores, along)
        curvature = (along * bent).sum((1, 2), keepdim=True)
        step = torch.where(_each(going) & (curvature > 0), power / curvature, 0)
        direction, left = direction + step * along, left - step * bent
        going = _norm(left) > 0.1 * _norm(gradient)
        if not going.any():
            break
        scaled = left / scale
        before, power = power, (left * scaled).sum((1, 2), keepdim=True)
        along = scaled + torch.where(before > 0, power / before, 0) * along
    return direction


def _line_search(problem: Problem, weights: Tensor, gradient: Tensor, step: Tensor) -> Tensor:
    """The step, halved problem by problem until the value falls enough."""
    now, slope = problem.value(weights), (gradient * step).sum((1, 2))
    for _ in range(30):
        slack = 1e-12 * now.abs()  # near the minimum rounding hides the fall
        failed = problem.value(weights + step) > now + 1e-4 * slope + slack
        if not failed.any():
            break
        step = torch.where(_each(failed), step / 2, step)
        slope = torch.where(failed, slope / 2, slope)
    return step


def _norm(values: Tensor) -> Tensor:
    return values.square().sum((1, 2)).sqrt()


def _each(problems: Tensor) -> Tensor:
    """One flag [B] a problem as one for all of its weights."""
    return problems[:, None, None]
