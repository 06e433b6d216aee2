"""Question 50: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from dlqa.drawing.canvas import Drawing, name_across, panels
from dlqa.drawing.labelled import Columns, band_of, key, strip, strips
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import MUTED, SERIES, Style
from dlqa.questions.batch_size.quantities import RULES, by_batch, lost, steps_to_target
from dlqa.questions.batch_size.record import BATCHES, POWERS, SOURCE

STYLES: Mapping[int, Style] = dict(zip(SOURCE, SERIES, strict=False))
IDEAL = Style(MUTED, (0, (2, 2)), "o")


def draw_source(record: xr.Dataset, labels: Labels) -> Drawing:
    """The source's setting after all its epochs: training accuracy, and that on fresh points."""
    names = ("training", "fresh")
    figure, axes = panels([labels("panel", of) for of in names], height=220, margins=(60, 14))
    columns: Columns = {}
    styles = {str(batch): style for batch, style in STYLES.items()}
    for panel, of in zip(axes, names, strict=True):
        ends = record.plain.sel(of=of, epoch=record.epoch[-1])
        samples = {str(batch): ends.sel(batch=batch) for batch in SOURCE}
        columns |= strip(panel, samples, styles, {name: name for name in samples}, of)
        panel.set(xlim=(0.6, 1.02), ylabel=labels("axis", "size"))
    name_across(axes, labels("axis", "reached"))
    return Drawing(figure, columns)


def draw_steps(record: xr.Dataset, labels: Labels) -> Drawing:
    """Steps to the target by batch size, each at its quickest rate, beside halving with every doubling."""
    figure, (panel,) = panels([labels("panel", "steps")], height=250, margins=(58, 14))
    columns: Columns = {"batch": np.array(BATCHES, dtype=float)}
    styles = dict(zip(POWERS, SERIES, strict=False))
    for optimizer, style in styles.items():
        found = [steps_to_target(record, optimizer, batch) for batch in BATCHES]
        drawn = 2 ** by_batch(found)
        columns |= band_of(panel, drawn, style, optimizer)
        if optimizer == "sgd":
            first = float(drawn.sel(batch=1).median())
    ideal = first / columns["batch"]
    panel.plot(columns["batch"], ideal, color=MUTED, linestyle=IDEAL.dash, linewidth=1.2)
    log_batches(panel)
    panel.set(xlabel=labels("axis", "batch"), yscale="log", ylim=(0.5, 2100))
    panel.set_yticks([1, 4, 16, 64, 256, 1024], ["1", "4", "16", "64", "256", "1024"])
    panel.set_ylabel(labels("axis", "steps"))
    panel.minorticks_off()
    named = {labels("optimizer", name): style for name, style in styles.items()}
    key(panel, named | {labels("panel", "ideal"): IDEAL}, "upper right")
    return Drawing(figure, columns | {"ideal": ideal})


def draw_rules(record: xr.Dataset, labels: Labels) -> Drawing:
    """What batch size 64 loses against 4 after equal epochs, under three rules for its rate."""
    bases = {"sgd_7": ("sgd", -7), "sgd_3": ("sgd", -3), "adam_10": ("adam", -10)}
    samples = {
        name: {
            rule: lost(record, optimizer=optimizer, rule=rule, power=power) for rule in RULES
        }
        for name, (optimizer, power) in bases.items()
    }  # fmt: skip
    figure, columns = strips(
        samples, [labels("panel", name) for name in bases], labels.of("rule"), (130, 84),
        labels("axis", "lost"), limits=(-0.1, 0.5), at=0.0,
    )  # fmt: skip
    return Drawing(figure, columns)


def log_batches(panel: Axes) -> None:
    """The axis across is the batch size, by its logarithm."""
    panel.set(xscale="log", xlim=(0.9, 290))
    panel.set_xticks(list(BATCHES), [str(batch) for batch in BATCHES])
    panel.minorticks_off()


FIGURES: Mapping[str, Draw] = {"source": draw_source, "steps": draw_steps, "rules": draw_rules}
