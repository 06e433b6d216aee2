from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlqa.drawing.canvas import (
    PIXELS,
    WIDTH,
    _apart,
    band,
    dots,
    name_line,
    panels,
    rows,
    rule,
    spread_labels,
)
from dlqa.drawing.palette import SERIES

CURVES = np.arange(12.0).reshape(4, 3) ** 2  # [S, T]


def label_heights(axes) -> list[float]:
    """Where labels stand in the end, in pixels from below, by their text."""
    return [
        axes.transData.transform(text.xy)[1] + text.get_position()[1]
        for text in sorted(axes.texts, key=lambda text: text.get_text())
    ]


def test_labels_at_one_place_are_spread_around_it() -> None:
    _, (axes,) = panels(["T"])
    axes.set(xlim=(0, 1), ylim=(0, 1))
    for name in "abc":
        name_line(axes, 1, 0.5, name, SERIES[0])
    spread_labels(axes, gap=11)
    middle = axes.transData.transform((0, 0.5))[1]
    assert label_heights(axes) == pytest.approx([middle - 11, middle, middle + 11])


def test_labels_that_are_apart_stay_at_their_lines() -> None:
    _, (axes,) = panels(["T"])
    axes.set(xlim=(0, 1), ylim=(0, 1))
    for name, height in zip("ab", (0.2, 0.8), strict=True):
        name_line(axes, 1, height, name, SERIES[0])
    before = label_heights(axes)
    spread_labels(axes)
    assert label_heights(axes) == pytest.approx(before)


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=12).map(sorted))
def test_places_are_apart_in_order_and_balanced(heights: list[float]) -> None:
    places = _apart(heights, 11)
    assert all(above - below >= 11 - 1e-6 for below, above in pairwise(places))
    assert np.mean(places) == pytest.approx(np.mean(heights), abs=1e-6)


def test_dots_show_every_sample_and_the_median() -> None:
    samples = np.array([1.0, 1.0, 2.0, 5.0, 9.0])
    _, (axes,) = panels(["T"])
    dots(axes, 3, samples, SERIES[0])
    points, bar = axes.lines
    assert list(points.get_xdata()) == list(samples)
    heights = np.asarray(points.get_ydata())
    assert len({*heights}) == len(samples), "equal samples do not hide each other"
    assert np.all(np.abs(heights - 3) < 0.5), "in their own row"
    assert list(bar.get_xdata()) == [2.0, 2.0]


def test_a_band_spans_all_seeds_and_marks_their_median() -> None:
    _, (axes,) = panels(["T"])
    band(axes, np.arange(3.0), CURVES, SERIES[1], label="one")
    (line,) = axes.lines
    assert list(line.get_ydata()) == list(np.median(CURVES, axis=0))
    spans = [area.get_paths()[0].get_extents() for area in axes.collections]
    assert max(span.ymax for span in spans) == CURVES.max()
    assert min(span.ymin for span in spans) == CURVES.min()
    assert [text.get_text() for text in axes.texts] == ["one"]
    assert axes.texts[0].xy == (2.0, np.median(CURVES[:, -1]))


def test_panels_do_not_overlap_and_fill_the_width() -> None:
    figure, axes = panels(["a", "b", "c"], across=2, height=100)
    assert figure.get_size_inches() * PIXELS == pytest.approx([WIDTH, 200])
    boxes = [panel.get_position() for panel in axes]
    assert boxes[0].x1 < boxes[1].x0
    assert boxes[2].y1 < boxes[0].y0
    assert [panel.get_title(loc="left") for panel in axes] == ["a", "b", "c"]


def test_rows_are_named_from_the_top() -> None:
    _, (axes,) = panels(["T"])
    rows(axes, ["first", "second"])
    assert [label.get_text() for label in axes.get_yticklabels()] == ["first", "second"]
    top, bottom = (axes.transData.transform((0, place))[1] for place in (0, 1))
    assert top > bottom


@pytest.mark.parametrize("across", [True, False])
def test_a_rule_stands_at_its_value(across: bool) -> None:
    _, (axes,) = panels(["T"])
    rule(axes, 0.5, across=across)
    (line,) = axes.lines
    values = line.get_ydata() if across else line.get_xdata()
    assert list(values) == [0.5, 0.5]


def test_series_differ_without_their_colour() -> None:
    assert len({style.colour for style in SERIES}) == len(SERIES)
    assert len({style.dash for style in SERIES}) == len(SERIES)
    assert len({style.marker for style in SERIES}) == len(SERIES)
