"""Question 51: its figure with a control, the standard deviation of a Gaussian initialization."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from dlqa.drawing.canvas import TEXT, Drawing, band, panels, rule
from dlqa.drawing.labelled import Columns, band_of, key, quantiles
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import MUTED, SERIES, Style
from dlqa.evidence.values import Values, percent, value
from dlqa.questions.initialization.record import Params

DEVIATIONS = Params().deviations
XAVIER = Params().width ** -0.5  # the deviation of its uniform draw between hidden layers
CHOSEN, BESIDE, EARLY, START = SERIES[:4]
SOON, END = 100, 500  # steps: where a slow start shows, and the last
DATA = "correlated"


def draw_spread(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """How one σ learns, beside Xavier, and where it stands among the others."""
    names = ("accuracy", "loss", "gap", "saturated")
    titles = [labels("spread", each) for each in names]
    figure, axes = panels(titles, across=2, height=160, margins=(48, 14))
    deviation = float(setting["std"])
    steps = record.step.sel(step=slice(0, END)).values
    columns: Columns = {"step": steps, "deviation": np.array(DEVIATIONS)}
    for panel, name in zip(axes, ("accuracy", "loss"), strict=False):
        chosen = record[f"spread_{name}"].sel(data=DATA, deviation=deviation)
        columns |= band_of(panel, _xavier(record, name), BESIDE, f"xavier.{name}")
        columns |= band_of(panel, chosen, CHOSEN, f"chosen.{name}")
        panel.set(xlim=(0, END), xlabel=labels("axis", "step"))
    axes[0].set_ylim(0.3, 1)
    axes[1].set(yscale="log", ylim=(1e-3, 1e4), yticks=(1e-2, 1, 1e2, 1e4))
    key(axes[1], {"Xavier": BESIDE, f"σ = {deviation:g}": CHOSEN}, "upper right")
    moments = {SOON: EARLY, END: CHOSEN}
    for step, style in moments.items():
        columns |= _over(axes[2], gap(record, step), deviation, style, f"gap.step{step}")
    key(axes[2], {labels("at step", s): style for s, style in moments.items()}, "lower left")
    axes[2].set_ylim(-0.6, 0.2)
    rule(axes[2], 0)
    saturated = record.spread_saturated.sel(data=DATA, moment="start")
    columns |= _over(axes[3], saturated, deviation, START, "saturated.start")
    axes[3].set_ylim(-0.03, 1.03)
    axes[3].annotate(
        "Xavier", (XAVIER, 1), (-4, 0), textcoords="offset points", ha="right", va="top",
        fontsize=TEXT, color=MUTED,
    )  # fmt: skip
    return Drawing(figure, columns)


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """What the caption says of a deviation: means over seeds, and Xavier's on the same data."""
    own = record.sel(deviation=float(setting["std"]))
    return {
        "accuracy": value(own.spread_accuracy.sel(data=DATA, step=END).mean()),
        "xavier": value(_xavier(record, "accuracy").sel(step=END).mean()),
        "soon": value(gap(own, SOON).mean(), "+.3f"),
        "end": value(gap(own, END).mean(), "+.3f"),
        "saturated": percent(own.spread_saturated.sel(data=DATA, moment="start").mean()),
    }


def _xavier(record: xr.Dataset, name: str) -> xr.DataArray:
    """Xavier's curves on the data sets that every σ was tried on."""
    tried = record[f"spread_{name}"].dropna("seed", how="all").seed
    place = {"data": DATA, "initializer": "xavier", "setting": "sigmoid", "seed": tried}
    return record[name].sel(place).sel(step=slice(0, END))


def gap(record: xr.Dataset, step: int) -> xr.DataArray:
    """Accuracy at a step, every σ's minus Xavier's on the same data."""
    return (record.spread_accuracy.sel(data=DATA) - _xavier(record, "accuracy")).sel(step=step)


def _over(axes: Axes, values: xr.DataArray, deviation: float, style: Style, name: str) -> Columns:
    """A measure over all standard deviations, every seed of the chosen one as a dot."""
    drawn = values.dropna("seed", how="all")
    across, curves = drawn.deviation.values, drawn.transpose("seed", "deviation").values
    band(axes, across, curves, style, name=name)
    chosen = drawn.sel(deviation=deviation).values
    apart = 1.15 ** np.linspace(-1, 1, len(chosen))  # so that no seed hides another
    axes.plot(
        deviation * apart, chosen, linestyle="", marker=style.marker, markersize=3.6,
        markeredgewidth=0, color=style.colour,
    )  # fmt: skip
    rule(axes, XAVIER, across=False)
    axes.set(xscale="log", xlim=(0.004, 2.5), xlabel="σ")
    axes.set_xticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
    axes.minorticks_off()
    return quantiles(drawn, name)


STANDARD = Control("std", tuple(f"{each:g}" for each in DEVIATIONS), default="1", scale=True)
LIVE: Mapping[str, Live] = {"spread": Live((STANDARD,), draw_spread, numbers)}
