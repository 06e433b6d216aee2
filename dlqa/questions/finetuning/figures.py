"""Question 54: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping
from functools import partial
from itertools import product

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from numpy.typing import NDArray

from dlqa.drawing.canvas import Drawing, band, name_across, panels, rule, spread_labels
from dlqa.drawing.labelled import Columns, band_of, strips
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import SERIES
from dlqa.evidence.records import ran
from dlqa.questions.finetuning import quantities as q
from dlqa.questions.finetuning.record import RATES, SIZES, TASKS, Params, rate_of

GUESSING = 0.1  # of ten classes
SCENARIOS = [{"task": task, "size": size} for task, size in product(TASKS, SIZES)]
DRAWN = ("upper", "last", "warmed", "scratch")
accuracies = partial(strips, limits=(0, 1), at=GUESSING)  # of ways, by setting, a dot a seed


def draw_depths(record: xr.Dataset, labels: Labels) -> Drawing:
    """What a linear probe reaches on features from each depth, pretrained and of random weights."""
    figure, axes = panels([labels("task", task) for task in TASKS], height=220, margins=(54, 84))
    columns: Columns = {"depth": np.arange(1.0, len(record.depth) + 1)}
    features = {"probed": record.probe.sel(classifier="ridge"), "control": record.control}
    lines = [("probed", "large"), ("control", "large"), ("probed", "small"), ("control", "small")]
    styles = (*SERIES[:3], SERIES[4])
    for panel, task in zip(axes, TASKS, strict=True):
        for (name, size), style in zip(lines, styles, strict=True):
            drawn = features[name].sel(task=task, size=size, split="test")
            drawn = drawn.assign_coords(depth=columns["depth"])
            label = labels(name, Params().counts(size)[0])
            columns |= band_of(panel, drawn, style, f"{task}.{name}.{size}", label=label)
        _scale(panel, columns["depth"])
        rule(panel, GUESSING)
        panel.set_ylabel(labels("axis", "accuracy"))
    name_across(axes, labels("axis", "depth"))
    return Drawing(figure, columns)


def draw_strategies(record: xr.Dataset, labels: Labels) -> Drawing:
    """Four ways to use the network, in the four scenarios, a dot a seed."""
    ways = ("probe_last", "probe_best", "last", "upper")
    samples = {
        f"{task}.{size}": {way: q.accuracy(record, way=way, task=task, size=size) for way in ways}
        for task, size in product(TASKS, SIZES)
    }
    titles = [labels.joined(at) for at in SCENARIOS]
    words, xlabel = labels.of("way"), labels("axis", "accuracy")
    return Drawing(*accuracies(samples, titles, words, (156, 132), xlabel))


def draw_rates(record: xr.Dataset, labels: Labels) -> Drawing:
    """What a rate does to the new task, also from scratch, to what was known, and to the weights."""
    at = record.sel(arm="upper", task="digits", size="large", rate=list(RATES))
    upper, scratch = (q.tried(record, a, "digits", "large") for a in ("upper", "scratch"))
    measures = {"accuracy": upper.sel(split="test"), "kept": at.kept, "moved": 100 * at.moved}
    titles = [labels("panel", name) for name in measures]
    figure, axes = panels(titles, height=160, margins=(48, 96))
    columns: Columns = {"rate": np.array(RATES)}
    word = labels("way", "scratch")
    columns |= band_of(axes[0], scratch.sel(split="test"), SERIES[3], "scratch", label=word)
    for panel, (name, values), style in zip(axes, measures.items(), SERIES, strict=False):
        label = labels("way", "upper") if name == "accuracy" else ""
        columns |= band_of(panel, values.dropna("seed"), style, name, label=label)
        panel.set_xscale("log")
        _scale(panel, columns["rate"], None if name == "moved" else 1)
        panel.minorticks_off()
    name_across(axes, labels("axis", "rate"))
    return Drawing(figure, columns)


def draw_length(record: xr.Dataset, labels: Labels) -> Drawing:
    """How what is trained comes along, by the images seen; from scratch besides, on many."""
    figure, axes = panels([labels.joined(at) for at in SCENARIOS], height=180, margins=(56, 108))
    columns: Columns = {}
    for panel, at in zip(axes, SCENARIOS, strict=True):
        found = {arm: record.curve.sel(arm=arm, rate=rate_of(arm), **at) for arm in DRAWN}
        found = {arm: curve for arm, curve in found.items() if curve.notnull().any()}
        for arm, curve in found.items():
            drawn = ran(curve).dropna("seen")
            name, label = ".".join([*at.values(), arm]), labels("way", arm)
            columns[f"{name}.seen"] = drawn.seen.values
            columns |= band_of(panel, drawn, SERIES[DRAWN.index(arm)], name, label=label)
        rule(panel, GUESSING)
        last = max(curve.dropna("seen", how="all").seen.values[-1] for curve in found.values())
        panel.set(xlim=(0, last), ylim=(0, 1))
        panel.set_ylabel(labels("axis", "accuracy"))
        spread_labels(panel)
    name_across(axes, labels("axis", "seen"))
    return Drawing(figure, columns)


def draw_sides(record: xr.Dataset, labels: Labels) -> Drawing:
    """Any side is accepted; whether a whole photo is recognized depends on it."""
    figure, (panel,) = panels([labels("panel", "recognized")], height=220, margins=(48, 96))
    whole = record.recognized.dropna("side")
    columns: Columns = {"side": whole.side.values.astype(float)}
    for photo, style in zip(record.photo.values, SERIES, strict=False):
        columns[photo] = whole.sel(photo=photo).values
        label = labels("photo", photo)
        band(panel, columns["side"], columns[photo][None], style, label=label, name=photo)
    _scale(panel, np.delete(columns["side"], 1))  # the second label would touch the first
    panel.set_xlabel(labels("axis", "side"))
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
    "sides": draw_sides,
}
