import math

import pytest
import torch
from torch import nn

from dlqa.lab.initializers import INITIALIZERS, initialize

SIZES = (60, 80, 50)


def drawn(name):
    """The first layer's weights [E, O, I] and biases [E, O] of many networks."""
    stack = initialize(name, SIZES, range(40))
    return stack.weights[0], stack.biases[0].squeeze(2)


@pytest.mark.parametrize(
    ("name", "deviation"),
    [
        ("xavier", math.sqrt(2 / (60 + 80))),
        ("he", math.sqrt(2 / 60)),
        ("lecun", math.sqrt(1 / 60)),
        ("gaussian_small", 0.01),
        ("gaussian_large", 1.0),
        ("orthogonal", math.sqrt(1 / 80)),  # 80 rows, 60 orthonormal columns
    ],
)
def test_weights_have_the_deviation_of_the_paper(name, deviation):
    weights, _ = drawn(name)
    assert weights.std().item() == pytest.approx(deviation, rel=0.02)
    assert weights.mean().item() == pytest.approx(0, abs=deviation / 50)


def test_xavier_has_the_range_of_pytorchs():
    torch.manual_seed(0)
    reference = nn.init.xavier_uniform_(torch.empty(80, 60)).abs().max().item()
    assert drawn("xavier")[0].abs().max().item() == pytest.approx(reference, rel=0.01)


@pytest.mark.parametrize(("name", "value"), [("zero", 0.0), ("constant_small", 0.01), ("one", 1.0)])
def test_constants_are_constant_biases_included(name, value):
    weights, biases = drawn(name)
    assert bool((weights == value).all())
    assert bool((biases == value).all())


def test_orthogonal_columns_are_orthonormal():
    weights, _ = drawn("orthogonal")
    gram = weights.mT @ weights
    torch.testing.assert_close(gram, torch.eye(60).expand_as(gram), atol=1e-5, rtol=0)


@pytest.mark.parametrize("name", ["he", "lecun", "orthogonal"])
def test_biases_of_later_initializers_are_zero(name):
    assert not drawn(name)[1].any()


@pytest.mark.parametrize("name", list(INITIALIZERS))
def test_a_network_does_not_depend_on_its_neighbours(name):
    alone, among = initialize(name, SIZES, [7]), initialize(name, SIZES, range(9))
    for one, many in zip(alone.weights, among.weights, strict=True):
        assert torch.equal(one[0], many[7])


def test_unknown_names_are_refused():
    with pytest.raises(ValueError, match="unknown initializer 'kaiming'; expected one of xavier"):
        initialize("kaiming", SIZES, [0])
