import numpy as np
import pytest
from scipy import stats

from dlqa.evidence.intervals import interval, p_value


def test_interval_is_close_to_students_for_normal_samples():
    samples = np.random.default_rng(0).normal(1.0, 2.0, 200)
    low, high = interval(samples)
    expected = stats.t.interval(0.95, 199, samples.mean(), stats.sem(samples))
    assert (low, high) == pytest.approx(expected, abs=0.04)


def test_p_value_is_close_to_students_for_normal_samples():
    samples = np.random.default_rng(1).normal(0.3, 1.0, 100)
    expected = stats.ttest_1samp(samples, 0.0).pvalue
    assert p_value(samples, 0.0) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("size", [12, 24])
@pytest.mark.parametrize("shape", ["normal", "skewed"])
def test_intervals_cover_the_mean_as_often_as_they_say(size, shape):
    generator = np.random.default_rng(size)
    draw = generator.standard_normal if shape == "normal" else generator.standard_exponential
    mean = 0.0 if shape == "normal" else 1.0
    covered = 0
    for _ in range(600):
        low, high = interval(draw(size))
        covered += low <= mean <= high
    # 600 intervals at 95 % miss 30 ± 5.3; four standard deviations either way
    assert 0.914 <= covered / 600 <= 0.985


def test_interval_and_p_value_agree_on_what_is_excluded():
    samples = np.random.default_rng(2).normal(0.5, 1.0, 24)
    low, high = interval(samples)
    assert p_value(samples, low - 0.01) < 0.05 < p_value(samples, low + 0.01)
    assert p_value(samples, high + 0.01) < 0.05 < p_value(samples, high - 0.01)


def test_few_samples_are_put_to_students_t():
    samples = np.random.default_rng(4).normal(0.5, 1.0, 6)
    expected = stats.t.interval(0.95, 5, samples.mean(), stats.sem(samples))
    assert interval(samples) == pytest.approx(expected)
    assert p_value(samples, 0.1) == pytest.approx(stats.ttest_1samp(samples, 0.1).pvalue)


def test_equal_samples_have_an_interval_of_no_width():
    assert interval(np.full(12, 0.5)) == (0.5, 0.5)
    assert p_value(np.full(12, 0.5), 0.5) == 1.0
    assert p_value(np.full(12, 0.5), 0.4) < 0.001
    assert interval(np.full(6, 0.5)) == (0.5, 0.5)


@pytest.mark.parametrize("samples", [[1.0, 2.0], [1.0, 2.0, 3.0, 4.0, np.nan]])
def test_too_few_or_broken_samples_are_refused(samples):
    with pytest.raises(ValueError, match="at least 5 finite"):
        interval(np.array(samples))


def test_the_same_samples_give_the_same_interval():
    samples = np.random.default_rng(3).normal(size=24)
    assert interval(samples) == interval(samples.copy())
