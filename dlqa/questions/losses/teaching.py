"""The losses by name, each with what its outputs mean.

Axes: E networks, O outputs, N samples.
"""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from dlqa.lab.company import followers, in_company
from dlqa.lab.losses import LOSSES, Loss
from dlqa.lab.objectives import OBJECTIVES, focal, through

POWER = 0.7  # of the generalized cross entropy, as its authors have it
GAMMA = 2.0  # of the focal loss, likewise


def generalized(power: float) -> Loss:
    """Mean of (1 − p^power) / power, p the softmax's share of the target (Zhang & Sabuncu 2018, eq. 6).

    Between the cross entropy, its limit for a power of 0, and the absolute error, for 1.
    """

    def shares(outputs: Tensor) -> Tensor:
        """p, and p^power, [E, 2·O, N]."""
        logs = outputs.log_softmax(1)
        return torch.cat([logs.exp(), (power * logs).exp()], 1)

    def value(outputs: Tensor, targets: Tensor) -> Tensor:
        raised = (power * outputs.log_softmax(1)).exp()
        return (targets * (1 - raised) / power).sum(1).mean(1)

    def differentiate(outputs: Tensor, targets: Tensor, samples: int) -> None:
        company = in_company(outputs, followers(outputs[0].numel()))
        found = shares(company)[: len(outputs)]
        p, raised = found.chunk(2, 1)
        weights = (targets * raised).sum(1, keepdim=True)
        outputs.copy_(weights * (p - targets)).div_(samples)

    return Loss(value, differentiate)


TEACHES: Mapping[str, Loss] = {
    "cross_entropy": LOSSES["cross entropy"],
    "squared": LOSSES["squared error"],
    "absolute": OBJECTIVES["absolute error"],
    "fourth": OBJECTIVES["fourth power"],
    "hinge": OBJECTIVES["hinge"],
    "constant": OBJECTIVES["constant"],
    "sigmoid_squared": through("sigmoid", LOSSES["squared error"]),
    "softmax_absolute": through("softmax", OBJECTIVES["absolute error"]),
    "generalized": generalized(POWER),
    "focal": focal(GAMMA),
}

MIDDLE = {name: 0.5 for name in ("squared", "absolute", "fourth")}  # whose targets are 0 and 1


def _of_softmax(outputs: Tensor) -> Tensor:
    return (outputs[:, 1] - outputs[:, 0]).sigmoid()


# The probability [E, N] of the second class, of outputs [E, 2, N]: of losses that are least, on
# average, where an output says what share of samples there is of its class, and of those that go
# through a softmax.
PROBABILITIES: Mapping[str, Callable[[Tensor], Tensor]] = {
    **dict.fromkeys(
        ("cross_entropy", "softmax_absolute", "generalized", "focal"), _of_softmax
    ),
    "squared": lambda outputs: ((outputs[:, 1] - outputs[:, 0] + 1) / 2).clamp(0, 1),
    "sigmoid_squared": lambda outputs: (outputs[:, 1].sigmoid() - outputs[:, 0].sigmoid() + 1) / 2,
}  # fmt: skip


def shape(name: str, leads: Tensor) -> tuple[Tensor, Tensor]:
    """A loss of one sample and its downward slope, [N], by how far the right output is ahead.

    The outputs lie at equal distances from the middle of what the loss wants them to be.
    """
    middle = MIDDLE.get(name, 0.0)
    outputs = torch.stack([middle - leads / 2, middle + leads / 2]).T[:, :, None]  # [N, 2, 1]
    targets = torch.tensor([0.0, 1.0], device="cpu")[None, :, None].expand_as(outputs).contiguous()
    values = TEACHES[name].value(outputs, targets)
    slopes = outputs.clone()
    TEACHES[name].differentiate(slopes, targets, 1)
    return values, (slopes[:, 0, 0] - slopes[:, 1, 0]) / 2
