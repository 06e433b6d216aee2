"""What a page reads out of a drawing leads to the download's columns, by the marks that show them."""

import numpy as np
import pytest
import xarray as xr

from dlqa.drawing.canvas import Drawing, band, panels
from dlqa.drawing.labelled import band_of, key, lines, strip
from dlqa.drawing.palette import SERIES
from dlqa.publishing.exhibits.powers import power
from dlqa.publishing.exhibits.readings import readings
from dlqa.publishing.exhibits.svg_drawing import render

STEPS = [0, 10, 20]


def curves() -> xr.DataArray:
    values = np.arange(12.0).reshape(4, 3) / 12
    return xr.DataArray(values, coords={"seed": range(4), "step": STEPS}, dims=("seed", "step"))


def drawing() -> Drawing:
    """A band named at its end, one named by a key, single curves, and a row of dots a sample."""
    figure, axes = panels(["Bands", "Curves", "Dots"], height=120)
    columns = {"step": np.array(STEPS)}
    columns |= band_of(axes[0], curves(), SERIES[0], "first", label="First")
    axes[0].set(xlim=(0, 20), ylim=(0, 2), xlabel="step")
    paths = curves().rename(seed="weight")
    columns |= lines(axes[1], paths, SERIES[1], "paths")
    columns |= band_of(axes[1], curves() + 1, SERIES[2], "second")
    key(axes[1], {"Second": SERIES[2]}, "upper left")
    samples = {"a": curves().isel(step=0, drop=True), "b": curves().isel(step=1, drop=True)}
    columns |= strip(axes[2], samples, dict(zip("ab", SERIES, strict=False)), {"a": "A", "b": "B"})
    return Drawing(figure, columns)


def test_every_mark_leads_to_its_columns_and_has_its_words() -> None:
    bands, many, dots = readings(drawing())
    assert bands["series"] == [
        {"label": "First", "kind": "band", "column": "first", "x": "step", "row": None}
    ]
    assert (bands["x"], bands["y"], bands["across"]) == ([0, 20, 0], [0, 2, 0], "step")
    found = [(each["kind"], each["column"], each["label"]) for each in many["series"]]
    assert found == [("strands", "paths.weight", ""), ("band", "second", "Second")]
    rows = [(each["label"], each["column"], each["row"]) for each in dots["series"]]
    assert rows == [("A", "a", 0), ("B", "b", 1)]
    left, top, right, bottom = bands["box"]
    assert (left, right) == (48, 346)
    assert 0 < top < bottom < 120


def test_places_that_are_in_no_column_stop_the_build() -> None:
    figure, (axes,) = panels(["T"])
    band(axes, np.arange(3.0), np.ones((1, 3)), SERIES[0], name="a")
    with pytest.raises(ValueError, match="no column has the places of 'a' across"):
        readings(Drawing(figure, {"a": np.ones(3)}))


def test_panels_carry_where_they_stand_side_by_side() -> None:
    svg = render(drawing(), "fig", "en")
    assert svg.count('class="panel"') == 3
    assert "--proportions: 360 / 240; --share: 0.5" in svg
    assert "--x: 360px; --y: -120px" in svg
    assert "--x: 0px; --y: -120px" in svg


@pytest.mark.parametrize(
    ("value", "text"), [(1, "1"), (1000, "1000"), (0.01, "0.01"), (1e-5, "10⁻⁵"), (1e6, "10⁶")]
)
def test_a_power_of_ten_is_plain_text(value: float, text: str) -> None:
    assert power(value) == text
