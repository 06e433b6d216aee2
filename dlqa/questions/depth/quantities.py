"""Question 45: the quantities that its claims and figures are about, one number a seed."""

import xarray as xr

from dlqa.evidence.quantities import quantity


@quantity(low=-1, high=1, resolution=0.03)  # half a point of sixteen
def lead(record: xr.Dataset, *, arm: str, beside: str, inputs: str) -> xr.DataArray:
    """Training accuracy at the end of one arm minus another's."""
    at = record["accuracy"].isel(step=-1).sel(inputs=inputs)
    return at.sel(arm=arm) - at.sel(arm=beside)


@quantity(low=-1, high=1, resolution=0.03)
def from_scaling(record: xr.Dataset, *, arm: str) -> xr.DataArray:
    """Training accuracy at the end with scaled inputs minus that with raw ones."""
    at = record["accuracy"].isel(step=-1).sel(arm=arm)
    return at.sel(inputs="scaled") - at.sel(inputs="raw")


@quantity(low=0, high=1, resolution=0.03)
def missed(record: xr.Dataset, *, arm: str) -> xr.DataArray:
    """The share of points that a network from a random start gets wrong at the end, inputs scaled."""
    return 1 - record["accuracy"].isel(step=-1).sel(inputs="scaled", arm=arm)


@quantity(low=0, high=1, resolution=0.03)
def lost(record: xr.Dataset, *, shift: float) -> xr.DataArray:
    """The share of points that training leaves wrong from near the tent set by hand."""
    return 1 - record["built"].sel(shift=shift, moment="end")


def tuned(record: xr.Dataset, target: str, depth: int) -> xr.DataArray:
    """What is left of a target's variance at the rate that is best on validation, seed by seed."""
    left = record["left"].sel(target=target, depth=depth, phase="end").dropna("seed")
    best = left.sel(split="validation").argmin("rate")
    return left.sel(split="test").isel(rate=best)


@quantity(low=-1, high=1, resolution=0.02)
def less_left(record: xr.Dataset, *, target: str, depth: int) -> xr.DataArray:
    """What one hidden layer leaves of the target's variance minus what `depth` leave, rates tuned."""
    return tuned(record, target, 1) - tuned(record, target, depth)
