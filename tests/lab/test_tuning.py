"""A head is fitted, batch norm set, and told how far filters have moved."""

import math

import pytest
import torch
from torch import nn

from dlqa.lab.tuning import fit_head, moved, set_momentum


def network() -> nn.Sequential:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return nn.Sequential(
            nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 2)
        )  # fmt: skip


def test_a_fitted_head_minimizes_its_penalized_loss() -> None:
    generator = torch.Generator().manual_seed(0)
    features, labels = torch.randn(30, 4, generator=generator), torch.arange(30) % 3
    head = nn.Linear(4, 3)
    fit_head(head, features, labels)
    loss = nn.functional.cross_entropy(head(features), labels) + 0.005 * head.weight.square().sum()
    gradients = torch.autograd.grad(loss, list(head.parameters()))
    assert max(each.abs().max().item() for each in gradients) < 1e-3


def test_the_momentum_is_how_far_statistics_go_to_a_batchs() -> None:
    model, images = network(), torch.rand(12, 1, 4, 4, generator=torch.Generator().manual_seed(0))
    set_momentum(model, 1.0)
    with torch.no_grad():
        model.train()(images)
        mean = model[0](images).mean((0, 2, 3))
    torch.testing.assert_close(model[1].running_mean, mean)


@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_how_far_filters_moved_is_relative_to_their_norm(factor: float) -> None:
    before, after = network(), network()
    with torch.no_grad():
        after[0].weight.mul_(factor)
        after[4].weight.mul_(7)  # no filter
    assert math.isclose(moved(after, before), factor - 1, abs_tol=1e-6)
