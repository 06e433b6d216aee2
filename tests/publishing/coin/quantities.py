"""Question 7: what its claims are about."""

import xarray as xr

from dlqa.evidence.quantities import quantity


@quantity(low=0, high=1)
def heads(record: xr.Dataset, *, coin: str) -> xr.DataArray:
    """The fraction of heads."""
    return record.heads.sel(coin=coin)
