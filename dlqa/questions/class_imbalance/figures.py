"""Question 47: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping

import xarray as xr

from dlqa.drawing.canvas import Drawing, panels
from dlqa.drawing.labelled import Columns, bands, strips
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import SERIES, Style
from dlqa.questions.class_imbalance.record import READS, SHOWN, Params

KINDS, MOST = Params().kinds, 100
REMEDIES = ("copies", "weights", "smote", "under", "focal")
STYLES: Mapping[str, Style] = dict(zip(("plain", "copies", "moved"), SERIES, strict=False))


def draw_source(record: xr.Dataset, labels: Labels) -> Drawing:
    """Accuracy of the source's network by ratio, its fresh points scaled by themselves or not."""
    separate, shared, moved = (record.source_accuracy.sel(shown=each) for each in SHOWN)
    drawn = [{arm: each.sel(arm=arm) for arm in ("plain", "copies")} for each in (separate, shared)]
    drawn[1]["moved"] = moved.sel(arm="plain")
    titles = [labels("scaling", each) for each in SHOWN[:2]]
    figure, axes = panels(titles, height=230, margins=(54, 112))
    columns: Columns = {"ratio": separate.dropna("ratio", how="all").ratio.values}
    for panel, name, samples in zip(axes, SHOWN, drawn, strict=False):
        panel.set(xscale="log", xlim=(1, MOST), ylim=(0.4, 1), ylabel=labels("axis", "accuracy"))
        panel.set_xticks([1, 10, MOST], ["1", "10", f"{MOST}"])
        panel.minorticks_off()
        columns |= bands(panel, samples, STYLES, labels.of("drawn"), name)
    axes[-1].set_xlabel(labels("axis", "ratio"))
    return Drawing(figure, columns)


def draw_remedies(record: xr.Dataset, labels: Labels) -> Drawing:
    """Balanced accuracy at 100:1 of every remedy asked at one half, and of a moved threshold."""
    samples = {}
    for kind in KINDS:
        as_is, shifted = (record.accuracy.sel(kind=kind, ratio=MOST, read=each) for each in READS)
        samples[kind] = {"plain": as_is.sel(arm="plain"), "moved": shifted.sel(arm="plain")}
        samples[kind] |= {arm: as_is.sel(arm=arm) for arm in REMEDIES}
    return _strips(samples, labels, "accuracy", (0.45, 0.9), 0.5)


def draw_area(record: xr.Dataset, labels: Labels) -> Drawing:
    """The area under the ROC curve at 100:1, minus that of the plain network on the same data."""
    samples = {}
    for kind in KINDS:
        at = record.area.sel(kind=kind, ratio=MOST)
        samples[kind] = {arm: at.sel(arm=arm) - at.sel(arm="plain") for arm in (*REMEDIES, "more")}
    return _strips(samples, labels, "ranked", (-0.5, 0.15), 0.0)


def _strips(
    samples: Mapping[str, Mapping[str, xr.DataArray]], labels: Labels, axis: str,
    limits: tuple[float, float], at: float,
) -> Drawing:  # fmt: skip
    titles, words = [labels("kind", each) for each in samples], labels.of("row")
    named = labels("axis", axis)
    return Drawing(*strips(samples, titles, words, (240, 104), named, limits=limits, at=at))


FIGURES: Mapping[str, Draw] = {"source": draw_source, "remedies": draw_remedies, "area": draw_area}
