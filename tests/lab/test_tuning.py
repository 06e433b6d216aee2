"""A network is tuned on a split from a known start, and what became of it is told."""

import math
from copy import deepcopy

import pytest
import torch
from torch import Tensor, nn

from dlqa.lab.finetuning import Training, accuracy
from dlqa.lab.pools import Split
from dlqa.lab.tuning import at_rates, curve, fit_head, moved, set_momentum, tune

PLAN = Training(steps=8, batch=6)


def role(count: int, seed: int) -> tuple[Tensor, Tensor]:
    """Images of two classes, bright and dark."""
    labels = torch.arange(count) % 2
    noise = torch.rand(count, 1, 4, 4, generator=torch.Generator().manual_seed(seed))
    return 0.4 * noise + labels.view(-1, 1, 1, 1), labels


GIVEN = Split(role(12, 0), role(8, 1), role(10, 2))


def network() -> nn.Sequential:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return nn.Sequential(
            nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 2)
        )  # fmt: skip


def test_what_is_told_are_the_trained_networks_accuracies() -> None:
    model = network()
    told = tune(model, GIVEN, 0.1, PLAN, 0)
    assert told == (accuracy(model, *GIVEN.validation), accuracy(model, *GIVEN.test))


def test_only_what_is_given_is_trained() -> None:
    model = network()
    before = deepcopy(model.state_dict())
    tune(model, GIVEN, 0.1, PLAN, 0, list(model[4].parameters()))
    assert torch.equal(model[0].weight, before["0.weight"])
    assert not torch.equal(model[4].weight, before["4.weight"])


def test_the_seed_draws_the_batches() -> None:
    first, again, other = network(), network(), network()
    for model, seed in ((first, 0), (again, 0), (other, 1)):
        tune(model, GIVEN, 0.1, PLAN, seed)
    assert torch.equal(first[4].weight, again[4].weight)
    assert not torch.equal(first[4].weight, other[4].weight)


def test_every_rate_begins_afresh() -> None:
    starts = []

    def start() -> nn.Module:
        starts.append(network())
        return starts[-1]

    found = at_rates(start, GIVEN, (0.0, 0.1), PLAN, 0)
    assert [found[1]] == at_rates(network, GIVEN, (0.1,), PLAN, 0)
    assert torch.equal(starts[0][4].weight, network()[4].weight)


def test_a_curve_ends_where_tuning_does() -> None:
    seen = curve(network(), GIVEN, 0.1, PLAN, 0, looks=(0, 3))
    assert seen[0] == accuracy(network(), *GIVEN.test)
    assert seen[-1] == tune(network(), GIVEN, 0.1, PLAN, 0)[1]
    assert len(seen) == 3


def test_a_fitted_head_minimizes_its_penalized_loss() -> None:
    generator = torch.Generator().manual_seed(0)
    features, labels = torch.randn(30, 4, generator=generator), torch.arange(30) % 3
    head = nn.Linear(4, 3)
    fit_head(head, features, labels)
    loss = nn.functional.cross_entropy(head(features), labels) + 0.005 * head.weight.square().sum()
    gradients = torch.autograd.grad(loss, list(head.parameters()))
    assert max(each.abs().max().item() for each in gradients) < 1e-3


def test_the_momentum_is_how_far_statistics_go_to_a_batchs() -> None:
    model = network()
    set_momentum(model, 1.0)
    with torch.no_grad():
        model.train()(GIVEN.training[0])
        mean = model[0](GIVEN.training[0]).mean((0, 2, 3))
    torch.testing.assert_close(model[1].running_mean, mean)


@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_how_far_filters_moved_is_relative_to_their_norm(factor: float) -> None:
    before, after = network(), network()
    with torch.no_grad():
        after[0].weight.mul_(factor)
        after[4].weight.mul_(7)  # no filter
    assert math.isclose(moved(after, before), factor - 1, abs_tol=1e-6)
