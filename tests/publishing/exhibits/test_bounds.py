"""Data outside a panel is noticed, whatever shows it, unless it is meant to leave."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.axes import Axes

from dlqa.drawing.canvas import band, dots, leaving, panels, rule
from dlqa.drawing.palette import SERIES
from dlqa.publishing.exhibits.bounds import outside

STEPS = np.arange(5.0)
CURVES = np.array([[0.5, 0.6, 0.7, 0.8, 0.9], [0.5, 0.5, 0.337, 0.5, 0.5]])


def found(draw: Callable[[Axes], object], **limits: tuple[float, float]) -> list[str]:
    figure, (axes,) = panels(["Panel"])
    draw(axes)
    axes.set(**limits)
    return list(outside(figure))


def test_a_curve_that_is_clipped_is_told_with_its_farthest_datum() -> None:
    problems = found(lambda axes: axes.plot(STEPS, CURVES[1]), ylim=(0.4, 1))
    assert problems == ["panel 'Panel': a line at x = 2, y = 0.337 lies outside y 0.4 to 1"]


@pytest.mark.parametrize(
    ("draw", "kind"),
    [
        (lambda axes: axes.plot(STEPS, CURVES[1], "o", linestyle="None"), "marker"),
        (lambda axes: axes.scatter(STEPS, CURVES[1]), "marker"),
        (lambda axes: axes.fill_between(STEPS, CURVES[1], 0.9), "filled area"),
        (lambda axes: axes.bar(STEPS, CURVES[1]), "filled area"),
        (lambda axes: axes.vlines([1], 0.3, 0.5), "filled area"),
        (lambda axes: band(axes, STEPS, CURVES, SERIES[0]), "filled area"),
        (lambda axes: dots(axes, 0.6, CURVES[:, 0], SERIES[0], spread=3), "marker"),
        (lambda axes: rule(axes, 0.2), "line"),
    ],
)
def test_whatever_shows_data_is_looked_at(draw: Callable[[Axes], object], kind: str) -> None:
    problems = found(draw, ylim=(0.4, 1), xlim=(-1, 6))
    assert problems[0].startswith(f"panel 'Panel': a {kind} at ")
    assert problems[0].endswith(" lies outside y 0.4 to 1")


def test_both_directions_count() -> None:
    (problem,) = found(lambda axes: axes.plot(STEPS, STEPS), xlim=(0, 3))
    assert "x = 4, y = 4 lies outside x 0 to 3" in problem


@pytest.mark.parametrize(
    "draw",
    [
        lambda axes: axes.plot(STEPS, CURVES[0]),
        lambda axes: axes.plot(STEPS, np.where(STEPS == 2, np.nan, 0.5)),  # not run
        lambda axes: axes.plot([], [], label="key"),
        lambda axes: rule(axes, 0.7),  # its ends are the panel's, not data
        lambda axes: rule(axes, 3, across=False),
        lambda axes: axes.text(9, 9, "a word is no datum"),
        lambda axes: axes.plot(STEPS, CURVES[1], visible=False),
    ],
)
def test_what_is_seen_whole_passes(draw: Callable[[Axes], object]) -> None:
    assert found(draw, ylim=(0.4, 1), xlim=(0, 4)) == []


def test_a_limit_itself_is_inside_also_where_the_panel_is_upside_down() -> None:
    assert found(lambda axes: axes.plot(STEPS, CURVES[0]), ylim=(0.9, 0.5), xlim=(0, 4)) == []


def test_on_a_logarithmic_scale_nought_and_what_diverged_are_outside() -> None:
    def draw(values: list[float]) -> list[str]:
        figure, (axes,) = panels(["Loss"])
        axes.plot(range(3), values)
        axes.set(yscale="log", ylim=(1e-3, 1e4))
        return list(outside(figure))

    assert draw([1e-3, 1, 1e4]) == []
    assert "y = 0.0009" in draw([9e-4, 1, 1])[0]
    assert "y = 0 " in draw([1, 0, 1])[0]
    (diverged,) = draw([1, np.inf, 1])
    assert "y = inf lies outside y" in diverged


def test_what_is_meant_to_leave_says_so() -> None:
    assert found(lambda axes: leaving(*axes.plot(STEPS, CURVES[1])), ylim=(0.4, 1)) == []
    assert (
        found(lambda axes: band(axes, STEPS, CURVES, SERIES[0], leaves=True), ylim=(0.4, 1)) == []
    )
    far = np.array([0.0, 1.0, 30.0])
    assert found(lambda axes: dots(axes, 0, far, SERIES[0], leaves=True), xlim=(-1, 2)) == []
