"""A network cut in two computes what the whole one does."""

import pytest
import torch

from dlqa.lab.cuts import above, mapped
from dlqa.lab.pools import Split
from dlqa.lab.starts import as_it_came


@pytest.fixture
def given() -> Split:
    images = torch.rand(3, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    return Split(*((images, torch.arange(3)) for _ in range(3)))


@pytest.mark.parametrize("cut", [0, 3, 7, 9])
@torch.no_grad()
def test_what_lies_above_goes_on_from_what_lies_below(cut: int, given: Split) -> None:
    network = as_it_came()
    images, _ = given.training
    found = above(network, cut).eval()(mapped(given, cut).training[0])
    torch.testing.assert_close(found, network(images), rtol=1e-4, atol=1e-4)


def test_a_cut_beyond_the_network_is_refused(given: Split) -> None:
    for ask in (lambda: mapped(given, 10), lambda: above(as_it_came(), 10)):
        with pytest.raises(ValueError, match="cut"):
            ask()
