"""Question 47: the figure with controls: a threshold moved over networks' log odds."""

import math
from collections.abc import Mapping

import xarray as xr
from matplotlib.axes import Axes

from dlqa.drawing.canvas import Drawing, panels, showing
from dlqa.drawing.labelled import Columns, key
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import INK, MUTED, SERIES
from dlqa.evidence.values import Values, percent
from dlqa.questions.class_imbalance.record import EDGES, THRESHOLDS, Params

CLASSES = dict(zip(("frequent", "rare"), SERIES, strict=False))
TICKS = ("0.0001", "0.01", "0.1", "0.5", "0.9", "0.99")  # probabilities
PERCENT = tuple(f"{100 * each:.3g}" for each in THRESHOLDS)
CONTROLS = (
    Control("ratio", ("1", *(f"{each}" for each in Params().ratios)), default="100"),
    Control("threshold", PERCENT, default="50", scale=True),
)


def draw_threshold(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """Both classes' log odds with the threshold, and where it lies on the ROC curve."""
    titles = [labels("panel", each) for each in ("odds", "roc")]
    figure, (upper, lower) = panels(titles, height=210, margins=(58, 14))
    above = _above(record, setting)
    columns = _densities(upper, above, labels)
    upper.axvline(_log_odds(float(setting["threshold"]) / 100), color=INK, linewidth=1.6)
    whole = above.pad(limit=1, constant_values=(1, 0))  # limits below and above all log odds
    rates = {f"roc.{name}": whole.sel(label=name).values for name in CLASSES}
    lower.plot([0, 1], [0, 1], color=MUTED, linewidth=0.9, linestyle=(0, (2, 2)))
    lower.plot(*rates.values(), color=SERIES[2].colour, linewidth=1.6)
    found, alarms = _answered(above, setting)
    lower.plot([alarms], [found], marker="o", markersize=8, color=INK)
    lower.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02))
    lower.set(xlabel=labels("axis", "alarms"), ylabel=labels("axis", "found"))
    return Drawing(figure, columns | rates)


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """What a threshold finds: shares of either class, and what calling rare is worth at the ratio."""
    found, alarms = _answered(_above(record, setting), setting)
    ratio = int(setting["ratio"])
    return {
        "found": percent(found, 1),
        "alarms": percent(alarms, 1),
        "balanced": percent((1 + found - alarms) / 2, 1),
        "precision": percent(found / max(found + ratio * alarms, 1e-12), 1),
        "accuracy": percent((found + ratio * (1 - alarms)) / (1 + ratio), 1),
    }


def _above(record: xr.Dataset, setting: Setting) -> xr.DataArray:
    """The share of a class above each limit, the mean over seeds."""
    return record.above.sel(ratio=int(setting["ratio"])).mean("seed")


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def _answered(above: xr.DataArray, setting: Setting) -> tuple[float, float]:
    """The share called rare of the rare class and of the other one."""
    limit = _log_odds(float(setting["threshold"]) / 100)
    at = above.sel(limit=limit, method="nearest", tolerance=1e-9)
    return float(at.sel(label="rare")), float(at.sel(label="frequent"))


def _densities(axes: Axes, above: xr.DataArray, labels: Labels) -> Columns:
    middles = (EDGES[1:] + EDGES[:-1]) / 2
    columns: Columns = {"score": middles}
    for name, style in CLASSES.items():
        columns[name] = -above.sel(label=name, limit=EDGES).diff("limit").values
        axes.fill_between(middles, columns[name], color=style.colour, alpha=0.2, linewidth=0)
        (drawn,) = axes.plot(middles, columns[name], color=style.colour, linestyle=style.dash)
        showing(drawn, name)
    axes.set(xlim=(-16, 8), ylim=(0, 0.2), xlabel=labels("axis", "probability"))
    axes.set_xticks([_log_odds(float(each)) for each in TICKS], TICKS)
    axes.set_ylabel(labels("axis", "share"))
    key(axes, {labels("label", name): style for name, style in CLASSES.items()}, "upper right")
    return columns


LIVE: Mapping[str, Live] = {"threshold": Live(CONTROLS, draw_threshold, numbers)}
