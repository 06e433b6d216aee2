"""Question 48: the figure with controls: two clouds in the plane, and what one component keeps."""

from collections.abc import Mapping

import numpy as np
import xarray as xr

from dlqa.drawing.canvas import Drawing, panels, showing
from dlqa.drawing.labelled import Columns, key
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import MUTED, SERIES
from dlqa.evidence.values import Values, percent
from dlqa.questions.dimension_reduction.clouds import APART, spread
from dlqa.questions.dimension_reduction.record import Params

LIMIT = 10.5  # of both axes: the longest cloud fits


def draw_cloud(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """Both classes with the first principal direction, and what is left of them along it."""
    at = _at(setting)
    points, first = record.point.sel(at), record["first"].sel(at).values
    figure, axes = panels(
        [labels("panel", each) for each in ("plane", "component")], height=250, margins=(40, 14)
    )
    ends = np.outer(first, (-LIMIT, LIMIT)) * 0.97
    axes[0].plot(*ends, color=MUTED, linewidth=1.6, linestyle=(0, (4, 2)))
    columns: Columns = {"line.x": ends[0], "line.y": ends[1]}
    places = np.linspace(-LIMIT, LIMIT, 241)
    columns["component"] = places
    deviation = float(np.sqrt(first @ spread(at["angle"], at["stretch"]) @ first))
    for name, style in zip((0, 1), SERIES, strict=False):
        x, y = (points.sel({"class": name, "axis": axis}).values for axis in ("x", "y"))
        axes[0].plot(x, y, linestyle="", marker=style.marker, markersize=3.4, markeredgewidth=0,
                     color=style.colour, alpha=0.7)  # fmt: skip
        middle = float(first @ APART) * (name - 0.5)
        density = np.exp(-(((places - middle) / deviation) ** 2) / 2) / (deviation * 2.5066)
        (line,) = axes[1].plot(
            places, density, color=style.colour, linestyle=style.dash, linewidth=1.6
        )
        showing(line, f"class{name}.density")
        columns |= {f"class{name}.x": x, f"class{name}.y": y, f"class{name}.density": density}
    axes[0].set(xlim=(-LIMIT, LIMIT), ylim=(-LIMIT, LIMIT))
    axes[1].set(xlim=(-LIMIT, LIMIT), ylim=(0, 0.85), xlabel=labels("axis", "component"))
    names = {labels("class", f"{name}"): SERIES[name] for name in (0, 1)}
    key(axes[1], names, "upper right")
    return Drawing(figure, columns)


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """What the caption says: the variance kept, and the best rule before and after."""
    at = _at(setting)
    return {name: percent(record[name].sel(at)) for name in ("share", "whole", "one")}


def _at(setting: Setting) -> dict[str, int]:
    return {name: int(setting[name]) for name in ("angle", "stretch")}


ANGLE = Control("angle", tuple(f"{each}" for each in Params().angles), default="90", scale=True)
STRETCH = Control(
    "stretch", tuple(f"{each}" for each in Params().stretches), default="8", scale=True
)
LIVE: Mapping[str, Live] = {"cloud": Live((ANGLE, STRETCH), draw_cloud, numbers)}
