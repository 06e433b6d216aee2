import math

import pytest
import torch

from dlqa.lab.mixtures import Mixture, Xor, distribution, sample, shuffled_batches


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def test_data_independent_have_the_limit_of_twelve_unit_shifts():
    law = distribution("independent", generator())
    expected = 0.5 * (1 + math.erf(math.sqrt(12) / 2 / math.sqrt(2)))
    assert law.bayes() == pytest.approx(expected)


@pytest.mark.parametrize("variant", ["correlated", "independent"])
def test_the_best_rule_reaches_the_limit_on_many_points(variant):
    law = distribution(variant, generator(3))
    labels = torch.arange(40_000) % 2
    inputs = law.sample(labels, generator(1))
    right = (law.best_rule(inputs) == labels).double().mean().item()
    assert right == pytest.approx(law.bayes(), abs=0.006)


def test_data_correlated_have_the_covariance_of_their_factor():
    law = distribution("correlated", generator(5))
    assert isinstance(law, Mixture)
    inputs = law.sample(torch.zeros(50_000, dtype=torch.long), generator(1))
    expected = law.factor.T @ law.factor
    torch.testing.assert_close(torch.cov(inputs).double(), expected, atol=0.15, rtol=0.05)


def test_xor_is_read_from_two_signs():
    law = Xor()
    labels = torch.arange(40_000) % 2
    inputs = law.sample(labels, generator())
    guesses = (inputs[0] * inputs[1] < 0).long()
    assert (guesses == labels).double().mean().item() == pytest.approx(law.bayes(), abs=0.006)


def test_a_data_set_does_not_depend_on_its_neighbours():
    alone, among = sample("correlated", [7]), sample("correlated", range(9))
    torch.testing.assert_close(alone.inputs[0], among.inputs[7], atol=0, rtol=0)


def test_fresh_points_are_not_training_samples():
    data = sample("independent", [0])
    assert not torch.isin(data.fresh_inputs[0, 0], data.inputs[0, 0]).any()


def test_each_pass_over_the_data_uses_every_sample_once():
    batches = shuffled_batches([0, 1], samples=400, steps=25, size=64)  # 4 passes
    assert batches.shape == (2, 25, 64)
    for row in batches.flatten(1):
        assert torch.equal(row.view(4, 400).sort(1).values, torch.arange(400).expand(4, -1))


def test_unknown_variants_and_odd_sizes_are_refused():
    with pytest.raises(ValueError, match="unknown variant 'moons'; expected one of correlated"):
        distribution("moons", generator())
    with pytest.raises(ValueError, match="must be even"):
        sample("correlated", [0], samples=401)
