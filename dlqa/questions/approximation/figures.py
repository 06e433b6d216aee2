"""Question 44: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from dlqa.drawing.canvas import Drawing, name_across, panels, rule, showing
from dlqa.drawing.labelled import Columns, band_of, bands, key, strip
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import SERIES, Style
from dlqa.questions.approximation.quantities import END, FOUND, LAST, error, order
from dlqa.questions.approximation.record import TARGETS, Params

STYLES: Mapping[str, Style] = dict(zip(("sigmoid", "relu", "hand", "closed"), SERIES, strict=False))
WIDTHS = (*Params().widths, Params().wide)


def at_points(record: xr.Dataset, at: Mapping[str, object]) -> xr.DataArray:
    """Errors at the points, of the seeds that were run."""
    return record["error"].sel({"place": "points", **at}).dropna("seed", how="all")


def draw_curves(record: xr.Dataset, labels: Labels) -> Drawing:
    """Errors of sigmoids by step: the source's three functions and widths."""
    figure, axes = panels([labels("target", each) for each in TARGETS], margins=(58, 66))
    columns: Columns = {"step": record.step.sel(step=slice(0, END)).values}
    for panel, target in zip(axes, TARGETS, strict=True):
        panel.set(yscale="log", xlim=(0, END), ylim=(1e-6, 100), ylabel=labels("axis", "error"))
        panel.set_xticks([0, END // 2, END])
        drawn = {
            str(width): at_points(
                record, {"activation": "sigmoid", "target": target, "width": width}
            )
            for width in Params().widths
        }
        ended = {width: each.sel(step=slice(0, END)) for width, each in drawn.items()}
        styles = dict(zip(drawn, SERIES, strict=False))
        words = {width: labels("width", width) for width in drawn}
        columns |= bands(panel, ended, styles, words, target)
    name_across(axes, labels("axis", "step"))
    return Drawing(figure, columns)


def draw_width(record: xr.Dataset, labels: Labels) -> Drawing:
    """The sine's error by width: trained, solved in closed form, and set by hand."""
    names = Params().activations
    figure, axes = panels(
        [labels("activation", each) for each in names], height=230, margins=(58, 14), foot=62
    )
    columns: Columns = {"width": record.width.values}
    for panel, name in zip(axes, names, strict=True):
        trained = at_points(record, {"activation": name, "target": "sin", "step": END})
        columns |= band_of(panel, trained, STYLES[name], f"{name}.trained")
        closed = record["closed"].sel(activation=name, target="sin", precision="double")
        columns |= band_of(panel, closed, STYLES["closed"], f"{name}.closed")
        kinds = {
            labels("kind", "trained"): STYLES[name],
            labels("kind", "closed"): STYLES["closed"],
        }
        if name == "relu":
            columns |= _by_hand(panel, record)
            kinds[labels("kind", "hand")] = STYLES["hand"]
        panel.set(xscale="log", yscale="log", ylim=(1e-11, 2), ylabel=labels("axis", "error"))
        panel.set_xticks(WIDTHS, [str(width) for width in WIDTHS])
        panel.minorticks_off()
        key(panel, kinds, "lower left")
    name_across(axes, labels("axis", "width"))
    return Drawing(figure, columns)


def _by_hand(axes: Axes, record: xr.Dataset) -> Columns:
    hand, style = record["hand"].sel(target="sin"), STYLES["hand"]
    (line,) = axes.plot(hand.width, hand, color=style.colour, linestyle=style.dash, linewidth=1.6)
    showing(line, "hand")
    return {"hand": hand.values}


def draw_longer(record: xr.Dataset, labels: Labels) -> Drawing:
    """The sine's error of sixteen units, four times as long, beside ReLUs set by hand."""
    figure, (panel,) = panels([labels("panel", "longer")], height=230, margins=(58, 74))
    columns: Columns = {"step": record.step.values}
    panel.set(yscale="log", xlim=(0, LAST), ylim=(1e-7, 100), ylabel=labels("axis", "error"))
    panel.set_xticks([0, END, LAST // 2, LAST])
    drawn = {
        name: at_points(record, {"activation": name, "target": "sin", "width": Params().long})
        for name in Params().activations
    }
    columns |= bands(panel, drawn, STYLES, labels.of("activation"))
    rule(panel, float(record["hand"].sel(target="sin", width=Params().long)))
    panel.set_xlabel(labels("axis", "step"))
    return Drawing(figure, columns)


def draw_found(record: xr.Dataset, labels: Labels) -> Drawing:
    """How near ReLUs come to abs x, which two of them are: a dot a seed."""
    figure, (panel,) = panels([labels("panel", "found")], margins=(90, 14))
    drawn = {
        str(width): error(record, target="abs", width=width, activation="relu")
        for width in Params().widths
    }
    columns: Columns = {"seed": record.seed.values}
    styles = dict(zip(drawn, SERIES, strict=False))
    columns |= strip(panel, drawn, styles, {width: labels("width", width) for width in drawn})
    rule(panel, float(np.log10(FOUND)), across=False)
    panel.set_xlabel(labels("axis", "order"))
    return Drawing(figure, columns)


def draw_places(record: xr.Dataset, labels: Labels) -> Drawing:
    """Errors on the sine of 64 units: at, between and outside 100 points, and of 12 points."""
    names = Params().activations
    figure, axes = panels(
        [labels("activation", each) for each in names], height=210, margins=(128, 14)
    )
    columns: Columns = {"seed": record.seed.values}
    for panel, name in zip(axes, names, strict=True):
        many = record["error"].sel(activation=name, target="sin", width=64, step=END)
        few = record["few"].sel(activation=name)
        drawn = {
            f"{place}_{count}": order(errors.sel(place=place))
            for count, errors in ((100, many), (12, few))
            for place in ("points", "between", "outside")
        }
        styles = dict(zip(drawn, (*SERIES[:3], *SERIES[:3]), strict=True))
        columns |= strip(panel, drawn, styles, labels.of("place"), name)
        panel.set_xlim(-14.5, 2.5)
    name_across(axes, labels("axis", "order"))
    return Drawing(figure, columns)


FIGURES: Mapping[str, Draw] = {
    "curves": draw_curves, "width": draw_width, "longer": draw_longer, "found": draw_found,
    "places": draw_places,
}  # fmt: skip
