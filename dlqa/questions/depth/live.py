"""Question 45: the figure with a control: how often a network set by hand folds the line."""

from collections.abc import Mapping

import numpy as np
import xarray as xr

from dlqa.drawing.canvas import Drawing, panels, showing
from dlqa.drawing.labelled import Columns, key
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import MUTED, SERIES
from dlqa.evidence.values import Values, percent, value
from dlqa.questions.depth.record import Params

FOLDS = tuple(str(folds) for folds in range(1, Params().folds + 1))
DEEP, WIDE = SERIES[0], SERIES[1]


def draw_fold(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """The folded tent through the points, and the units that it takes in depth and in width."""
    folds = int(setting["folds"])
    titles = [labels("panel", each) for each in ("tent", "units")]
    figure, axes = panels(titles, height=210, margins=(46, 14))
    tent = record.tent.sel(folds=folds)
    (line,) = axes[0].plot(tent.place, tent, color=DEEP.colour, linewidth=1.6)
    showing(line, "tent")
    axes[0].axhline(0.5, color=MUTED, linewidth=0.8)
    places = np.arange(Params().points) / Params().points
    for label, mark in enumerate("ox"):
        shown = places[label::2]
        axes[0].plot(shown, np.full(len(shown), label), mark, color=MUTED, markersize=5)
    axes[0].set(xlim=(-0.03, 1.03), ylim=(-0.08, 1.08), xlabel="x")
    each = np.arange(1, Params().folds + 1, dtype=np.float64)
    units = {"deep": 2 * each, "wide": 2**each}
    for (name, count), style in zip(units.items(), (DEEP, WIDE), strict=True):
        (line,) = axes[1].plot(each, count, color=style.colour, linestyle=style.dash, linewidth=1.4)
        showing(line, name)
        axes[1].plot([folds], [count[folds - 1]], "o", color=style.colour)
    axes[1].set(xlim=(0.8, 6.2), ylim=(0, 70), xlabel=labels("axis", "folds"))
    key(axes[1], {labels("units", "deep"): DEEP, labels("units", "wide"): WIDE}, "upper left")
    columns: Columns = {"place": tent.place.values, "tent": tent.values, "folds": each}
    return Drawing(figure, columns | units)


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """What the caption says of a number of folds."""
    folds = int(setting["folds"])
    return {
        "pieces": value(2**folds, ".0f"),
        "deep": value(2 * folds, ".0f"),
        "fitted": percent(record.fitted.sel(folds=folds), 1),
    }


CONTROL = Control("folds", FOLDS, default="4", scale=True)
LIVE: Mapping[str, Live] = {"fold": Live((CONTROL,), draw_fold, numbers)}
