"""The losses that a name selects, their derivative by hand, and functions, left to autograd.

Axes: E networks, O outputs, B samples. A network's loss is a mean over its own samples only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from dlqa.lab.arguments import check_name
from dlqa.lab.company import differentiate, followers, in_company

LossFunction = Callable[[Tensor, Tensor], Tensor]


@dataclass(frozen=True)
class Loss:
    """A loss with its derivative by hand: what `train` takes in place of a name.

    value: of outputs and targets [E, O, B], [E]. differentiate(outputs, targets, samples): puts the
    outputs' derivative in their place, for the mean over so many samples; columns beyond these may
    hold anything finite.
    """

    value: LossFunction
    differentiate: Callable[[Tensor, Tensor, int], None]


def squared_error(outputs: Tensor, targets: Tensor) -> Tensor:
    """Mean over samples and outputs of the squared difference, [E]."""
    return (outputs - targets).square().mean((1, 2))


def cross_entropy(outputs: Tensor, targets: Tensor) -> Tensor:
    """Mean over samples of −Σ targets · log softmax(outputs), [E]."""
    return -(targets * outputs.log_softmax(1)).sum(1).mean(1)


def _differentiate_squared_error(outputs: Tensor, targets: Tensor, samples: int) -> None:
    outputs.sub_(targets).mul_(2 / (samples * outputs.shape[1]))


def _differentiate_cross_entropy(outputs: Tensor, targets: Tensor, samples: int) -> None:
    torch.softmax(outputs, 1, out=outputs)
    outputs.mul_(targets.sum(1, keepdim=True)).sub_(targets).div_(samples)


LOSSES: Mapping[str, Loss] = {
    "squared error": Loss(squared_error, _differentiate_squared_error),
    "cross entropy": Loss(cross_entropy, _differentiate_cross_entropy),
}


def check_loss(loss: str | Loss | LossFunction) -> None:
    """Raises ValueError for an unknown name."""
    if not isinstance(loss, Loss) and not callable(loss):
        check_name("loss", loss, LOSSES)


def derivative(loss: str | Loss | LossFunction) -> Callable[[Tensor, Tensor, int], None]:
    """What `Loss.differentiate` is, of a loss that has a name or is a function."""
    if isinstance(loss, str):
        return LOSSES[loss].differentiate
    if isinstance(loss, Loss):
        return loss.differentiate
    function = loss

    def put(outputs: Tensor, targets: Tensor, samples: int) -> None:
        shown = outputs[:, :, :samples]
        more = followers(shown[0].numel())
        inputs = in_company(shown, more).requires_grad_()
        wanted = in_company(targets[:, :, :samples], more)
        (found,) = differentiate("loss", lambda: function(inputs, wanted), [inputs])
        shown.copy_(found[: len(outputs)])

    return put
