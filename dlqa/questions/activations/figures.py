"""Question 49: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping

import xarray as xr

from dlqa.drawing.canvas import Drawing, panels
from dlqa.drawing.labelled import Columns, band_of, bands, key, strip
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import SERIES, Style
from dlqa.questions.activations.quantities import END, curves, gap
from dlqa.questions.activations.record import ADDED, SOURCE, Params

STYLES: Mapping[str, Style] = {
    name: style for names in (SOURCE, ADDED) for name, style in zip(names, SERIES, strict=False)
}


def draw_curves(record: xr.Dataset, labels: Labels) -> Drawing:
    """Accuracy by step in two hidden layers: the source's six functions, and the added ones."""
    groups = {"source": SOURCE, "added": ADDED}
    titles = [labels("panel", each) for each in groups]
    figure, axes = panels(titles, height=230, margins=(52, 96))
    columns: Columns = {"step": record.step.values}
    for panel, (group, names) in zip(axes, groups.items(), strict=True):
        panel.set(xlim=(0, END), ylim=(0, 1), ylabel=labels("axis", "accuracy"))
        drawn = {name: curves(record, name) for name in names}
        columns |= bands(panel, drawn, STYLES, labels.of("activation"), group)
    axes[-1].set_xlabel(labels("axis", "step"))
    return Drawing(figure, columns)


def draw_final(record: xr.Dataset, labels: Labels) -> Drawing:
    """What every activation gains on ReLU at the end, a paired difference a seed."""
    names = [name for name in SOURCE + ADDED if name != "relu"]
    figure, (panel,) = panels([labels("panel", "final")], height=290, margins=(110, 14))
    columns: Columns = {"seed": record.seed.values}
    drawn = {name: gap(record, activation=name, beside="relu") for name in names}
    columns |= strip(panel, drawn, STYLES, labels.of("activation"))
    panel.set_xlabel(labels("axis", "gained"))
    return Drawing(figure, columns)


def draw_depth(record: xr.Dataset, labels: Labels) -> Drawing:
    """Accuracy by step in deeper networks: ReLU, tanh and sigmoid."""
    depths, deep = Params().depths, Params().deep
    titles = [labels("depth", str(depth)) for depth in depths]
    figure, axes = panels(titles, height=180, margins=(52, 70))
    columns: Columns = {"step": record.step.values}
    styles = dict(zip(deep, SERIES, strict=False))
    for panel, depth in zip(axes, depths, strict=True):
        panel.set(xlim=(0, END), ylim=(0, 1), yticks=(0, 0.5, 1), ylabel=labels("axis", "accuracy"))
        drawn = {name: curves(record, name, depth) for name in deep}
        columns |= bands(panel, drawn, styles, labels.of("activation"), f"layers{depth}")
    axes[-1].set_xlabel(labels("axis", "step"))
    return Drawing(figure, columns)


def draw_dying(record: xr.Dataset, labels: Labels) -> Drawing:
    """Dead ReLUs by learning rate, half-way and at the end, and the accuracy beside them."""
    titles = [labels("panel", each) for each in ("dead", "accuracy")]
    figure, axes = panels(titles, height=200, margins=(42, 14))
    columns: Columns = {"rate": record.rate.values}
    moments = dict(zip(("half", "end"), SERIES, strict=False))
    for moment, style in moments.items():
        columns |= band_of(axes[0], record.dead.sel(moment=moment), style, moment)
    key(axes[0], {labels("moment", name): style for name, style in moments.items()}, "upper left")
    columns |= band_of(axes[1], record.rate_accuracy, SERIES[2], "accuracy")
    for panel, limits in zip(axes, ((0, 1), (0.5, 1)), strict=True):
        panel.set(xscale="log", ylim=limits)
        panel.set_xticks([0.01, 0.1], ["0.01", "0.1"])
        panel.minorticks_off()
    axes[-1].set_xlabel(labels("axis", "rate"))
    return Drawing(figure, columns)


FIGURES: Mapping[str, Draw] = {
    "curves": draw_curves, "final": draw_final, "depth": draw_depth, "dying": draw_dying
}  # fmt: skip
