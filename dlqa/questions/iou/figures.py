"""Question 55: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping

import numpy as np
import xarray as xr

from dlqa.drawing.canvas import TEXT, Drawing, band, name_across, panels, rule, spread_labels
from dlqa.drawing.labelled import Columns, band_of, bands, key, strip
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import SERIES
from dlqa.evidence.records import ran
from dlqa.questions.iou.picture import draw_overlap
from dlqa.questions.iou.quantities import changed, curves
from dlqa.questions.iou.record import DETECTORS, ERRORS, LOSSES, STARTS, VERDICTS

STYLES = dict(zip(LOSSES, SERIES, strict=False))
TICKS = (10, 20, 50, 100, 200)


def draw_scale(record: xr.Dataset, labels: Labels) -> Drawing:
    """What an error of one pixel leaves of the IoU, by the box's side."""
    titles = [labels("panel", name) for name in ("overlap", "passes")]
    figure, (above, below) = panels(titles, height=210, margins=(48, 112))
    lines = [
        (above, error, record.overlap.sel(error=error), labels("short", error)) for error in ERRORS
    ] + [
        (below, f"passes_{at:g}", record.passes.sel(threshold=at), f"IoU ≥ {at:g}")
        for at in VERDICTS
    ]
    columns: Columns = {}
    for (panel, name, drawn, label), style in zip(lines, SERIES, strict=False):
        columns["side"] = drawn.mean("seed").dropna("side").side.values.astype(float)
        columns |= band_of(panel, drawn, style, name, label=label)
    for panel, low, high in ((above, 0.55, 1.02), (below, 0, 1.15)):
        panel.set_xscale("log")
        panel.set_xticks(TICKS, [str(tick) for tick in TICKS])
        panel.minorticks_off()
        panel.set(xlim=(columns["side"][0], columns["side"][-1]), ylim=(low, high))
        spread_labels(panel)
    name_across((above, below), labels("axis", "side"))
    return Drawing(figure, columns)


def draw_path(record: xr.Dataset, labels: Labels) -> Drawing:
    """Each measure and its gradient while a box comes from afar and turns equal."""
    titles = [labels("panel", name) for name in ("value", "pull")]
    figure, (above, below) = panels(titles, height=220, margins=(48, 58))
    path = record.path.values
    columns: Columns = {"path": path}
    for loss in LOSSES:
        value, pull = (each.sel(loss=loss).values for each in (record.path_value, record.path_pull))
        band(above, path, value[None], STYLES[loss], name=f"value.{loss}")
        columns |= {f"value.{loss}": value, f"pull.{loss}": pull}
        pull = pull[None, :-1]  # equal boxes at last: no pull
        band(below, path[:-1], pull, STYLES[loss], name=f"pull.{loss}")
    key(above, {labels("loss", loss): STYLES[loss] for loss in LOSSES}, "upper left")
    above.set(xlim=(0, 1), ylim=(-1, 1.05))
    below.set(xlim=(0, 1), ylim=(0, None))
    name_across((above, below), labels("axis", "path"))
    return Drawing(figure, columns)


def draw_learning(record: xr.Dataset, labels: Labels) -> Drawing:
    """IoU while boxes learn their places under each loss, from three kinds of start."""
    titles = [labels("start", start) for start in STARTS]
    figure, axes = panels(titles, height=190, margins=(56, 61))
    columns: Columns = {"step": record.step.values}
    for panel, start in zip(axes, STARTS, strict=True):
        panel.set(xlim=(0, columns["step"][-1]), ylim=(-0.02, 1.03), ylabel="IoU")
        found = {loss: curves(record, loss, start) for loss in LOSSES}
        columns |= bands(panel, found, STYLES, labels.of("loss"), start)
    name_across(axes, labels("axis", "step"))
    return Drawing(figure, columns)


def draw_pixels(record: xr.Dataset, labels: Labels) -> Drawing:
    """Share of verdicts that the +1 convention changes, a dot a seed."""
    titles = [labels("threshold", threshold) for threshold in VERDICTS]
    figure, axes = panels(titles, height=180, margins=(77, 14))
    columns: Columns = {"seed": record.seed.values}
    sides = record.changed.mean("seed").dropna("side", how="all").side.values.tolist()
    for panel, threshold, style in zip(axes, VERDICTS, SERIES[3:5], strict=True):
        rows = {f"{side}.{threshold:g}": side for side in sides}
        samples = {row: changed(record, side=at, threshold=threshold) for row, at in rows.items()}
        words = {row: labels("pixels", side) for row, side in rows.items()}
        columns |= strip(panel, samples, dict.fromkeys(rows, style), words)
        panel.set_xlim(0, 0.09)
        rule(panel, 0.01, across=False)
    name_across(axes, labels("axis", "changed"))
    return Drawing(figure, columns)


def draw_detectors(record: xr.Dataset, labels: Labels) -> Drawing:
    """AP by threshold of five detectors whose mean IoU is the same."""
    figure, (panel,) = panels([labels("panel", "precision")], height=250, margins=(48, 14))
    columns: Columns = {"threshold": record.threshold.values}
    for detector, style in zip(DETECTORS, SERIES, strict=False):
        drawn = ran(record.precision.sel(detector=detector))
        width = 4.5 if detector == "even" else 1.6  # what NMS restores lies upon it
        columns |= band_of(panel, drawn, style, detector)
        panel.plot(
            drawn.threshold, np.median(drawn, 0), color=style.colour, linestyle=style.dash,
            linewidth=width, alpha=0.5 if width > 2 else 1, label=labels("detector", detector),
        )  # fmt: skip
    panel.legend(fontsize=TEXT, frameon=False, loc="upper right", labelcolor="linecolor")
    panel.set(xlim=(0.5, 0.95), ylim=(-0.02, 1.05), ylabel="AP", xlabel=labels("axis", "threshold"))
    return Drawing(figure, columns)


FIGURES: Mapping[str, Draw] = {
    "overlap": draw_overlap,
    "scale": draw_scale,
    "path": draw_path,
    "learning": draw_learning,
    "pixels": draw_pixels,
    "detectors": draw_detectors,
}
