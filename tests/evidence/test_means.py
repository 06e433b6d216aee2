import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dlqa.evidence.means import interval

ERRORS = st.sampled_from([0.05, 0.01, 0.001, 0.0001])
SHARES = st.lists(
    st.one_of(
        st.sampled_from([0.0, 0.5, 1.0]),
        st.integers(0, 24).map(lambda correct: correct / 24),
        st.floats(0, 1),
    ),
    min_size=5,
    max_size=40,
).map(np.array)


@given(SHARES, ERRORS)
def test_an_interval_holds_the_samples_mean_and_keeps_to_the_range(samples, error):
    low, high = interval(samples, error=error, low=0, high=1)
    assert 0 <= low <= samples.mean() <= high <= 1


@given(SHARES, ERRORS)
def test_shares_that_differ_from_the_ends_leave_room_on_both_sides(samples, error):
    low, high = interval(samples, error=error, low=0, high=1)
    assert low < samples.mean() or samples.mean() <= 1e-300
    assert high > samples.mean() or samples.mean() == 1


@given(SHARES)
def test_a_smaller_error_gives_an_interval_around_that_of_a_larger_one(samples):
    intervals = [interval(samples, error=error, low=0, high=1) for error in (0.001, 0.01, 0.05)]
    for (low, high), (inner_low, inner_high) in pairwise(intervals):
        assert low <= inner_low + 1e-9
        assert inner_high <= high + 1e-9


@given(SHARES, ERRORS)
def test_a_narrower_range_gives_no_wider_interval(samples, error):
    low, high = interval(samples, error=error, low=0, high=1)
    wide_low, wide_high = interval(samples, error=error, low=-1, high=2)
    assert wide_low <= low + 1e-9
    assert high <= wide_high + 1e-9


@given(SHARES, ERRORS, st.sampled_from([1e-13, 1e13]))
def test_a_change_of_unit_changes_nothing_else(samples, error, scale):
    plain = interval(samples, error=error, low=0, high=1)
    scaled = interval(samples * scale, error=error, low=0, high=scale)
    assert np.array(scaled) / scale == pytest.approx(plain, abs=1e-9)


@given(SHARES, ERRORS)
def test_mirrored_samples_have_the_mirrored_interval(samples, error):
    low, high = interval(samples, error=error, low=0, high=1)
    assert interval(-samples, error=error, low=-1, high=0) == pytest.approx((-high, -low), abs=1e-9)


def test_the_interval_of_symmetric_samples_is_students():
    samples = np.arange(12.0) - 5.5
    expected = stats.t.interval(0.99, 11, 0, stats.sem(samples))
    assert interval(samples, error=0.01) == pytest.approx(expected)


def test_the_interval_reaches_farther_where_samples_straggle():
    samples = np.random.default_rng(0).standard_exponential(24)
    low, high = interval(samples)
    student_low, student_high = stats.t.interval(0.95, 23, samples.mean(), stats.sem(samples))
    assert low == pytest.approx(student_low)
    assert high > student_high


@pytest.mark.parametrize("scale", [1e-13, 1.0, 1e13])
@pytest.mark.parametrize("size", [6, 12, 24, 96])
def test_one_odd_sample_says_little_of_how_many_there_are(size, scale):
    samples = scale * np.append(np.zeros(size - 1), 1.0)
    low, high = interval(samples, low=0, high=scale)
    clopper_pearson = stats.beta.ppf([0.025, 0.975], [1, 2], [size, size - 1])
    assert (low / scale, high / scale) == pytest.approx(clopper_pearson, abs=1e-6)
    assert interval(samples)[1] == math.inf


@pytest.mark.parametrize("odd", [0.96, 0.999, 1 - 1e-5])
def test_a_sample_that_is_hardly_odd_leaves_what_unseen_exceptions_allow(odd):
    low, high = interval(np.append(np.ones(23), odd), low=0, high=1)
    assert low == pytest.approx(0.025 ** (1 / 24), abs=0.002)
    assert (1 + odd) / 2 < high <= 1


@pytest.mark.parametrize("rounding", [0.0, 1e-16, 1e-8])
def test_equal_samples_leave_what_unseen_exceptions_allow(rounding):
    samples = 0.9 + rounding * np.arange(24)
    share = 1 - 0.0005 ** (1 / 24)
    expected = (0.9 - 0.9 * share, 0.9 + 0.1 * share)
    assert interval(samples, error=0.001, low=0, high=1) == pytest.approx(expected, abs=1e-6)


def test_equal_samples_of_a_quantity_without_range_leave_every_mean_possible():
    assert interval(np.full(24, 0.9)) == (-math.inf, math.inf)
    assert interval(np.full(24, 0.9), low=0)[1] == math.inf
    assert interval(np.full(24, 0.9), low=0)[0] == pytest.approx(0.9 * 0.025 ** (1 / 24))


def test_correlations_never_leave_their_range():
    samples = np.append(np.full(31, 1.0), 0.8)
    low, high = interval(samples, error=0.0003, low=-1, high=1)
    assert -1 <= low < 0.99375 < high <= 1


@pytest.mark.parametrize("size", [12, 24])
@pytest.mark.parametrize("shape", ["normal", "exponential", "rare"])
def test_intervals_miss_the_mean_about_as_rarely_as_they_say(size, shape):
    generator = np.random.default_rng(size)
    draw, mean, low = {
        "normal": (generator.standard_normal, 0.0, -math.inf),
        "exponential": (generator.standard_exponential, 1.0, 0.0),
        "rare": (lambda size: (generator.random(size) < 0.05).astype(float), 0.05, 0.0),
    }[shape]
    high = 1.0 if shape == "rare" else math.inf
    missed = 0
    for _ in range(600):
        lowest, highest = interval(draw(size), low=low, high=high)
        missed += not lowest <= mean <= highest
    # 600 intervals of an error of 5 % miss 30 ± 5.3; four standard deviations
    assert missed <= 51


@pytest.mark.parametrize(
    ("samples", "options", "message"),
    [
        ([1.0, 2.0, 3.0, 4.0], {}, "at least 5 finite numbers"),
        ([1.0, 2.0, 3.0, 4.0, np.nan], {}, "at least 5 finite numbers"),
        ([1.0, 2.0, 3.0, 4.0, np.inf], {}, "at least 5 finite numbers"),
        ([[0.1] * 6], {}, "at least 5 finite numbers on one axis"),
        ([0.1] * 5 + [1.2], {"low": 0, "high": 1}, r"between 0 and 1, got some from 0\.1 to 1\.2"),
        ([0.1] * 6, {"low": 1, "high": 0}, "between 1 and 0"),
        ([0.1] * 6, {"error": 0.0}, "above 0 and below 0.5, got 0.0"),
        ([0.1] * 6, {"error": 0.95}, "above 0 and below 0.5, got 0.95"),
    ],
)
def test_what_cannot_be_judged_is_refused(samples, options, message):
    with pytest.raises(ValueError, match=message):
        interval(np.array(samples), **options)


def test_samples_beyond_the_range_by_rounding_alone_count_as_at_its_end():
    samples = np.append(np.full(11, 0.9), 1 + 1e-12)
    assert interval(samples, low=0, high=1)[1] <= 1
