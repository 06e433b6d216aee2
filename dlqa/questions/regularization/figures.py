"""Question 53: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from dlqa.drawing.canvas import Drawing, name_across, panels, rule
from dlqa.drawing.labelled import Columns, band_of, bands, key, lines, span, strip
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import INK, SERIES, Style
from dlqa.questions.regularization.quantities import (
    FIRST,
    NEAR,
    gain,
    shown,
    unpaired_gain,
)
from dlqa.questions.regularization.record import DATA, FOLLOWED, STRENGTHS
from dlqa.questions.regularization.shapes import draw_shapes

WAYS = ("none", "l1", "proximal", "l2", "decay", "tanh", "relu")
STYLES = dict(zip(WAYS, SERIES, strict=False))
SHARED = ("none", "l1_strong", "proximal_strong", "l2_strong", "decay_strong")
MILD = {  # where the source hoped for a gain
    "correlated": ("l1_mild", "l2_mild"),
    "independent": ("l1_mild", "l2_mild", "l2_strong", "l2_extreme",
                    "tanh_mild", "tanh_strong", "relu_mild", "relu_strong"),
}  # fmt: skip
LEFT_END = 1e-7  # exact zeros have no place on a logarithmic axis


def draw_paths(record: xr.Dataset, labels: Labels) -> Drawing:
    """The source's picture from a random sample, over the spread of all seeds' mean |w|."""
    record = shown(record)
    titles = [labels("arm", arm) for arm in FOLLOWED]
    figure, axes = panels(titles, across=2, height=150, margins=(48, 14))
    columns: Columns = {"step": record.step.values}
    for panel, arm in zip(axes, FOLLOWED, strict=True):
        paths = record.paths.sel(arm=arm).transpose("weight", "step")
        columns |= lines(panel, paths, style_of(arm), arm)
        sizes = record["size"].sel(arm=arm, data=DATA[0], layer=FIRST)
        columns |= band_of(panel, sizes, Style(INK, "-", "o"), f"{arm}.mean_size")
        panel.set(xlim=(0, record.step[-1]), ylim=span(record.paths), xticks=(0, 250, 500, 750))
    name_across(axes, labels("axis", "step"))
    return Drawing(figure, columns)


def draw_distributions(record: xr.Dataset, labels: Labels) -> Drawing:
    """Which share of the weights is at most x: near zeros are not exact zeros."""
    record = shown(record)
    figure, axes = panels([labels("data", each) for each in DATA], height=210, margins=(56, 105))
    ways = {arm: arm.split("_")[0] for arm in SHARED}
    columns: Columns = {"threshold": record.threshold.values}
    for panel, data in zip(axes, DATA, strict=True):
        shares = {arm: shares_below(record, arm, data) for arm in SHARED}
        columns |= bands(panel, shares, {arm: style_of(arm) for arm in SHARED}, {}, data)
        key(panel, {labels("penalty", way): STYLES[way] for way in ways.values()}, "beside")
        dress_shares(panel)
        panel.set_ylabel(labels("axis", "share"))
    name_across(axes, labels("axis", "at most"))
    return Drawing(figure, columns)


def draw_gains(record: xr.Dataset, labels: Labels) -> Drawing:
    """Where regularization may help: a paired difference a seed."""
    record = shown(record)
    places = {f"{data}.{arm}": (arm, data) for data, arms in MILD.items() for arm in arms}
    figure, (panel,) = panels([labels("panel", "gains")], height=310, margins=(176, 14))
    columns: Columns = {"seed": record.seed.values}
    columns |= strip(
        panel,
        {row: gain(record, arm=arm, data=data) for row, (arm, data) in places.items()},
        {row: style_of(arm) for row, (arm, _) in places.items()},
        {row: labels.joined({"arm": a, "short": d}) for row, (a, d) in places.items()},
    )
    rule(panel, 0, across=False)
    panel.set_xlabel(labels("axis", "gain"))
    return Drawing(figure, columns)


def draw_pairing(record: xr.Dataset, labels: Labels) -> Drawing:
    """The same question asked with the source's design and with paired data."""
    record = shown(record)
    designs = {"unpaired": unpaired_gain, "paired": gain}
    styles = dict(zip(designs, (SERIES[1], SERIES[0]), strict=True))
    asked = [f"{way}_{strength}" for strength in STRENGTHS[:2] for way in ("l1", "l2")]
    places = {f"{arm}.{design}": (arm, design) for arm in asked for design in designs}
    figure, (panel,) = panels([labels("data", DATA[0])], height=280, margins=(176, 14))
    columns: Columns = {"seed": record.seed.values}
    columns |= strip(
        panel,
        {row: designs[of](record, arm=arm, data=DATA[0]) for row, (arm, of) in places.items()},
        {row: styles[design] for row, (_, design) in places.items()},
        {row: labels.joined({"arm": a, "design": d}) for row, (a, d) in places.items()},
    )
    rule(panel, 0, across=False)
    panel.set_xlabel(labels("axis", "gain"))
    return Drawing(figure, columns)


def style_of(arm: str) -> Style:
    """The style of an arm's way of regularizing."""
    return STYLES[arm.split("_")[0]]


def shares_below(record: xr.Dataset, arm: str, data: str) -> xr.DataArray:
    """Shares of weights by their limit for |w|, exact zeros at the axis's left end."""
    shares = record.below.sel(arm=arm, data=data)
    return shares.assign_coords(threshold=np.maximum(shares.threshold, LEFT_END))


def dress_shares(panel: Axes) -> None:
    """The axis of such shares, with the limit within which a weight counts as near zero."""
    rule(panel, NEAR, across=False)
    panel.set(xscale="log", xlim=(LEFT_END, 10**0.5), ylim=(-0.02, 1.02))
    panel.set_xticks([LEFT_END, 1e-5, NEAR, 1e-1], ["0", "10⁻⁵", "10⁻³", "0.1"])
    panel.minorticks_off()


FIGURES: Mapping[str, Draw] = {
    "shapes": draw_shapes,
    "paths": draw_paths,
    "distributions": draw_distributions,
    "gains": draw_gains,
    "pairing": draw_pairing,
}
