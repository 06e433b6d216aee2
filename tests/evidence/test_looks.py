import numpy as np
import pytest

from dlqa.evidence.looks import PAGE_ERROR, deciding_look, error_at, seeds_at
from dlqa.evidence.sides import Border, Side

CORRELATION = Border(-0.2, low=-1, high=1)


@pytest.mark.parametrize("conditions", [1, 27, 72])
def test_all_looks_at_all_conditions_share_the_error_of_a_page(conditions):
    assert conditions * sum(error_at(look, conditions) for look in range(60)) == pytest.approx(
        PAGE_ERROR
    )


def test_every_look_has_twice_the_seeds_of_the_one_before():
    assert [seeds_at(look, 12) for look in range(4)] == [12, 24, 48, 96]


def test_the_first_look_that_decides_is_the_last():
    samples = np.random.default_rng(0).normal(0.5, 1.0, 400).clip(-1, 1)
    look = deciding_look(samples, 12, 40, CORRELATION)
    assert look.side is Side.ABOVE
    assert look.low > -0.2
    assert look.seeds < 400


def test_later_samples_change_nothing_of_what_was_decided():
    samples = np.random.default_rng(0).normal(0.5, 1.0, 400).clip(-1, 1)
    look = deciding_look(samples, 12, 40, CORRELATION)
    assert deciding_look(samples[: look.seeds], 12, 40, CORRELATION) == look
    turned = np.append(samples[: look.seeds], -np.ones(300))
    assert deciding_look(turned, 12, 40, CORRELATION) == look


def test_an_open_condition_shows_the_last_look_that_its_seeds_allow():
    samples = np.tile([-0.2, -0.3, -0.1], 20)
    look = deciding_look(samples, 12, 40, CORRELATION)
    assert (look.number, look.seeds, look.side) == (2, 48, Side.UNDECIDED)
    assert look.error == error_at(2, 40)


def test_fewer_samples_than_the_first_look_are_refused():
    with pytest.raises(ValueError, match="at least 12 samples, got 6"):
        deciding_look(np.zeros(6), 12, 40, CORRELATION)


def test_pages_of_conditions_at_their_margin_rarely_have_a_wrong_side():
    generator = np.random.default_rng(0)
    wrong = sum(
        any(
            deciding_look(samples, 12, 10, Border(0.0)).side is not Side.UNDECIDED
            for samples in generator.standard_normal((10, 48))
        )
        for _ in range(100)
    )
    # at most 5 of 100 pages are promised; 12 are more than three standard deviations beyond
    assert wrong <= 12
