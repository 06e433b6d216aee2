"""Question 49: the figure with a control: one activation, its slope, and what it lets a network draw."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from dlqa.drawing.canvas import Drawing, leaving, panels
from dlqa.drawing.labelled import Columns, band_of, key
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import MUTED, SERIES
from dlqa.evidence.values import Values, percent
from dlqa.questions.activations.quantities import END, curves
from dlqa.questions.activations.record import ADDED, SOURCE

CHOSEN, BESIDE = SERIES[0], SERIES[1]


def draw_activation(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """An activation with its slope, one network's boundary on the two moons, and its accuracy."""
    name = setting["activation"]
    titles = [labels("panel", each) for each in ("shape", "boundary", "learning")]
    figure, axes = panels(titles, height=190, margins=(40, 14))
    columns = _shape(axes[0], record, labels, name)
    columns |= _boundary(axes[1], record, name)
    panel = axes[2]
    columns["step"] = record.step.values
    columns |= band_of(panel, curves(record, "relu"), BESIDE, "relu")
    columns |= band_of(panel, curves(record, name), CHOSEN, "chosen")
    panel.set(xlim=(0, END), ylim=(0, 1), xlabel=labels("axis", "step"))
    key(panel, {"ReLU": BESIDE, labels("activation", name): CHOSEN}, "lower right")
    return Drawing(figure, columns)


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """What the caption says of an activation: means over seeds, and ReLU's."""
    ends = record.accuracy.sel(depth=2, step=END).mean("seed")
    return {
        "accuracy": percent(ends.sel(activation=setting["activation"]), 1),
        "relu": percent(ends.sel(activation="relu"), 1),
    }


def _shape(axes: Axes, record: xr.Dataset, labels: Labels, name: str) -> Columns:
    columns: Columns = {"sum": record["sum"].values}
    for what, style in (("slope", BESIDE), ("value", CHOSEN)):
        drawn = record[what].sel(activation=name).values
        leaving(
            *axes.plot(
                record["sum"], drawn, color=style.colour, linestyle=style.dash, linewidth=1.6
            )
        )
        columns[what] = drawn
    axes.set(xlim=(-3, 3), ylim=(-1.6, 3.1))
    key(axes, {labels("shape", "value"): CHOSEN, labels("shape", "slope"): BESIDE}, "lower right")
    return columns


def _boundary(axes: Axes, record: xr.Dataset, name: str) -> Columns:
    surface = record.surface.sel(activation=name)
    angles = np.linspace(0, np.pi, 61)
    moons = {
        "upper": (np.cos(angles), np.sin(angles)),
        "lower": (1 - np.cos(angles), 0.5 - np.sin(angles)),
    }
    for (x, y), style in zip(moons.values(), (SERIES[2], SERIES[3]), strict=True):
        axes.plot(x, y, color=style.colour, linestyle=style.dash, linewidth=2.4)
    drawn = axes.contour(
        surface.x, surface.y, surface.values, levels=[0], colors=MUTED, linewidths=1.8
    )
    leaving(drawn)
    axes.set(xlim=(-1.5, 2.5), ylim=(-1.2, 1.7))
    return {f"surface.y{y:.2f}": surface.sel(y=y).values for y in surface.y.values[::5]}


ACTIVATION = Control("activation", SOURCE + ADDED, default="square")
LIVE: Mapping[str, Live] = {"activation": Live((ACTIVATION,), draw_activation, numbers)}
