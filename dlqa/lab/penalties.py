"""What keeps weights small: penalties on the loss, and the proximal step of the L1 norm.

Axes: E networks, P numbers in a block of parameters. Biases are never penalized. A strength is a
factor of the mean over a layer's weights, so that it means the same at every width.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from dlqa.lab.arguments import check_name, check_strength
from dlqa.lab.company import differentiate, followers, in_company
from dlqa.lab.gradients import Move
from dlqa.lab.networks import Activation, Stack
from dlqa.lab.optimizers import SGD, Adam, Moments
from dlqa.lab.parameters import Parameters, as_stack, per_network

# The penalty [e] of a stack's networks, given which networks of the whole they are, int64 [e].
PenaltyFunction = Callable[[Stack, Tensor], Tensor]


@dataclass(frozen=True)
class Penalty:
    """Adds to each network's loss strength · Σ over layers of mean(|w|) ("l1") or mean(w²) ("l2").

    strength: one number or one a network [E]. At w = 0 the subgradient of |w| is taken as 0.
    """

    kind: str
    strength: float | Tensor

    def __post_init__(self) -> None:
        check_name("penalty", self.kind, ("l1", "l2"))
        check_strength("strength", self.strength)


@dataclass(frozen=True)
class Proximal:
    """After each update, moves every weight towards 0 by a threshold, and to exactly 0 within it.

    This is the proximal operator of the L1 penalty of the same strength, the soft threshold
    (Parikh & Boyd 2014, section 6.5.2). That penalty is strength / n · |w| for each of a layer's n
    weights, so the threshold is rate · strength / n.

    metric "plain" uses the optimizer's rate as it is. With Adam, whose steps do not shrink with the
    gradient, that threshold is tiny beside a step and the two together do not minimize loss plus
    penalty; metric "adam" divides the threshold as Adam divides the gradient, by √v̂ + ε, and they
    do (Yun, Lozano & Yang 2021, algorithm 1). strength: one number or one a network [E].
    """

    strength: float | Tensor
    metric: str = "plain"

    def __post_init__(self) -> None:
        check_name("metric", self.metric, ("plain", "adam"))
        check_strength("strength", self.strength)


def penalize(
    penalty: Penalty | PenaltyFunction,
    parameters: Parameters,
    gradients: Parameters,
    activation: str | Activation,
    members: Tensor,
) -> Move:
    """What adds the penalty's gradient to `gradients`."""
    if not isinstance(penalty, Penalty):
        return _penalize_by_autograd(penalty, parameters, gradients, activation, members)
    strength = per_network(penalty.strength, members)
    if penalty.kind == "l1":
        return _add_l1(parameters, gradients, parameters.spread(strength, mean=True))
    return _add_l2(parameters, gradients, parameters.spread(2 * strength, mean=True))


def threshold(
    proximal: Proximal,
    parameters: Parameters,
    optimizer: Adam | SGD,
    moments: Moments,
    members: Tensor,
) -> Move:
    """What moves the weights towards 0 after an update."""
    strength = per_network(proximal.strength, members)
    plain = parameters.spread(optimizer.rate * strength, mean=True)  # [P]
    if proximal.metric == "plain" or not isinstance(optimizer, Adam):
        return _soften(parameters, lambda: plain)
    decay, epsilon = optimizer.decays[1], optimizer.epsilon

    def scaled() -> Tensor:
        second = moments.second / (1 - decay ** moments.steps.item())
        return plain / second.sqrt_().add_(epsilon)

    return _soften(parameters, scaled)


def _add_l1(parameters: Parameters, gradients: Parameters, slope: Tensor) -> Move:
    signs = torch.empty_like(slope)

    def move() -> None:
        torch.sign(parameters.flat, out=signs)
        gradients.flat.addcmul_(signs, slope)

    return move


def _add_l2(parameters: Parameters, gradients: Parameters, slope: Tensor) -> Move:
    def move() -> None:
        gradients.flat.addcmul_(parameters.flat, slope)

    return move


def _penalize_by_autograd(
    penalty: PenaltyFunction,
    parameters: Parameters,
    gradients: Parameters,
    activation: str | Activation,
    members: Tensor,
) -> Move:
    more = followers(min(layer[0, :-1].numel() for layer in parameters.layers))
    shown = in_company(members, more)

    def move() -> None:
        layers = [in_company(layer, more).requires_grad_() for layer in parameters.layers]
        found = differentiate(
            "penalty", lambda: penalty(as_stack(layers, activation), shown), layers
        )
        for into, layer in zip(gradients.layers, found, strict=True):
            into.add_(layer[: len(members)])

    return move


def _soften(parameters: Parameters, limit: Callable[[], Tensor]) -> Move:
    def move() -> None:
        within = limit()
        # What is clamped away is the weight itself within the limit, which leaves exactly 0.
        parameters.flat.sub_(parameters.flat.clamp(-within, within))

    return move
