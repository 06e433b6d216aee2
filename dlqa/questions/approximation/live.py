"""Question 44: the figure with controls: what four networks make of a function, and their error."""

from collections.abc import Mapping

import xarray as xr
from matplotlib.axes import Axes

from dlqa.drawing.canvas import Drawing, leaving, panels, showing
from dlqa.drawing.labelled import Columns, band_of, key
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import INK, MUTED, SERIES, Style
from dlqa.evidence.values import Values
from dlqa.questions.approximation.claims import short
from dlqa.questions.approximation.quantities import END
from dlqa.questions.approximation.record import TARGETS, Params

WANTED, FITTED = Style(INK, (0, (5, 2)), "s"), SERIES[0]


def draw_fit(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """A function with what the first seeds' networks give for it, and the error by step."""
    figure, axes = panels(
        [labels("panel", each) for each in ("fit", "error")], height=230, margins=(52, 24)
    )
    at = _at(setting)
    columns = _fits(axes[0], record, labels, at)
    panel = axes[1]
    columns["step"] = record.step.sel(step=slice(0, END)).values
    errors = record["error"].sel(at).sel(step=slice(0, END))
    for place, style in (("outside", SERIES[1]), ("points", SERIES[0])):
        columns |= band_of(panel, errors.sel(place=place), style, place, leaves=True)
    panel.set(yscale="log", xlim=(0, END), ylim=(1e-7, 300), xlabel=labels("axis", "step"))
    panel.set_xticks([0, END // 2, END])
    words = {labels("where", "points"): SERIES[0], labels("where", "outside"): SERIES[1]}
    key(panel, words, "lower left")
    return Drawing(figure, columns)


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """What the caption says of a setting: median errors at the end."""
    end = record["error"].sel(_at(setting)).sel(step=END).median("seed")
    return {"error": short(end.sel(place="points")), "outside": short(end.sel(place="outside"))}


def _at(setting: Setting) -> dict[str, object]:
    return {**setting, "width": int(setting["width"])}


def _fits(axes: Axes, record: xr.Dataset, labels: Labels, at: Mapping[str, object]) -> Columns:
    fits = record["fit"].sel(at).dropna("seed", how="all")
    wanted = record["wanted"].sel(target=at["target"])
    columns: Columns = {"x": record.x.values}
    for place in (-1, 1):
        axes.axvline(place, color=MUTED, linewidth=0.9, linestyle=(0, (2, 2)))
    for seed in fits.seed.values:
        name = f"network{seed}"
        columns[name] = fits.sel(seed=seed).values
        drawn = axes.plot(record.x, columns[name], color=FITTED.colour, linewidth=1.1, alpha=0.7)
        showing(drawn[0], name)
        leaving(*drawn)
    columns["wanted"] = wanted.values
    (line,) = axes.plot(record.x, wanted, color=WANTED.colour, linestyle=WANTED.dash, linewidth=1.6)
    showing(line, "wanted")
    leaving(line)
    inside = wanted.sel(x=slice(-1, 1))
    low, high = float(inside.min()), float(inside.max())
    room = 0.5 * (high - low)
    axes.set(xlim=(-1.5, 1.5), ylim=(low - room, high + room))
    key(axes, {labels("where", "wanted"): WANTED, labels("where", "network"): FITTED}, "lower left")
    return columns


CONTROLS = (
    Control("target", TARGETS, default="abs"),
    Control("activation", Params().activations, default="relu"),
    Control("width", tuple(str(width) for width in Params().widths), default="2", scale=True),
)
LIVE: Mapping[str, Live] = {"fit": Live(CONTROLS, draw_fit, numbers)}
