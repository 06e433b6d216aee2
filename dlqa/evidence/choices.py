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


def peak(tried: xr.DataArray, grid: str) -> xr.DataArray:
    """Where along a grid "validation" is best, in steps from its first place; NaN beside a NaN.

    Of a parabola through the best place, the first of equals, and those beside it: few images tell
    neighbours apart badly. An end that is best is the place itself.
    """
    found = tried.sel({SPLIT: "validation"}).transpose(SEED, grid)
    values = np.nan_to_num(found.values, nan=-1.0)
    at = values.argmax(1)
    inner, seeds = np.clip(at, 1, values.shape[1] - 2), np.arange(len(at))
    below, top, above = (values[seeds, inner + step] for step in (-1, 0, 1))
    shift = np.zeros(len(at))
    np.divide(below - above, 2 * (below - 2 * top + above), out=shift, where=inner == at)
    return found.isel({grid: 0}, drop=True).copy(data=at + shift).where(found.notnull().all(grid))


def _choices(tried: xr.DataArray) -> xr.DataArray:
    """All dimensions that are chosen from as one."""
    dims = [dim for dim in tried.dims if dim not in (SEED, SPLIT)]
    return tried.stack(choice=dims, create_index=False)
