"""Question 46: the quantities that its claims and figures are about, one number a seed."""

import xarray as xr

from dlqa.evidence.quantities import quantity
from dlqa.questions.more_data.record import SOURCE, Params

SLACK = 0.01  # by which chance may lift the mean of some seeds above the limit


def curves(record: xr.Dataset, model: str, data: str = SOURCE) -> xr.DataArray:
    """Accuracy on fresh points by size, of the seeds that were run at every size."""
    found = record.accuracy.sel(data=data, model=model)
    return found.dropna("size", how="all").dropna("seed", how="any")


def means(record: xr.Dataset, data: str = SOURCE) -> xr.DataArray:
    """Mean accuracy over the seeds that all models of a size have, so that they compare."""
    params, found = Params(), record.accuracy.sel(data=data)
    fewer = (found["size"] == params.largest) * (params.seeds - params.largest_seeds)
    return found.where(found.seed < params.seeds - fewer).mean("seed")


@quantity(low=-1, high=1, resolution=0.005)
def gain(record: xr.Dataset, *, model: str, small: int, large: int) -> xr.DataArray:
    """What a model gains from more of the source's points."""
    found = record["accuracy"].sel(data=SOURCE, model=model)
    return found.sel(size=large) - found.sel(size=small)


@quantity(low=-1, high=1, resolution=0.005)
def more(record: xr.Dataset, *, model: str, beside: str, small: int, large: int) -> xr.DataArray:
    """How much more a model gains than another one."""
    found = record["accuracy"].sel(data=SOURCE)
    gained = found.sel(size=large) - found.sel(size=small)
    return gained.sel(model=model) - gained.sel(model=beside)


@quantity(low=-1, high=1, resolution=0.005)
def lead(
    record: xr.Dataset, *, model: str, beside: str, size: int, than: int = 0, data: str = SOURCE
) -> xr.DataArray:
    """A model's accuracy minus another's, on the same points, or on `than` so many for the other."""
    found = record["accuracy"].sel(data=data)
    return found.sel(model=model, size=size) - found.sel(model=beside, size=than or size)


def within(record: xr.Dataset) -> bool:
    """Whether no model passes what the best rule reaches, on the mean over the seeds of the limit."""
    beyond = (record.accuracy - record.limit).mean("seed")
    return float(beyond.max()) < SLACK
