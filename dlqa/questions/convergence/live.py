"""Question 52: its figure with controls, the length of training and the metric."""

from collections.abc import Mapping

import xarray as xr

from dlqa.drawing.canvas import Drawing, panels, rule
from dlqa.drawing.labelled import Columns, bands, key, span, strip
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.evidence.values import Values, value
from dlqa.questions.convergence.figures import STYLES, by_layer, layer_names
from dlqa.questions.convergence.quantities import METRICS, order, settling, slowness, unsettled
from dlqa.questions.convergence.record import DATA, HORIZONS, Params

STOPS = Params().stops
PLACES = tuple((data, stop) for data in DATA for stop in STOPS)


def draw_approach(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """What is left of each layer's way up to a stop, and its mean over that time in every seed."""
    metric, stop = setting["metric"], int(setting["steps"])
    curves = {place: unsettled(record, metric, *place) for place in PLACES}
    means = {place: slowness(record, metric, *place) for place in PLACES}
    log, names = metric == "step", layer_names(labels)
    heights, widths = span(*curves.values(), log=log), span(*means.values(), log=log)
    places = [{"short": data, "shown": of} for of in ("steps", "seeds") for data in DATA]
    titles = [labels.joined(place) for place in places]
    figure, axes = panels(titles, across=2, height=172, margins=(66, 14), foot=60)
    columns: Columns = {"seed": record.seed.values}
    for upper, lower, data in zip(axes[:2], axes[2:], DATA, strict=True):
        drawn = curves[data, stop]
        columns[f"{data}.step"] = drawn[drawn.dims[1]].values
        columns |= bands(upper, by_layer(drawn), STYLES, {}, f"{data}.{metric}")
        rule(upper, stop, across=False)
        columns |= strip(lower, by_layer(means[data, stop]), STYLES, names, data)
        columns[f"{data}.order"] = order(means[data, stop]).values
        if log:
            upper.set_yscale("log")
            lower.set_xscale("log")
        upper.set(xlim=(0, STOPS[-1] * 1.02), xticks=(0, 500, 1000, 1500), ylim=heights)
        upper.set_xlabel(labels("axis", "step"))
        lower.set(xlim=widths, xlabel=labels("mean to", stop))
        lower.minorticks_off()
    axes[0].set_ylabel(labels("metric", metric))
    key(axes[0], {names[row]: style for row, style in STYLES.items()}, "below")
    return Drawing(figure, columns)


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """What the caption says of a setting: the mean order of the layers on either kind of data."""
    at = {"metric": setting["metric"], "stop": int(setting["steps"])}
    return {f"order_{data}": value(settling.mean(record, data=data, **at), "+.2f") for data in DATA}


METRIC = Control("metric", METRICS, default="step")
STEPS = Control("steps", tuple(f"{stop}" for stop in STOPS), default=f"{HORIZONS[0]}", scale=True)
LIVE: Mapping[str, Live] = {"approach": Live((METRIC, STEPS), draw_approach, numbers)}
