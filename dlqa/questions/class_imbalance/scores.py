"""How good log odds are: balanced accuracy, area under the ROC curve, Brier score.

Axes: e networks, M points of either class, L limits. Log odds are those of the rare class,
[e, 2·M], whose own points come first; `prior` is the share of points that are rare.
"""

import torch
from torch import Tensor
from torch.nn.functional import softplus

from dlqa.lab.networks import Stack


def log_odds(stack: Stack, points: Tensor) -> Tensor:
    """Of the rare class, [e, 2·M], in double precision, for points [e, 2, 2·M]."""
    outputs = stack.outputs(points)
    return (outputs[:, 1] - outputs[:, 0]).double()


def balanced_accuracy(odds: Tensor) -> Tensor:
    """The mean [e] of both classes' accuracies where log odds above 0 mean "rare"."""
    return _mixed((odds > 0).double(), (odds <= 0).double(), 0.5)


def area(odds: Tensor) -> Tensor:
    """How often [e] a point of the rare class has more than one of the other, ties counted half."""
    rare, frequent = odds.chunk(2, 1)
    ordered, asked = frequent.sort(1).values, rare.contiguous()
    below = torch.searchsorted(ordered, asked) + torch.searchsorted(ordered, asked, right=True)
    return below.double().mean(1) / (2 * frequent.shape[1])


def brier(odds: Tensor, prior: float) -> Tensor:
    """The mean squared error [e] of probabilities."""
    return _mixed((1 - odds.sigmoid()).square(), odds.sigmoid().square(), prior)


def promised(odds: Tensor, prior: float) -> Tensor:
    """The mean probability [e] of the rare class."""
    return _mixed(odds.sigmoid(), odds.sigmoid(), prior)


def loss(odds: Tensor, prior: float, gamma: float) -> Tensor:
    """The mean focal loss [e]; with gamma 0 it is the cross entropy."""
    rare, frequent = ((-each).sigmoid().pow(gamma) * softplus(-each) for each in (odds, -odds))
    return _mixed(rare, frequent, prior)


def above(odds: Tensor, limits: Tensor) -> Tensor:
    """The share [e, 2, L] of either class's points above each limit [L]."""
    return (odds.view(len(odds), 2, 1, -1) > limits[:, None]).double().mean(3)


def _mixed(where_rare: Tensor, where_frequent: Tensor, prior: float) -> Tensor:
    """The mean of what counts at points of either class."""
    rare, frequent = where_rare.chunk(2, 1)[0].mean(1), where_frequent.chunk(2, 1)[1].mean(1)
    return prior * rare + (1 - prior) * frequent
