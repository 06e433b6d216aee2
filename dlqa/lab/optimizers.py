"""How a gradient becomes a step.

Axes: E networks, P numbers in a block of parameters.
"""

from dataclasses import dataclass
from math import inf

import torch
from torch import Tensor

from dlqa.lab.arguments import check_number, check_strength
from dlqa.lab.gradients import Move
from dlqa.lab.parameters import Parameters, per_network


@dataclass(frozen=True)
class Adam:
    """Adam (Kingma & Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov & Hutter 2019).

    rate: the step size; decays: of the running means of the gradient and of its square;
    epsilon: added to the root of the latter; weight_decay: each step first multiplies weights and
    biases by 1 − rate · weight_decay, as torch.optim.AdamW does; one number or one a network [E].
    """

    rate: float = 3e-3
    decays: tuple[float, float] = (0.9, 0.999)
    epsilon: float = 1e-8
    weight_decay: float | Tensor = 0.0

    def __post_init__(self) -> None:
        check_rate(self.rate)
        if not isinstance(self.decays, tuple) or len(self.decays) != 2:
            raise TypeError(f"decays is {self.decays!r}: expected two numbers")
        for place, decay in enumerate(self.decays):
            fits = "from 0 to below 1"
            check_number(f"decays[{place}]", decay, lambda number: 0 <= number < 1, fits)
        check_number("epsilon", self.epsilon, lambda number: 0 <= number < inf, "of at least 0")
        check_strength("weight_decay", self.weight_decay)


@dataclass(frozen=True)
class SGD:
    """Gradient descent with a constant rate, and with momentum as torch.optim.SGD has it.

    momentum: the share of its last step that a step keeps (Sutskever et al. 2013, eq. 1), from 0 to
    below 1.
    """

    rate: float = 0.1
    momentum: float = 0.0

    def __post_init__(self) -> None:
        check_rate(self.rate)
        fits = "from 0 to below 1"
        check_number("momentum", self.momentum, lambda number: 0 <= number < 1, fits)


def check_rate(rate: float) -> None:
    """Raises TypeError or ValueError unless it is finite and at least 0."""
    check_number("rate", rate, lambda number: 0 <= number < inf, "of at least 0")


class Moments:
    """Adam's memory: running means of the gradient and of its square, [P], and the steps taken."""

    def __init__(self, parameters: Parameters) -> None:
        self.first = torch.zeros_like(parameters.flat)
        self.second = torch.zeros_like(parameters.flat)
        self.steps = torch.zeros_like(parameters.flat[0], dtype=torch.float32)


def update(
    optimizer: Adam | SGD,
    parameters: Parameters,
    gradients: Parameters,
    moments: Moments,
    members: Tensor,
) -> Move:
    """What takes one step on the whole block of the networks `members` [e]."""
    if isinstance(optimizer, Adam):
        decay = per_network(optimizer.weight_decay, members)
        kept = parameters.spread(1 - optimizer.rate * decay, biases=True) if decay.any() else None
        return _adapt(optimizer, parameters, gradients, moments, kept)

    def descend() -> None:
        parameters.flat.sub_(gradients.flat, alpha=optimizer.rate)

    def roll() -> None:
        moments.first.mul_(optimizer.momentum).add_(gradients.flat)
        parameters.flat.sub_(moments.first, alpha=optimizer.rate)

    return roll if optimizer.momentum else descend


def _adapt(
    optimizer: Adam,
    parameters: Parameters,
    gradients: Parameters,
    moments: Moments,
    kept: Tensor | None,
) -> Move:
    first, second = optimizer.decays

    def adapt() -> None:
        if kept is not None:
            parameters.flat.mul_(kept)
        moments.steps.add_(1)
        # What torch.optim.Adam(fused=True) calls, without the sixth of a step that it takes to.
        torch._fused_adam_(
            [parameters.flat],
            [gradients.flat],
            [moments.first],
            [moments.second],
            [],  # the running maximum of amsgrad, which this is not
            [moments.steps],
            lr=optimizer.rate,
            beta1=first,
            beta2=second,
            weight_decay=0.0,  # torch's would be one number for all networks
            eps=optimizer.epsilon,
            amsgrad=False,
            maximize=False,
        )

    return adapt
