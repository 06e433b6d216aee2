"""Question 45: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping

import xarray as xr

from dlqa.drawing.canvas import Drawing, panels
from dlqa.drawing.labelled import Columns, band_of, bands, key, span, strip
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import SERIES
from dlqa.questions.depth.quantities import tuned
from dlqa.questions.depth.record import ARMS, TARGETS, Params

STYLES = dict(zip(ARMS, SERIES, strict=False))
SHARED = ("shared2", "shared3", "shared4")
DEPTHS = dict(zip((1, 2, 3, 4), SERIES, strict=False))


def draw_curves(record: xr.Dataset, labels: Labels) -> Drawing:
    """The source's picture over seeds: accuracy by step, inputs as they are and scaled."""
    titles = [labels("inputs", each) for each in Params().inputs]
    figure, axes = panels(titles, height=210, margins=(60, 96))
    columns: Columns = {"step": record.step.values}
    for panel, inputs in zip(axes, Params().inputs, strict=True):
        panel.set(
            xlim=(0, Params().at[-1]), ylim=(0.4, 1), xticks=(0, 5000, 10000, 15000),
            ylabel=labels("axis", "accuracy"),
        )  # fmt: skip
        drawn = {arm: record.accuracy.sel(arm=arm, inputs=inputs) for arm in SHARED}
        columns |= bands(panel, drawn, STYLES, labels.of("arm"), inputs)
    axes[-1].set_xlabel(labels("axis", "step"))
    return Drawing(figure, columns)


def draw_ends(record: xr.Dataset, labels: Labels) -> Drawing:
    """Every arm's accuracy at the end, a dot a seed."""
    titles = [labels("inputs", each) for each in Params().inputs]
    figure, axes = panels(titles, height=190, margins=(130, 14))
    columns: Columns = {"seed": record.seed.values}
    for panel, inputs in zip(axes, Params().inputs, strict=True):
        ends = record.accuracy.isel(step=-1).sel(inputs=inputs)
        drawn = {arm: ends.sel(arm=arm) for arm in ARMS}
        columns |= strip(panel, drawn, STYLES, labels.of("arm"), inputs)
        panel.set_xlim(0.4, 1.03)
    axes[-1].set_xlabel(labels("axis", "accuracy"))
    return Drawing(figure, columns)


def draw_built(record: xr.Dataset, labels: Labels) -> Drawing:
    """From near the tent set by hand: accuracy before training and after."""
    figure, (panel,) = panels([labels("panel", "built")], height=210, margins=(60, 14))
    columns: Columns = {"shift": record["shift"].values}
    for moment, style in zip(("start", "end"), SERIES, strict=False):
        columns |= band_of(panel, record.built.sel(moment=moment), style, moment)
    named = {
        labels("moment", each): style for each, style in zip(("start", "end"), SERIES, strict=False)
    }
    key(panel, named, "lower left")
    panel.set(
        ylim=(0, 1.03), xlim=(0, 0.3), ylabel=labels("axis", "accuracy"),
        xlabel=labels("axis", "shift"),
    )  # fmt: skip
    return Drawing(figure, columns)


def draw_targets(record: xr.Dataset, labels: Labels) -> Drawing:
    """What is left of three targets by learning rate, for every depth."""
    titles = [labels("target", each) for each in TARGETS]
    figure, axes = panels(titles, height=200, margins=(60, 14))
    columns: Columns = {"rate": record.rate.values}
    for panel, (target, depths) in zip(axes, TARGETS.items(), strict=True):
        at = record.left.sel(target=target, split="test", phase="end")
        for depth in depths:
            columns |= band_of(panel, at.sel(depth=depth), DEPTHS[depth], f"{target}.{depth}")
            columns[f"{target}.{depth}.tuned"] = tuned(record, target, depth).values
        panel.set(
            xscale="log",
            yscale="log",
            ylim=span(record.left, log=True),
            ylabel=labels("axis", "left"),
        )
        panel.set_xticks([0.003, 0.01, 0.03], ["0.003", "0.01", "0.03"])
        panel.minorticks_off()
        key(panel, {labels("depth", str(each)): DEPTHS[each] for each in depths}, "lower left")
    axes[-1].set_xlabel(labels("axis", "rate"))
    return Drawing(figure, columns)


FIGURES: Mapping[str, Draw] = {
    "curves": draw_curves, "ends": draw_ends, "built": draw_built, "targets": draw_targets
}  # fmt: skip
