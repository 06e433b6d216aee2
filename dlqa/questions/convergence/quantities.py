"""Question 52: the quantities that its claims and figures are about, one number a seed.

An order is the rank correlation of a quantity with depth, layers 1 to 4: −1 where it falls from
layer to layer, +1 where it rises, 0 where all layers are equal.
"""

import numpy as np
import xarray as xr

from dlqa.evidence.quantities import quantity
from dlqa.evidence.ranks import rank_correlation
from dlqa.evidence.records import mean_height, ran

HALF_STEP = 0.1  # half of the smallest rank correlation other than 0 that four layers can have
METRICS = ("step", "distance", "alignment")
ADAM = {"optimizer": "adam"}
NETWORK = {"activation": "sigmoid", **ADAM}  # the source's own


def unsettled(
    record: xr.Dataset, metric: str, data: str, stop: int, **setting: str
) -> xr.DataArray:
    """What a metric gives on the way to a stop, [seed, step, layer]; more is farther from settled.

    step: the step size, by the middles of spans; distance: what is left of it; alignment: 1 − CKA.
    """
    at = {"data": data, **NETWORK, **setting}
    if metric == "step":
        return ran(record.step_size_curve.sel(at).sel(middle=slice(0, stop)))
    found = ran(record[metric].sel(at).sel(stop=stop)).dropna("step", how="all")
    return 1 - found if metric == "alignment" else found


def slowness(record: xr.Dataset, metric: str, data: str, stop: int, **setting: str) -> xr.DataArray:
    """The mean of that over the steps to the stop, [seed, layer]; more is slower."""
    if metric == "step":
        return ran(record.step_size.sel({"data": data, "stop": stop, **NETWORK, **setting}))
    return mean_height(unsettled(record, metric, data, stop, **setting))


def start_alignment(record: xr.Dataset, data: str, stop: int) -> xr.DataArray:
    """CKA of the untrained representation to the final one, [seed, layer]."""
    return ran(record.alignment.sel(data=data, stop=stop, step=0, **NETWORK))


def order(values: xr.DataArray) -> xr.DataArray:
    """Rank correlation with depth of values [seed, layer], one number a seed."""
    found = values.transpose("seed", "layer")
    return found.isel(layer=0, drop=True).copy(
        data=np.nan_to_num(rank_correlation(found, found.layer))
    )


@quantity(low=-1, high=1, resolution=HALF_STEP, form="+.2f")
def settling(
    record: xr.Dataset, *, metric: str, data: str, stop: int, activation: str = "sigmoid", optimizer: str = "adam",
) -> xr.DataArray:  # fmt: skip
    """Whether later layers are slower by a metric."""
    return order(slowness(record, metric, data, stop, activation=activation, optimizer=optimizer))


@quantity(low=-1, high=1, resolution=HALF_STEP, form="+.2f")
def travel_order(record: xr.Dataset, *, data: str, stop: int) -> xr.DataArray:
    """Whether later layers travel farther for their size at the start."""
    return order(ran(record.travel.sel(data=data, stop=stop, **NETWORK)))


@quantity(low=-1, high=1, resolution=HALF_STEP, form="+.2f")
def start_order(record: xr.Dataset, *, data: str, stop: int) -> xr.DataArray:
    """Whether later layers start nearer to their final representation."""
    return order(start_alignment(record, data, stop))


@quantity(low=-1, high=1, resolution=HALF_STEP, form="+.2f")
def closing_order(record: xr.Dataset, *, data: str, stop: int) -> xr.DataArray:
    """Whether later layers are slower by 1 − CKA over its value at the start."""
    apart = unsettled(record, "alignment", data, stop)
    return order(mean_height(apart / apart.sel(step=0, drop=True)))


@quantity(low=-1, high=1, resolution=HALF_STEP, form="+.2f")
def lost_order(record: xr.Dataset, *, data: str, stop: int) -> xr.DataArray:
    """Whether more is lost where a later layer is re-initialized."""
    return order(ran(record.lost.sel(data=data, stop=stop, **NETWORK)))


@quantity(low=0, high=1, resolution=0.02)
def monotone(record: xr.Dataset, *, data: str, layer: int) -> xr.DataArray:
    """A layer's share of nearly monotone weights."""
    return record.monotone.sel(data=data, layer=layer, **NETWORK)


@quantity(low=-1, high=1, resolution=HALF_STEP, form="+.2f")
def monotone_order(record: xr.Dataset, *, data: str) -> xr.DataArray:
    """Whether later layers have more nearly monotone weights."""
    return order(ran(record.monotone.sel(data=data, **NETWORK)))


@quantity(low=0, resolution=0.01)
def sampling_error(record: xr.Dataset, *, sample: str, data: str, layer: int = 1) -> xr.DataArray:
    """How far the travel of a layer's fifty weights is from the layer's, |ln ratio|."""
    ratio = record.sampling.sel(sample=sample, data=data, layer=layer, **NETWORK)
    return abs(np.log(ratio))


@quantity(resolution=0.05, form="+.2f")
def amplification(record: xr.Dataset, *, activation: str, data: str) -> xr.DataArray:
    """Decimal logarithm of the first layer's gradient over the last's, before the first step."""
    gradient = record.gradient.sel(activation=activation, data=data, **ADAM)
    return np.log10(gradient.isel(layer=0, drop=True) / gradient.isel(layer=-1, drop=True))
