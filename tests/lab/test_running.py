"""Running statistics at several momenta are those that batch norm would have kept."""

from copy import deepcopy

import pytest
import torch
from torch import nn

from dlqa.lab.running import follow, put, retaken
from dlqa.lab.tuning import set_momentum


@pytest.fixture
def model() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU())


def batches() -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(1)
    return [torch.rand(8, 3, 6, 6, generator=generator) for _ in range(5)]


@pytest.mark.parametrize("momentum", [0.01, 0.1])
def test_one_run_serves_every_momentum(momentum: float, model: nn.Module) -> None:
    plain = deepcopy(model)
    set_momentum(plain, momentum)
    held = follow(model, (0.01, 0.1))
    for batch in batches():
        plain.train()(batch)
        model.train()(batch)
    put(model, held[momentum])
    norms = [each[1] for each in (plain, model)]
    assert isinstance(norms[0], nn.BatchNorm2d)
    torch.testing.assert_close(norms[0].running_mean, norms[1].running_mean)
    torch.testing.assert_close(norms[0].running_var, norms[1].running_var)


def test_what_is_seen_in_evaluation_moves_nothing(model: nn.Module) -> None:
    held = follow(model, (0.1,))
    before = [each.clone() for each in held[0.1]]
    model.eval()(batches()[0])
    torch.testing.assert_close(held[0.1], before)


def test_retaken_statistics_are_those_of_all_images(model: nn.Module) -> None:
    images = torch.cat(batches())
    mean, variance = retaken(model, images)
    sums = model[0](images)
    torch.testing.assert_close(mean, sums.mean((0, 2, 3)).detach())
    torch.testing.assert_close(variance, sums.transpose(0, 1).flatten(1).var(1).detach())
    assert not model.training
