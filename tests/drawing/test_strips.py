"""Strip plots of several settings show the same rows of the same seeds, and tell what they show."""

import numpy as np
import pytest
import xarray as xr

from dlqa.drawing.labelled import strips

WORDS = {"probe": "linear probe", "tuned": "fine-tuned"}


def samples(*values: float) -> xr.DataArray:
    return xr.DataArray(np.array(values), dims="seed", coords={"seed": [300, 301, 302]})


GIVEN = {
    "photos": {"probe": samples(0.1, 0.2, 0.3), "tuned": samples(0.4, np.nan, 0.6)},
    "digits": {"probe": samples(0.5, 0.6, 0.7), "tuned": samples(0.7, np.nan, 0.8)},
}


def drawn(given: dict[str, dict[str, xr.DataArray]]) -> tuple:
    return strips(given, ["Photos", "Digits"], WORDS, (100, 80), "accuracy", limits=(0, 1), at=0.1)


def test_rows_show_the_seeds_that_all_of_a_panel_have() -> None:
    _, columns = drawn(GIVEN)
    assert {name: each.tolist() for name, each in columns.items()} == {
        "seed": [300, 302],
        "photos.probe": [0.1, 0.3],
        "photos.tuned": [0.4, 0.6],
        "digits.probe": [0.5, 0.7],
        "digits.tuned": [0.7, 0.8],
    }


def test_panels_have_their_titles_rows_and_one_scale() -> None:
    figure, _ = drawn(GIVEN)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Photos", "Digits"]
    for axes in figure.axes:
        assert [label.get_text() for label in axes.get_yticklabels()] == list(WORDS.values())
        assert axes.get_xlim() == (0, 1)
    assert figure.axes[-1].get_xlabel() == "accuracy"


def test_a_row_that_was_not_run_is_an_error() -> None:
    with pytest.raises(KeyError, match="nothing was run"):
        drawn(
            {**GIVEN, "digits": {"probe": samples(0.5, 0.6, 0.7), "tuned": samples(*[np.nan] * 3)}}
        )
