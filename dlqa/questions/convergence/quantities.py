"""Question 52: the quantities that its claims and figures are about, one number a seed, [S].

An order is the rank correlation of a quantity with depth, layers 1 to 4: −1 where it falls from
layer to layer, +1 where it rises, 0 where all layers are equal.
"""

from collections.abc import Callable, Mapping

import numpy as np

from dlqa.evidence.ranks import rank_correlation
from dlqa.questions.convergence.record import Array, Params, Record

PARAMS = Params()
DEPTH = np.arange(1.0, 5.0)
SIGMOID, TANH, RELU = ("sigmoid", "adam"), ("tanh", "adam"), ("relu", "adam")


def order(values: Array) -> Array:
    """Rank correlation with depth of values [..., L]."""
    return np.nan_to_num(rank_correlation(values, DEPTH))


def slowness(record: Record, metric: str, variant: str, horizon: int) -> Array:
    """What a metric gives for each layer of the source's network to a stop, [S, L]; more is slower.

    step: its mean; distance and alignment: the mean over the steps to the horizon of the distance
    that is left, and of 1 − CKA.
    """
    if metric == "step":
        place, at = PARAMS.variants.index(variant), PARAMS.stops.index(horizon)
        return np.asarray(record.step[place, :, at])
    return _left(metric, curves(record, metric, variant, horizon), record)


def slowness_elsewhere(
    record: Record, metric: str, setting: tuple[str, str], variant: str
) -> Array:
    """The same of a side setting at the last horizon, [S', L]."""
    place, side = PARAMS.variants.index(variant), PARAMS.sides.index(setting)
    found: Mapping[str, Array] = {
        "step": record.side_step,
        "distance": record.side_distance,
        "alignment": record.side_alignment,
    }
    values = np.asarray(found[metric][side, place])
    return values if metric == "step" else _left(metric, values, record)


def curves(record: Record, metric: str, variant: str, horizon: int) -> Array:
    """Distance or alignment of the source's network by mark up to a stop, [S, T, L]."""
    place, at = PARAMS.variants.index(variant), PARAMS.stops.index(horizon)
    fields: Mapping[str, Array] = vars(record)
    reached = np.isfinite(record.distance[place, 0, at, :, 0])  # marks beyond have no value
    return np.asarray(fields[metric][place, :, at])[:, reached]


def step_curve(record: Record, variant: str, horizon: int) -> tuple[Array, Array]:
    """Middles [B] of the spans up to a stop, and the step size in each, [S, B, L]."""
    of_variant = record.step_curve[PARAMS.variants.index(variant)]
    span = record.steps[-1] / of_variant.shape[1]
    middles = (np.arange(of_variant.shape[1]) + 0.5) * span
    reached = middles < horizon * record.steps[-1] / PARAMS.horizons[-1]
    return middles[reached], np.asarray(of_variant[:, reached])


def start_alignment(record: Record, variant: str, horizon: int) -> Array:
    """CKA of the untrained representation to the final one, [S, L]."""
    return np.asarray(curves(record, "alignment", variant, horizon)[:, 0])


def unlikeness_left(record: Record, variant: str, horizon: int) -> Array:
    """1 − CKA relative to its value at the start, mean over the steps to the horizon, [S, L]."""
    apart = 1 - curves(record, "alignment", variant, horizon)
    return _mean_height(apart / apart[:, :1], record)


def at_horizon(record: Record, field: str, variant: str, horizon: int) -> Array:
    """Travel, or accuracy lost, of each layer at a horizon, [S, L]."""
    fields: Mapping[str, Array] = vars(record)
    place, at = PARAMS.variants.index(variant), PARAMS.horizons.index(horizon)
    return np.asarray(fields[field][place, :, at])


def monotone(record: Record, variant: str) -> Array:
    """Share of nearly monotone weights, [S, L]."""
    return np.asarray(record.monotone[PARAMS.variants.index(variant)])


def third_layer_monotone(record: Record, variant: str) -> Array:
    """The third layer's share of nearly monotone weights."""
    return monotone(record, variant)[:, 2]


def monotone_order(record: Record, variant: str) -> Array:
    """Whether later layers have more nearly monotone weights."""
    return order(monotone(record, variant))


def sampling_error(record: Record, variant: str, sample: str) -> Array:
    """How far the travel of fifty first-layer weights is from the layer's, |ln ratio|."""
    kind = ("random", "source").index(sample)
    ratio = record.sampling[PARAMS.variants.index(variant), :, kind, 0]
    return np.asarray(np.abs(np.log(ratio)))


def amplification(record: Record, setting: tuple[str, str], variant: str) -> Array:
    """Decimal logarithm of the first layer's gradient over the last's, before the first step."""
    place = PARAMS.variants.index(variant)
    if setting == SIGMOID:
        gradient = record.gradient[place]
    else:
        gradient = record.side_gradient[PARAMS.sides.index(setting), place]
    return np.asarray(np.log10(gradient[:, 0] / gradient[:, -1]))


def ordered(measure: Callable[..., Array], *arguments: object) -> Callable[[Record], Array]:
    """The order by depth of what a measure gives of a record with these arguments."""
    return lambda record: order(measure(record, *arguments))


def _left(metric: str, values: Array, record: Record) -> Array:
    return _mean_height(1 - values if metric == "alignment" else values, record)


def _mean_height(heights: Array, record: Record) -> Array:
    """Of curves [S, T, L] over the first T marks."""
    steps = record.steps[: heights.shape[1]]
    return np.asarray(np.trapezoid(heights, steps, axis=1) / (steps[-1] - steps[0]))
