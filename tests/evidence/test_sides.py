import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlqa.evidence.means import interval
from dlqa.evidence.sides import Border, Side, decide, seeds_needed


@pytest.mark.parametrize(
    ("low", "high", "side"),
    [
        (0.21, 0.30, Side.ABOVE),
        (0.10, 0.19, Side.BELOW),
        (0.10, 0.30, Side.UNDECIDED),
        (0.20, 0.30, Side.UNDECIDED),  # the margin itself is still possible
        (0.16, 0.24, Side.EQUAL),
        (0.21, 0.24, Side.EQUAL),  # not the margin, but too near to matter
        (0.15, 0.30, Side.UNDECIDED),
        (0.21, 0.26, Side.ABOVE),
        (-math.inf, math.inf, Side.UNDECIDED),
    ],
)
def test_a_side_is_where_the_interval_lies_as_a_whole(low, high, side):
    assert decide(low, high, Border(0.2, resolution=0.05)) is side


def test_nothing_is_practically_equal_without_a_resolution():
    assert decide(0.2, 0.2, Border(0.2)) is Side.UNDECIDED


@given(
    st.lists(st.floats(-1, 1), min_size=5, max_size=30).map(np.array),
    st.floats(-1, 1),
    st.sampled_from([0.0, 0.01, 0.3]),
)
def test_interval_and_side_never_contradict_each_other(samples, margin, resolution):
    border = Border(margin, resolution, low=-1, high=1)
    low, high = interval(samples, low=-1, high=1)
    side = decide(low, high, border)
    if side is Side.ABOVE:
        assert low > margin
        assert samples.mean() > margin
    if side is Side.BELOW:
        assert high < margin
        assert samples.mean() < margin
    if side is Side.EQUAL:
        assert abs(samples.mean() - margin) <= resolution
    if side is Side.UNDECIDED:
        assert low <= margin <= high


@pytest.mark.parametrize("resolution", [-0.1, math.inf, math.nan])
def test_a_resolution_that_is_no_distance_is_refused(resolution):
    with pytest.raises(ValueError, match="resolution of 0 or more"):
        Border(0.0, resolution)


def test_a_margin_that_the_quantity_cannot_reach_is_refused():
    with pytest.raises(ValueError, match="margin between 0 and 1"):
        Border(1.2, low=0, high=1)


@pytest.mark.parametrize("error", [0.05, 0.0005])
def test_the_seeds_that_a_decision_takes_are_those_that_decide(error):
    samples = np.random.default_rng(0).normal(0.1, 0.3, 24)
    border = Border(0.0)
    seeds = seeds_needed(samples, border, error=error)
    many = np.tile(samples, 1 + int(seeds) // 24)
    assert decide(*interval(many, error=error), border) is Side.ABOVE
    assert decide(*interval(many[: int(0.8 * seeds)], error=error), border) is Side.UNDECIDED


def test_equality_takes_seeds_too():
    samples = np.random.default_rng(0).normal(0.0, 0.3, 24)
    samples -= samples.mean()
    seeds = seeds_needed(samples, Border(0.0, resolution=0.1), error=0.05)
    many = np.tile(samples, 1 + int(seeds) // 24)
    assert decide(*interval(many), Border(0.0, resolution=0.1)) is Side.EQUAL


def test_equal_samples_take_as_many_seeds_as_rule_out_exceptions():
    border = Border(0.9, low=0, high=1)
    seeds = seeds_needed(np.full(12, 1.0), border, error=0.001)
    assert decide(*interval(np.full(int(seeds), 1.0), error=0.001, low=0, high=1), border) is (
        Side.ABOVE
    )
    assert decide(*interval(np.full(int(seeds) - 1, 1.0), error=0.001, low=0, high=1), border) is (
        Side.UNDECIDED
    )


def test_no_number_of_seeds_decides_what_lies_at_its_margin_or_has_no_range():
    assert seeds_needed(np.array([0.0, 1.0] * 6), Border(0.5), error=0.05) == math.inf
    assert seeds_needed(np.full(12, 1.0), Border(0.9), error=0.05) == math.inf
    assert seeds_needed(np.full(12, 1.0), Border(1.0, low=0, high=1), error=0.05) == math.inf
    assert seeds_needed(np.array([0.0, 1.0] * 6), Border(0.5 + 1e-17), error=0.05) == math.inf


def test_what_is_undecided_takes_more_seeds_than_it_has():
    samples = np.append(np.full(90, -0.4), np.full(6, 0.2))
    border = Border(-0.3, low=-1, high=1)
    assert decide(*interval(samples, error=0.00005, low=-1, high=1), border) is Side.UNDECIDED
    assert seeds_needed(samples, border, error=0.00005) > 96
