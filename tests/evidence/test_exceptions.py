import numpy as np
import pytest
from scipy import stats

from dlqa.evidence.exceptions import chance_above, highest_mean


@pytest.mark.parametrize("ones", [0, 1, 7, 23])
@pytest.mark.parametrize("tail", [0.025, 0.0005])
def test_the_bound_of_zeros_and_ones_is_clopper_and_pearsons(ones, tail):
    samples = np.repeat([0.0, 1.0], [24 - ones, ones])
    expected = stats.beta.ppf(1 - tail, ones + 1, 24 - ones)
    assert highest_mean(samples, 1.0, tail, start=1.0) == pytest.approx(expected, abs=1e-9)


def test_equal_samples_leave_exceptions_a_share_of_one_minus_the_root_of_the_tail():
    bound = highest_mean(np.full(12, 0.2), 1.0, 0.01, start=1.0)
    assert bound == pytest.approx(0.2 + 0.8 * (1 - 0.01 ** (1 / 12)))


def test_samples_at_the_end_of_the_range_leave_no_room():
    assert highest_mean(np.full(12, 1.0), 1.0, 0.01, start=1.0) == 1.0


def test_the_bound_is_not_searched_for_above_its_start():
    samples = np.linspace(0.2, 0.4, 12)
    assert highest_mean(samples, 1.0, 0.01, start=0.31) == 0.31
    assert highest_mean(samples, np.inf, 0.01, start=0.9) == 0.9


def test_the_chance_of_a_weighted_mean_is_that_of_drawn_weights():
    generator = np.random.default_rng(0)
    values = np.append(generator.random(15), [0.5, 0.5])  # ties, and one at the level itself
    weighted = generator.dirichlet(np.ones(17), 200_000) @ values
    for level in [0.3, 0.5, 0.6]:
        # the standard deviation of such a share is at most 0.0012
        assert chance_above(values, level) == pytest.approx(np.mean(weighted > level), abs=0.005)


def test_the_chance_beyond_all_values_is_zero_or_one():
    values = np.array([0.0, 0.5, 1.0])
    assert chance_above(values, 1.0) == 0
    assert chance_above(values, -0.1) == 1
