"""Question 49: the quantities that its claims and figures are about, one number a seed."""

import xarray as xr

from dlqa.evidence.quantities import quantity

END = 800  # steps


def curves(record: xr.Dataset, activation: str, depth: int = 2) -> xr.DataArray:
    """Accuracy on fresh points by step, of the seeds that were run."""
    return record.accuracy.sel(activation=activation, depth=depth).dropna("seed", how="all")


@quantity(low=-1, high=1, resolution=0.005)
def gap(
    record: xr.Dataset, *, activation: str, beside: str, depth: int = 2, step: int = END
) -> xr.DataArray:
    """Accuracy of one activation minus another's, same data and batches."""
    at = record["accuracy"].sel(depth=depth, step=step)
    return at.sel(activation=activation) - at.sel(activation=beside)


@quantity(low=0, high=1, resolution=0.01)
def dead(record: xr.Dataset, *, rate: float) -> xr.DataArray:
    """The share of hidden ReLUs that are dead at the end."""
    return record["dead"].sel(rate=rate, moment="end")


@quantity(low=0, high=1, resolution=0.01)
def returned(record: xr.Dataset, *, rate: float) -> xr.DataArray:
    """The share of hidden ReLUs that were dead half-way and are not at the end."""
    found = record["dead"].sel(rate=rate)
    return found.sel(moment="half") - found.sel(moment="both")


@quantity(low=-1, high=1, resolution=0.005)
def lost(record: xr.Dataset, *, rate: float, beside: float) -> xr.DataArray:
    """Accuracy of ReLU at a rate below that at another one."""
    return record["rate_accuracy"].sel(rate=beside) - record["rate_accuracy"].sel(rate=rate)
