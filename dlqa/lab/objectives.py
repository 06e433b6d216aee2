"""Losses beside those that a name selects, and what outputs may pass through before a loss.

Axes: E networks, O outputs, B samples. Each loss is a mean over a network's samples, and over its
outputs where it is a sum of theirs; columns of a batch that are no samples are theirs as well, so
what is computed of these has to be finite.
"""

from collections.abc import Callable, Mapping
from math import inf

import torch
from torch import Tensor

from dlqa.lab.arguments import check_kind, check_name, check_number
from dlqa.lab.company import followers, in_company
from dlqa.lab.losses import Loss


def _per_output(value: Callable[[Tensor], Tensor], slope: Callable[[Tensor], Tensor]) -> Loss:
    """The mean over samples and outputs of `value` of the error; its derivative there is `slope`."""

    def differentiate(outputs: Tensor, targets: Tensor, samples: int) -> None:
        outputs.copy_(slope(outputs - targets)).div_(samples * outputs.shape[1])

    return Loss(lambda outputs, targets: value(outputs - targets).mean((1, 2)), differentiate)


def _sides(targets: Tensor) -> Tensor:
    """-1 for targets of 0, 1 for targets of 1."""
    return 2 * targets - 1


def _hinge(outputs: Tensor, targets: Tensor) -> Tensor:
    return (1 - _sides(targets) * outputs).clamp_min(0).mean((1, 2))


def _differentiate_hinge(outputs: Tensor, targets: Tensor, samples: int) -> None:
    sides = _sides(targets)
    within = sides * outputs < 1
    outputs.copy_(-sides * within).div_(samples * outputs.shape[1])


def _binary(outputs: Tensor, targets: Tensor) -> Tensor:
    return (outputs.clamp_min(0) - outputs * targets + (-outputs.abs()).exp().log1p()).mean((1, 2))


def _differentiate_binary(outputs: Tensor, targets: Tensor, samples: int) -> None:
    outputs.copy_(_in_company(outputs, torch.sigmoid)).sub_(targets)
    outputs.div_(samples * outputs.shape[1])


# absolute error: |o − t|, its derivative at 0 taken as 0. fourth power: (o − t)⁴. hinge: max(0, 1 − s·o)
# with s = 2t − 1, for targets of 0 and 1 (Cortes & Vapnik 1995, section 3), its derivative at 1 taken as 0.
# binary cross entropy: of the sigmoid of each output (Bishop 2006, eq. 4.90). constant: 0, which
# teaches nothing.
OBJECTIVES: Mapping[str, Loss] = {
    "absolute error": _per_output(torch.abs, torch.sign),
    "fourth power": _per_output(lambda e: e.square().square(), lambda e: 4 * e * e * e),
    "hinge": Loss(_hinge, _differentiate_hinge),
    "binary cross entropy": Loss(_binary, _differentiate_binary),
    "constant": _per_output(torch.zeros_like, torch.zeros_like),
}


def focal(gamma: float) -> Loss:
    """Mean over samples of −Σ targets · (1 − p)^gamma · log p with p = softmax(outputs).

    gamma: at least 0; with 0 it is the cross entropy. Targets are one-hot, or weighted as
    `dlqa.lab.class_weights` does (Lin et al. 2017, eq. 4 and 5; here of any number of classes).
    """
    check_number("gamma", gamma, lambda number: 0 <= number < inf, "of at least 0")

    def value(outputs: Tensor, targets: Tensor) -> Tensor:
        logs = outputs.log_softmax(1)
        return -(targets * (-logs.expm1()).pow(gamma) * logs).sum(1).mean(1)

    def shares_and_slopes(outputs: Tensor) -> Tensor:
        """p, and p times the derivative by p of −(1 − p)^gamma · log p."""
        logs = outputs.log_softmax(1)
        probabilities = logs.exp()
        # The smallest number in place of 0: what it is raised to may be negative, and is then
        # multiplied by a logarithm that is 0.
        rest = (1 - probabilities).clamp_min(torch.finfo(outputs.dtype).tiny)
        slopes = gamma * rest.pow(gamma - 1) * probabilities * logs - rest.pow(gamma)
        return torch.cat([probabilities, slopes], 1)

    def differentiate(outputs: Tensor, targets: Tensor, samples: int) -> None:
        shares = _in_company(outputs, shares_and_slopes)  # [E, 2·O, B]
        probabilities = shares[:, : outputs.shape[1]]
        slopes = shares[:, outputs.shape[1] :] * targets
        outputs.copy_(slopes - probabilities * slopes.sum(1, keepdim=True)).div_(samples)

    return Loss(value, differentiate)


def _back_through_sigmoid(gradient: Tensor, passed: Tensor) -> Tensor:
    return gradient * (passed * (1 - passed))


def _back_through_softmax(gradient: Tensor, passed: Tensor) -> Tensor:
    return passed * (gradient - (gradient * passed).sum(1, keepdim=True))


# What outputs pass through, and the derivative by what was before from the one by what is behind.
PASSAGES: Mapping[str, tuple[Callable[[Tensor], Tensor], Callable[[Tensor, Tensor], Tensor]]] = {
    "sigmoid": (torch.sigmoid, _back_through_sigmoid),
    "softmax": (lambda outputs: outputs.softmax(1), _back_through_softmax),
}


def through(passage: str, loss: Loss) -> Loss:
    """`loss` of what outputs become: "sigmoid", each by itself, or "softmax", over a sample's.

    Golik, Doetsch & Ney (2013, section 2) derive how small the squared error's gradient gets then.
    Raises TypeError or ValueError for another passage or what is no `Loss`.
    """
    check_name("passage", passage, PASSAGES)
    check_kind("loss", loss, Loss, "a Loss of dlqa.lab.losses")
    forward, back = PASSAGES[passage]

    def differentiate(outputs: Tensor, targets: Tensor, samples: int) -> None:
        passed = _in_company(outputs, forward)
        outputs.copy_(passed)
        loss.differentiate(outputs, targets, samples)
        outputs.copy_(back(outputs, passed))

    return Loss(lambda outputs, targets: loss.value(forward(outputs), targets), differentiate)


def _in_company(outputs: Tensor, function: Callable[[Tensor], Tensor]) -> Tensor:
    """What a function makes of outputs, bit by bit whatever networks stand beside one's own."""
    return function(in_company(outputs, followers(outputs[0].numel())))[: len(outputs)]
