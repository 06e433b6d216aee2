import numpy as np
import pytest
from scipy import stats

from calibration.methods import Batch, bca, chances_above_zero, methods, student
from calibration.populations import Population, populations
from dlqa.evidence.exceptions import chance_above
from dlqa.evidence.means import interval


def seen(name: str) -> Population:
    return next(population for population in populations() if population.name == name)


def drawn(population: Population, size: int, repeats: int) -> np.ndarray:
    return population.draw(np.random.default_rng(0), (repeats, size))


@pytest.mark.parametrize("population", populations(), ids=lambda population: population.name)
@pytest.mark.parametrize("error", [0.05, 0.001])
def test_what_the_tables_count_is_what_the_interval_misses(population, error):
    samples = drawn(population, 12, 60)
    counted = methods()[-1].misses(Batch(samples, population), error)
    for each, missed in zip(samples, counted, strict=True):
        low, high = interval(each, error=error, low=population.low, high=population.high)
        assert missed == (not low <= population.mean <= high)


def test_what_is_counted_of_gaffkes_bound_is_what_it_misses():
    population = seen("0 or 1, 0.1 ones")
    batch = Batch(drawn(population, 24, 400), population)
    method = next(method for method in methods() if method.name == "Gaffke's bound")
    low, high = method.bounds(batch, 0.2)
    missed = (low > population.mean) | (high < population.mean)
    assert missed.any()
    assert (method.misses(batch, 0.2) == missed).all()


def test_chances_of_many_samples_are_those_of_each():
    values = np.random.default_rng(0).normal(size=(30, 12)).round(1)
    expected = [chance_above(each, 0.0) for each in values]
    assert chances_above_zero(values) == pytest.approx(expected)


def test_students_interval_is_that_of_scipy():
    population = seen("exponential")
    samples = drawn(population, 24, 3)
    low, high = student(Batch(samples, population), 0.01)
    expected = stats.t.interval(0.99, 23, samples.mean(1), stats.sem(samples, axis=1))
    assert (low, high) == (pytest.approx(expected[0]), pytest.approx(expected[1]))


def test_bca_is_that_of_scipy(monkeypatch):
    monkeypatch.setattr("calibration.methods.RESAMPLES", 39_999)
    population = seen("exponential")
    samples = drawn(population, 24, 1)
    found = stats.bootstrap(samples, np.mean, n_resamples=39_999, rng=np.random.default_rng(0))
    bounds = np.array(bca(Batch(samples, population), 0.05))[:, 0]
    assert bounds == pytest.approx(list(found.confidence_interval), abs=0.02)
