"""Question 52: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping

import xarray as xr

from dlqa.drawing.canvas import Drawing, name_across, panels, rule
from dlqa.drawing.labelled import Columns, bands, lines, span, strip
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import SERIES
from dlqa.questions.convergence.quantities import METRICS, NETWORK, settling, slowness, unsettled
from dlqa.questions.convergence.record import DATA, HORIZONS, LAYERS

STYLES = {f"layer{layer}": style for layer, style in zip(LAYERS, SERIES, strict=False)}
SHORT, LONG = HORIZONS


def draw_picture(record: xr.Dataset, labels: Labels) -> Drawing:
    """The source's picture: fifty weights a layer, from a random sample and from the source's."""
    places = [("random", 1), ("source", 1), ("random", 2), ("random", 3), ("random", 4)]
    titles = [labels.joined({"layer": layer, "sample": sample}) for sample, layer in places]
    figure, axes = panels(titles, across=2, height=150, margins=(48, 14))
    columns: Columns = {"step": record.moment.values}
    for panel, (sample, layer) in zip(axes, places, strict=True):
        paths, name = record.picture.sel(sample=sample, layer=layer), f"layer{layer}"
        columns |= lines(panel, paths, STYLES[name], f"{sample}.{name}", every=3)
        panel.set(xlim=(0, record.moment[-1]), xticks=(0, 250, 500, 750))
        panel.set_ylim(span(record.picture.sel(layer=layer)))
    name_across(axes, labels("axis", "step"))
    return Drawing(figure, columns)


def draw_curves(record: xr.Dataset, labels: Labels) -> Drawing:
    """Three metrics of the same training, layer by layer."""
    drawn = {each: unsettled(record, each, "correlated", SHORT) for each in METRICS}
    drawn["alignment"] = 1 - drawn["alignment"]
    figure, axes = panels([labels("panel", each) for each in drawn], height=200, margins=(48, 73))
    axes[0].set_yscale("log")
    columns: Columns = {}
    for panel, (metric, curves) in zip(axes, drawn.items(), strict=True):
        columns[f"{metric}.step"] = curves[curves.dims[1]].values
        words = layer_names(labels) if metric == "step" else {}  # elsewhere ends meet
        columns |= bands(panel, by_layer(curves), STYLES, words, metric)
        panel.set_xlim(0, SHORT)
    name_across(axes, labels("axis", "step"))
    return Drawing(figure, columns)


def draw_orders(record: xr.Dataset, labels: Labels) -> Drawing:
    """Every seed's rank correlation with depth, by metric and horizon."""
    figure, axes = panels([labels("data", each) for each in DATA], height=220, margins=(176, 14))
    places = {f"{m}.{stop}": {"metric": m, "stop": stop} for m in METRICS for stop in HORIZONS}
    words = {row: labels.joined(at) for row, at in places.items()}
    styles = {row: SERIES[METRICS.index(row.split(".")[0])] for row in places}
    columns: Columns = {"seed": record.seed.values}
    for panel, data in zip(axes, DATA, strict=True):
        samples = {row: settling(record, data=data, **at) for row, at in places.items()}
        columns |= strip(panel, samples, styles, words, data)
        panel.set_xlim(-1.08, 1.08)
        rule(panel, 0, across=False)
    name_across(axes, labels("axis", "order"))
    return Drawing(figure, columns)


def draw_optimizers(record: xr.Dataset, labels: Labels) -> Drawing:
    """The source's metric under Adam and under gradient descent."""
    settings = [{"activation": "sigmoid", "optimizer": each} for each in ("adam", "descent")]
    figure, axes = panels([labels.joined(each) for each in settings], height=150, margins=(61, 14))
    columns: Columns = {"seed": record.seed.values}
    for panel, setting in zip(axes, settings, strict=True):
        sizes = slowness(record, "step", "independent", LONG, **setting)
        columns |= strip(panel, by_layer(sizes), STYLES, layer_names(labels), setting["optimizer"])
        panel.set(xscale="log", xlim=(5e-5, 1e-2))
    name_across(axes, labels("axis", "mean step"))
    return Drawing(figure, columns)


def draw_layers(record: xr.Dataset, labels: Labels) -> Drawing:
    """How monotone each layer's weights are, and what it costs to re-initialize the layer."""
    found = record.sel({"data": "correlated", **NETWORK})
    drawn = {"monotone": found.monotone, "lost": found.lost.sel(stop=SHORT)}
    figure, axes = panels([labels("panel", each) for each in drawn], height=150, margins=(61, 14))
    columns: Columns = {"seed": record.seed.values}
    for panel, (name, values) in zip(axes, drawn.items(), strict=True):
        columns |= strip(panel, by_layer(values), STYLES, layer_names(labels), name)
    rule(axes[1], 0, across=False)
    return Drawing(figure, columns)


def by_layer(values: xr.DataArray) -> dict[str, xr.DataArray]:
    return {row: values.sel(layer=layer) for row, layer in zip(STYLES, LAYERS, strict=True)}


def layer_names(labels: Labels) -> dict[str, str]:
    return {row: labels("layer", layer) for row, layer in zip(STYLES, LAYERS, strict=True)}


FIGURES: Mapping[str, Draw] = {
    "picture": draw_picture,
    "curves": draw_curves,
    "orders": draw_orders,
    "optimizers": draw_optimizers,
    "layers": draw_layers,
}
