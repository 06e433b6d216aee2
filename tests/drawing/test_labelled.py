"""Marks of labelled arrays: each draws what its columns say."""

import numpy as np
import pytest
import xarray as xr

from dlqa.drawing.canvas import panels
from dlqa.drawing.labelled import bands, key, lines, span, strip
from dlqa.drawing.palette import SERIES

STYLES = dict(zip(("a", "b"), SERIES, strict=False))


@pytest.fixture
def axes():
    _, (axes,) = panels(["panel"])
    return axes


def curves(*rows):
    return xr.DataArray([*rows], {"step": [0, 10, 20, 30]}, ("seed", "step"))


def test_a_band_is_drawn_for_each_of_the_curves_and_named_where_there_is_a_word(axes):
    axes.set_yscale("log")
    drawn = {"a": curves([1, 2, 3, 4.0], [3, 4, 5, 6]), "b": curves([2, 3, 4, 5.0])}
    columns = bands(axes, drawn, STYLES, {"a": "first"}, "left")
    assert columns["left.a.median"].tolist() == [2, 3, 4, 5]
    assert columns["left.b.high"].tolist() == [2, 3, 4, 5]
    assert [text.get_text() for text in axes.texts] == ["first"]
    assert "a.low" in bands(axes, {"a": drawn["a"]}, STYLES, {})


def test_labels_at_the_ends_of_bands_are_kept_apart(axes):
    same = curves([1, 2, 3, 4.0])
    bands(axes, {"a": same, "b": same}, STYLES, {"a": "first", "b": "second"})
    heights = sorted(text.get_position()[1] for text in axes.texts)
    assert heights[1] - heights[0] >= 11


def test_seeds_that_were_not_run_are_left_out(axes):
    some = xr.DataArray([0.5, np.nan, 0.7, np.nan], dims="seed")
    columns = strip(axes, {"a": some}, STYLES, {"a": "first"}, "left")
    assert columns["left.a"].tolist() == [0.5, 0.7]


def test_single_curves_are_one_stroke_with_gaps_and_a_column_each(axes):
    paths = xr.DataArray(
        np.arange(8.0).reshape(2, 4),
        {"weight": [1, 5], "step": [0, 10, 20, 30]},
        ("weight", "step"),
    )
    columns = lines(axes, paths, SERIES[0], "left", every=3)
    assert {name: values.tolist() for name, values in columns.items()} == {
        "left.weight1": [0, 1, 2, 3],
        "left.weight5": [4, 5, 6, 7],
    }
    [stroke] = axes.lines
    np.testing.assert_array_equal(stroke.get_xdata(), [0, 30, np.nan, 0, 30, np.nan])
    np.testing.assert_array_equal(stroke.get_ydata(), [0, 3, np.nan, 4, 7, np.nan])


def test_a_span_holds_everything_and_a_little_more():
    low, high = span(curves([1, 2, 3, 4.0]), curves([-1, np.nan, 0, 2]))
    assert (low, high) == pytest.approx((-1.15, 4.15))
    low, high = span(curves([1, 2, 3, 100.0]), log=True)
    assert 0.8 < low < 1
    assert 100 < high < 120


@pytest.mark.parametrize("where", ["upper right", "beside", "below"])
def test_a_key_names_every_style_outside_the_panel_where_it_is_told_to(axes, where):
    key(axes, {"first": STYLES["a"], "second": STYLES["b"]}, where)
    legend = axes.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["first", "second"]
    axes.figure.canvas.draw()
    box, panel = legend.get_window_extent(), axes.get_window_extent()
    inside = panel.x0 <= box.x0 and box.x1 <= panel.x1 and panel.y0 <= box.y0
    assert inside == (where == "upper right")
