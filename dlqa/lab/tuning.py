"""A network made ready for fine-tuning, its head and batch norm, and how far it has moved since."""

import torch
from torch import Tensor, nn

from dlqa.lab.arguments import check_kind, check_number, check_tensor

HEAD_PENALTY = 0.01  # on weights of features as they are


def fit_head(classifier: nn.Linear, features: Tensor, labels: Tensor) -> None:
    """Multinomial logistic regression on features [N, C] as they are, from zero, by L-BFGS.

    Not `dlqa.lab.probes`: it scales each channel, and a head that undoes the scaling has weights so
    large that the first steps of fine-tuning explode.
    """
    check_kind("classifier", classifier, nn.Linear, "a linear layer")
    check_tensor("features", features, "[N, C]", "floating")
    check_tensor("labels", labels, "[N]", "whole")
    nn.init.zeros_(classifier.weight)
    nn.init.zeros_(classifier.bias)
    optimizer = torch.optim.LBFGS(
        classifier.parameters(), max_iter=100, line_search_fn="strong_wolfe"
    )

    def loss() -> Tensor:
        optimizer.zero_grad()
        value = nn.functional.cross_entropy(classifier(features), labels)
        value = value + HEAD_PENALTY / 2 * classifier.weight.square().sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]


def set_momentum(model: nn.Module, momentum: float) -> None:
    """Batch norm's statistics move by this share of the way to each batch's."""
    check_kind("model", model, nn.Module, "a module")
    check_number("momentum", momentum, lambda number: 0 <= number <= 1, "in [0, 1]")
    for layer in model.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.momentum = momentum


def moved(model: nn.Module, before: nn.Module) -> float:
    """How far the filters moved, relative to their norm: one number over all convolutions."""
    for name, given in (("model", model), ("before", before)):
        check_kind(name, given, nn.Module, "a module")
    after, first = (
        torch.cat([w.detach().flatten() for w in _filters(each)]) for each in (model, before)
    )
    return float((after - first).norm() / first.norm())


def _filters(model: nn.Module) -> list[Tensor]:
    return [layer.weight for layer in model.modules() if isinstance(layer, nn.Conv2d)]
