"""Question 51: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping, Sequence

import xarray as xr
from matplotlib.axes import Axes

from dlqa.drawing.canvas import Drawing, name_across, panels, rule
from dlqa.drawing.labelled import Columns, bands, strip
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import SERIES
from dlqa.questions.initialization.quantities import area_gap, attained, curves, losses
from dlqa.questions.initialization.record import ADDED, DATA, SOURCE, Params

STYLES = dict(zip(SOURCE + ADDED, SERIES, strict=True))


def draw_curves(record: xr.Dataset, labels: Labels) -> Drawing:
    """The source's picture over seeds: accuracy by step for its five initializations."""
    figure, axes = panels([labels("data", each) for each in DATA], height=230, margins=(48, 108))
    for panel in axes:
        panel.set(xlim=(0, 500), ylim=(0.2, 1), ylabel=labels("axis", "accuracy"))
    short = record.sel(step=slice(0, 500))
    drawn = {data: {name: curves(short, data, name) for name in SOURCE} for data in DATA}
    return Drawing(figure, by_step(axes, drawn, labels))


def draw_final(record: xr.Dataset, labels: Labels) -> Drawing:
    """Every seed's share of the attainable at step 500, for all nine initializations."""
    figure, axes = panels([labels("data", each) for each in DATA], height=270, margins=(96, 14))
    columns: Columns = {"seed": record.seed.values}
    for panel, data in zip(axes, DATA, strict=True):
        samples = {name: attained(record, data=data, initializer=name, step=500) for name in STYLES}
        columns |= strip(panel, samples, STYLES, labels.of("initializer"), data)
        panel.set_xlim(-0.4, 1.1)
        rule(panel, 1, across=False)
        rule(panel, 0, across=False)
    name_across(axes, labels("axis", "attained"))
    return Drawing(figure, columns)


def draw_symmetry(record: xr.Dataset, labels: Labels) -> Drawing:
    """Constant 0 beside Xavier: on a problem with a linear boundary and on XOR."""
    problems = {"linear": "independent", "xor": "xor"}
    titles = [labels("panel", each) for each in problems]
    figure, axes = panels(titles, height=190, margins=(48, 82))
    for panel in axes:
        panel.set(xlim=(0, 1000), ylim=(0.4, 1), ylabel=labels("axis", "accuracy"))
    drawn = {
        problem: {name: curves(record, data, name) for name in ("xavier", "zero")}
        for problem, data in problems.items()
    }
    return Drawing(figure, by_step(axes, drawn, labels))


def draw_memorizing(record: xr.Dataset, labels: Labels) -> Drawing:
    """Training loss beside fresh accuracy, Xavier against N(0, 1)."""
    measures = {"loss": losses, "accuracy": curves}
    titles = [labels("panel", each) for each in measures]
    figure, axes = panels(titles, height=190, margins=(48, 70))
    axes[0].set(xlim=(0, 1000), yscale="log")
    axes[1].set(xlim=(0, 1000), ylim=(0.35, 1))
    drawn = {
        measure: {name: of(record, "correlated", name) for name in ("xavier", "gaussian_large")}
        for measure, of in measures.items()
    }
    return Drawing(figure, by_step(axes, drawn, labels))


def draw_differences(record: xr.Dataset, labels: Labels) -> Drawing:
    """Xavier against the small Gaussian in every setting, a paired difference a seed."""
    pair = {"initializer": "xavier", "beside": "gaussian_small"}
    settings = ("sigmoid", "tanh", "relu", "descent")
    places = {f"{data}.{of}": {"setting": of, "data": data} for data in DATA for of in settings}
    gaps = {row: area_gap(record, **at, **pair) for row, at in places.items()}
    styles = {row: SERIES[DATA.index(at["data"])] for row, at in places.items()}
    words = {
        row: labels.joined({"setting": at["setting"], "short": at["data"]})
        for row, at in places.items()
    }
    figure, (panel,) = panels([labels("panel", "differences")], height=270, margins=(164, 14))
    columns = {"seed": record.seed.values, **strip(panel, gaps, styles, words)}
    rule(panel, 0, across=False)
    panel.set_xlabel(labels("axis", "gained"))
    return Drawing(figure, columns)


def draw_layers(record: xr.Dataset, labels: Labels) -> Drawing:
    """Before training: outputs from the first layer on, gradients from the last one back."""
    ways = {"signal": slice(None), "error": slice(None, None, -1)}
    figure, axes = panels([labels("layers", each) for each in ways], height=210, margins=(48, 115))
    arms = [{"setting": of, "initializer": start} for of, start in Params().untrained]
    words = {"_".join(arm.values()): labels.joined(arm) for arm in arms}
    styles = dict(zip(words, SERIES, strict=False))
    columns: Columns = {"layer": record.layer.values}
    for panel, (measure, way) in zip(axes, ways.items(), strict=True):
        along = record[measure].isel(layer=way)
        panel.set(yscale="log", xlim=along.layer.values[[0, -1]], xlabel=labels("axis", "layer"))
        drawn = dict(zip(words, (along.sel(arm) for arm in arms), strict=True))
        columns |= bands(panel, drawn, styles, words, measure)
    return Drawing(figure, columns)


def by_step(
    axes: Sequence[Axes], drawn: Mapping[str, Mapping[str, xr.DataArray]], labels: Labels
) -> Columns:
    """Bands of initializers by step, a panel for each of `drawn`."""
    columns: Columns = {}
    for panel, (name, found) in zip(axes, drawn.items(), strict=True):
        columns["step"] = found["xavier"].step.values
        columns |= bands(panel, found, STYLES, labels.of("initializer"), name)
    name_across(axes, labels("axis", "step"))
    return columns


FIGURES: Mapping[str, Draw] = {
    "curves": draw_curves, "final": draw_final, "symmetry": draw_symmetry,
    "memorizing": draw_memorizing, "layers": draw_layers, "differences": draw_differences,
}  # fmt: skip
