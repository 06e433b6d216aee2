"""A network trained and looked at along the way ends as one that is trained without a look."""

import pytest
import torch
from torch import nn

from dlqa.lab.along import accuracies, images_at, trained_along
from dlqa.lab.finetuning import Training
from dlqa.lab.pools import Split
from dlqa.lab.refusals import refuses


def pixels(count: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    labels = torch.arange(count) % 2
    images = torch.rand(count, 3, 4, 4, generator=generator) + labels.view(-1, 1, 1, 1)
    return images, labels


@pytest.fixture
def given() -> Split:
    return Split(pixels(20, 0), pixels(10, 1), pixels(12, 2))


def start() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Flatten(), nn.Linear(48, 2))


def test_looks_change_nothing_and_the_last_is_the_end(given: Split) -> None:
    training = Training(steps=8, batch=5)
    ended, curve = trained_along(start(), given, 0.05, training, 0, every=10)
    again, _ = trained_along(model := start(), given, 0.05, training, 0, every=40)
    assert ended == again == accuracies(model, given)
    assert images_at(training, 10) == [0, 10, 20, 30, 40]
    assert len(curve) == 5
    assert curve[-1] == ended[-1]


def test_where_looks_miss_the_end_it_is_told_all_the_same(given: Split) -> None:
    training = Training(steps=7, batch=5)
    ended, curve = trained_along(start(), given, 0.05, training, 0, every=10)
    assert len(curve) == len(images_at(training, 10)) == 4
    assert len(ended) == 3


def test_own_parameters_alone_are_trained(given: Split) -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(48, 8), nn.Linear(8, 2))
    before = model[1].weight.clone()
    trained_along(model, given, 0.05, Training(4, 5), 0, every=10, own=list(model[2].parameters()))
    torch.testing.assert_close(model[1].weight, before, rtol=0, atol=0)


def test_a_look_is_no_shorter_than_a_batch() -> None:
    with pytest.raises(ValueError, match="every"):
        images_at(Training(4, 5), 4)


def test_a_linear_layer_on_flattened_maps_refuses_another_side_and_on_means_does_not() -> None:
    filters = nn.Conv2d(3, 4, 3)
    maps = nn.Sequential(filters, nn.Flatten(), nn.Linear(4 * 30 * 30, 2))
    means = nn.Sequential(filters, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2))
    assert refuses(maps)
    assert not refuses(means)
