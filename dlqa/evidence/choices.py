"""What was chosen on a validation split, seed by seed, and told of a test split.

Arrays have the dimensions "seed" and "split", and others that are chosen from (a depth, a rate).
"""

import numpy as np
import xarray as xr

from dlqa.evidence.records import SEED

SPLIT = "split"


def prefers(tried: xr.DataArray) -> xr.DataArray:
    """The place of the choice that is best on "validation", the first of equals, by seed."""
    return _choices(tried).sel({SPLIT: "validation"}).fillna(-np.inf).argmax("choice")


def best(tried: xr.DataArray, told: xr.DataArray | None = None) -> xr.DataArray:
    """What "test" says, of the same trials or of others, where `tried` is best on "validation"."""
    test = _choices(tried if told is None else told).sel({SPLIT: "test"})
    place = xr.DataArray(np.arange(test.sizes["choice"]), dims="choice")
    return test.where(place == prefers(tried)).max("choice")


def _choices(tried: xr.DataArray) -> xr.DataArray:
    """All dimensions that are chosen from as one."""
    dims = [dim for dim in tried.dims if dim not in (SEED, SPLIT)]
    return tried.stack(choice=dims, create_index=False)
