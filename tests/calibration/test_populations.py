import numpy as np
import pytest

from calibration.populations import populations


@pytest.mark.parametrize("population", populations(), ids=lambda population: population.name)
def test_samples_have_the_mean_and_the_range_that_their_population_states(population):
    samples = population.draw(np.random.default_rng(0), (200, 1_000))
    assert samples.shape == (200, 1_000)
    assert population.low <= samples.min()
    assert samples.max() <= population.high
    standard_error = samples.std() / np.sqrt(samples.size)
    assert samples.mean() == pytest.approx(population.mean, abs=5 * standard_error)
