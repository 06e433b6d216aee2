"""Choices are made on validation and told of the test split, seed by seed."""

import numpy as np
import xarray as xr

from dlqa.evidence.choices import best, peak, prefers


def tried(validation: list[list[float]], test: list[list[float]]) -> xr.DataArray:
    """Numbers by depth and seed for either split."""
    return xr.DataArray(
        np.array([validation, test], float),
        dims=("split", "depth", "seed"),
        coords={"split": ["validation", "test"], "depth": ["a", "b", "c"], "seed": [7, 8]},
    )


GIVEN = tried([[0.5, 0.5], [0.7, 0.5], [0.7, 0.4]], [[1, 2], [3, 4], [5, 6]])


def test_each_seed_has_its_own_choice_and_of_equals_the_first() -> None:
    assert prefers(GIVEN).values.tolist() == [1, 0]
    assert best(GIVEN).values.tolist() == [3, 2]
    assert best(GIVEN).seed.values.tolist() == [7, 8]


def test_the_test_split_chooses_nothing() -> None:
    turned = GIVEN.where(GIVEN.split == "validation", -GIVEN)
    assert best(turned).values.tolist() == [-3, -2]


def test_one_trial_may_choose_for_another() -> None:
    other = tried([[9, 9], [0, 0], [0, 0]], [[10, 20], [30, 40], [50, 60]])
    assert best(GIVEN, other).values.tolist() == [30, 20]


def test_several_dimensions_are_chosen_from_together() -> None:
    both = xr.concat([GIVEN, 2 * GIVEN], xr.IndexVariable("rate", [0.1, 1.0]))
    assert best(both).values.tolist() == [6, 4]
    turned = both.transpose("seed", "depth", "split", "rate")
    assert best(turned).values.tolist() == [6, 4]


def test_a_seed_that_ran_nothing_has_no_best() -> None:
    gone = GIVEN.where(GIVEN.seed == 7)
    assert best(gone).values.tolist()[0] == 3
    assert np.isnan(best(gone).values[1])


def by_rate(*validation: list[float]) -> xr.DataArray:
    """Validation by seed along a grid."""
    return xr.DataArray(
        np.array([validation, validation], float),
        dims=("split", "seed", "rate"),
        coords={"split": ["validation", "test"], "seed": range(len(validation))},
    )


def test_a_peak_lies_between_a_grids_places_as_a_parabola_does() -> None:
    parabola = [-((place - 1.7) ** 2) for place in range(5)]
    np.testing.assert_allclose(peak(by_rate(parabola, parabola[::-1]), "rate"), [1.7, 2.3])


def test_a_peak_at_an_end_is_there_and_of_equals_between_them() -> None:
    assert peak(by_rate([3, 2, 1], [1, 2, 3], [0, 1, 1], [1, 1, 1]), "rate").values.tolist() == [
        0,
        2,
        1.5,
        0,
    ]


def test_where_a_rate_was_not_tried_there_is_no_peak() -> None:
    found = peak(by_rate([0, 1, np.nan], [0, 1, 0]), "rate")
    np.testing.assert_array_equal(found, [np.nan, 1])
