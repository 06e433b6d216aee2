"""Question 54: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping
from functools import partial
from itertools import product

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from numpy.typing import NDArray

from dlqa.drawing.canvas import Drawing, band, name_line, panels, rule, spread_labels
from dlqa.drawing.labelled import Columns, band_of, strips
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import SERIES
from dlqa.evidence.records import ran
from dlqa.questions.finetuning import quantities as q
from dlqa.questions.finetuning.record import HEADS, SIZES, TASKS, Params

GUESSING = 0.1  # of ten classes
accuracies = partial(strips, limits=(0, 1), at=GUESSING)  # of ways, by setting, a dot a seed


def draw_depths(record: xr.Dataset, labels: Labels) -> Drawing:
    """What a linear probe reaches on features from each depth, pretrained and of random weights."""
    figure, axes = panels([labels("task", task) for task in TASKS], height=220, margins=(40, 72))
    columns: Columns = {"depth": np.arange(1.0, len(record.depth) + 1)}
    features = {"probed": record.probe.sel(classifier="ridge"), "control": record.control}
    lines = [("probed", "large"), ("control", "large"), ("probed", "small"), ("control", "small")]
    styles = (*SERIES[:3], SERIES[4])
    for panel, task in zip(axes, TASKS, strict=True):
        for (name, size), style in zip(lines, styles, strict=True):
            drawn = features[name].sel(task=task, size=size, split="test")
            drawn = drawn.assign_coords(depth=columns["depth"])
            band_of(panel, drawn, style, name, label=labels(name, Params().counts(size)[0]))
            columns[f"{task}.{name}.{size}"] = drawn.mean("seed").values
        _scale(panel, columns["depth"])
        rule(panel, GUESSING)
        panel.set_ylabel(labels("axis", "accuracy"))
    axes[-1].set_xlabel(labels("axis", "depth"))
    return Drawing(figure, columns)


def draw_strategies(record: xr.Dataset, labels: Labels) -> Drawing:
    """Five ways to use the network, in the four scenarios, a dot a seed."""
    ways = ("probe_last", "probe_best", "last_stage", "tuned", "scratch")
    settings = [{"task": task, "size": size} for task, size in product(TASKS, SIZES)]
    samples = {
        ".".join(at.values()): {way: q.accuracy(record, way=way, **at) for way in ways}
        for at in settings
    }
    titles = [labels.joined(at) for at in settings]
    words, xlabel = labels.of("way"), labels("axis", "accuracy")
    return Drawing(*accuracies(samples, titles, words, (176, 112), xlabel))


def draw_batch_norm(record: xr.Dataset, labels: Labels) -> Drawing:
    """The same fine-tuning with the statistics of batch norm frozen and updated, a dot a seed."""
    samples = {
        task: {way: q.accuracy(record, way=way, task=task) for way in ("frozen", "updated")}
        for task in TASKS
    }
    titles = [labels("task", task) for task in TASKS]
    words, xlabel = labels.of("way"), labels("axis", "accuracy")
    return Drawing(*accuracies(samples, titles, words, (124, 92), xlabel))


def draw_rates(record: xr.Dataset, labels: Labels) -> Drawing:
    """What a rate does to the new task, to what was known, and to the weights: digits, small."""
    digits = record.sel(task="digits")
    accuracy = digits.tuned.sel(size="small", split="test")
    measures = {"accuracy": accuracy, "kept": digits.kept, "moved": 100 * digits.moved}
    titles = [labels("panel", name) for name in measures]
    figure, axes = panels(titles, height=160, margins=(40, 92))
    columns: Columns = {"rate": record.rate.values}
    for head, style in zip(HEADS, SERIES, strict=False):
        for panel, (name, values) in zip(axes, measures.items(), strict=True):
            drawn = values.sel(head=head)
            band_of(panel, drawn, style, name, label=labels("head", head))
            columns[f"{head}.{name}"] = ran(drawn).mean("seed").values
    for panel, top in zip(axes, (1, 1, None), strict=True):
        panel.set_xscale("log")
        _scale(panel, columns["rate"], top)
        panel.minorticks_off()
    axes[-1].set_xlabel(labels("axis", "rate"))
    return Drawing(figure, columns)


def draw_length(record: xr.Dataset, labels: Labels) -> Drawing:
    """How training from scratch comes along, beside what fine-tuning reaches in far fewer steps."""
    figure, axes = panels([labels("task", task) for task in TASKS], height=190, margins=(40, 78))
    batch, tuned_at = Params().large_batch, Params().large_steps * Params().large_batch
    columns: Columns = {}
    for panel, task in zip(axes, TASKS, strict=True):
        curves = ran(record.scratch.sel(task=task, size="large").dropna("step", how="all"))
        curves = curves.assign_coords(step=curves.step * batch)
        band_of(panel, curves, SERIES[1], task, label=labels("way", "scratch"))
        reached = ran(q.accuracy(record, way="tuned", task=task, size="large")).values
        panel.plot(
            [tuned_at] * len(reached), reached, linestyle="", marker=SERIES[0].marker, markersize=4,
            color=SERIES[0].colour, alpha=0.7,
        )  # fmt: skip
        name_line(panel, tuned_at, float(np.median(reached)), labels("panel", "tuned"), SERIES[0])
        steps = curves.step.values
        columns |= {"images_seen": steps, f"{task}.scratch": curves.mean("seed").values}
        columns[f"{task}.tuned"] = np.full(len(steps), reached.mean())
        rule(panel, GUESSING)
        panel.set(xlim=(0, steps[-1]), ylim=(0, 1), ylabel=labels("axis", "accuracy"))
    axes[-1].set_xlabel(labels("axis", "seen"))
    return Drawing(figure, columns)


def draw_sides(record: xr.Dataset, labels: Labels) -> Drawing:
    """Any side is accepted; what is recognized depends on it."""
    titles = [labels("panel", name) for name in ("recognized", "probed")]
    figure, (above, below) = panels(titles, height=200, margins=(40, 82))
    whole = record.recognized.dropna("side")
    columns: Columns = {"side": whole.side.values.astype(float)}
    for photo, style in zip(record.photo.values, SERIES, strict=False):
        columns[photo] = whole.sel(photo=photo).values
        band(above, columns["side"], columns[photo][None], style, label=labels("photo", photo))
    probes = record.probe_by_side.dropna("side", how="all")
    band_of(below, probes.max("depth"), SERIES[2], "best", label=labels("panel", "best"))
    band_of(below, probes.sel(depth=q.LAST), SERIES[0], "last", label=labels("panel", "last"))
    _scale(above, np.delete(columns["side"], 1))  # the second label would touch the first
    _scale(below, probes.side.values)
    below.set_xlabel(labels("axis", "side"))
    return Drawing(figure, columns)


def _scale(panel: Axes, ticks: NDArray[np.float64], top: float | None = 1) -> None:
    """A panel from 0 to the top, its labelled ticks from end to end, with labels on its lines."""
    panel.set(xlim=(ticks[0], ticks[-1]), ylim=(0, top))
    panel.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    spread_labels(panel)


FIGURES: Mapping[str, Draw] = {
    "depths": draw_depths,
    "strategies": draw_strategies,
    "rates": draw_rates,
    "length": draw_length,
    "batch_norm": draw_batch_norm,
    "sides": draw_sides,
}
