"""Question 102: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping

import xarray as xr

from dlqa.drawing.canvas import Drawing, panels
from dlqa.drawing.labelled import Columns, bands, strips
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import SERIES
from dlqa.questions.losses.quantities import END, RELU_END, gap
from dlqa.questions.losses.record import SOURCE, TAUGHT

NOISY = ("cross_entropy", "squared", "softmax_absolute", "generalized")


def accuracies(record: xr.Dataset, setting: str, loss: str) -> xr.DataArray:
    """Accuracy [seed, step] of what was run."""
    drawn = record.accuracy.sel(setting=setting, loss=loss)
    return drawn.dropna("seed", how="all").dropna("step", how="all")


def draw_source(record: xr.Dataset, labels: Labels) -> Drawing:
    """The source's picture: accuracy by step under its six losses."""
    figure, (panel,) = panels([labels("panel", "source")], height=300, margins=(52, 150))
    panel.set(xlim=(0, END), ylim=(0, 1), ylabel=labels("axis", "accuracy"))
    panel.set_xlabel(labels("axis", "step"))
    drawn = {loss: accuracies(record, "source", loss).sel(step=slice(END)) for loss in SOURCE}
    columns: Columns = {"step": drawn["constant"].step.values}
    styles = dict(zip(SOURCE, SERIES, strict=False))
    columns |= bands(panel, drawn, styles, labels.of("loss"))
    return Drawing(figure, columns)


def draw_noise(record: xr.Dataset, labels: Labels) -> Drawing:
    """Accuracy by step with clean and with wrong labels."""
    settings = ("noise_0", "noise_0.4")
    titles = [labels("panel", each) for each in settings]
    figure, axes = panels(titles, height=220, margins=(52, 150))
    styles = dict(zip(NOISY, SERIES, strict=False))
    columns: Columns = {}
    for panel, setting in zip(axes, settings, strict=True):
        panel.set(xlim=(0, RELU_END), ylim=(0, 1), ylabel=labels("axis", "accuracy"))
        drawn = {loss: accuracies(record, setting, loss) for loss in NOISY}
        columns["step"] = drawn["squared"].step.values
        columns |= bands(panel, drawn, styles, labels.of("loss"), setting)
    axes[-1].set_xlabel(labels("axis", "step"))
    return Drawing(figure, columns)


def draw_gaps(record: xr.Dataset, labels: Labels) -> Drawing:
    """What every loss gains on cross entropy at the end, with clean labels; one number a seed."""
    gaps = {
        loss: -gap(record, beside=loss, setting="noise_0", step=RELU_END)
        for loss in TAUGHT if loss != "cross_entropy"
    }  # fmt: skip
    figure, columns = strips(
        {"gap": gaps}, [labels("panel", "gap")], labels.of("loss"), (280, 150),
        labels("axis", "behind"), limits=(-0.15, 0.06), at=0.0,
    )  # fmt: skip
    return Drawing(figure, columns)


FIGURES: Mapping[str, Draw] = {"source": draw_source, "noise": draw_noise, "gaps": draw_gaps}
