"""Batch norm's running statistics: kept at several momenta in one run, or taken anew at the end.

Where batch norm is updated, training normalizes by each batch and never reads what runs along; so
one run serves every momentum.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from dlqa.lab.arguments import check_kind, check_number, check_sequence, check_tensor
from dlqa.lab.tuning import set_momentum

Statistics = list[Tensor]  # of every layer the mean and the variance


def follow(model: nn.Module, momenta: Sequence[float]) -> dict[float, Statistics]:
    """From now on holds, by momentum, what the running statistics would be."""
    check_kind("model", model, nn.Module, "a module")
    check_sequence("momenta", momenta, "shares of the way to a batch's", 1)
    for place, momentum in enumerate(momenta):
        check_number(f"momenta[{place}]", momentum, lambda number: 0 < number <= 1, "in (0, 1]")
    set_momentum(model, 1.0)  # what runs along is then each batch's own
    held = {momentum: [each.clone() for each in _buffers(model)] for momentum in momenta}

    def step(*_: object) -> None:
        if model.training:
            for momentum, statistics in held.items():
                for mean, own in zip(statistics, _buffers(model), strict=True):
                    mean.lerp_(own, momentum)

    model.register_forward_hook(step)
    return held


@torch.no_grad()
def put(model: nn.Module, statistics: Statistics) -> None:
    """Gives the model these running statistics."""
    for buffer, given in zip(_buffers(model), statistics, strict=True):
        buffer.copy_(given)


@torch.no_grad()
def retaken(model: nn.Module, images: Tensor) -> Statistics:
    """The statistics of all these images [N, C, H, W] at once, under the weights as they are."""
    check_kind("model", model, nn.Module, "a module")
    check_tensor("images", images, "[N, C, H, W]", "floating")
    set_momentum(model, 1.0)
    model.train()(images)
    model.eval()
    return [each.clone() for each in _buffers(model)]


def _buffers(model: nn.Module) -> Statistics:
    norms = (layer for layer in model.modules() if isinstance(layer, nn.BatchNorm2d))
    return [
        own for norm in norms for own in (norm.running_mean, norm.running_var) if own is not None
    ]
