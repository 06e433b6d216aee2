"""Question 48: the quantities that its claims and figures are about, one number a seed."""

import xarray as xr

from dlqa.evidence.quantities import quantity
from dlqa.questions.dimension_reduction.record import RATE

END = 500  # steps


def accuracies(
    record: xr.Dataset, data: str, dummies: int, preparation: str, rate: float = RATE
) -> xr.DataArray:
    """Accuracy at the end, of the seeds that were run."""
    at = {"data": data, "dummies": dummies, "preparation": preparation, "rate": rate}
    return record["accuracy"].sel({**at, "step": END})


@quantity(low=-1, high=1, resolution=0.01)
def gap(
    record: xr.Dataset, *, preparation: str, beside: str, data: str = "uniform", dummies: int = 200
) -> xr.DataArray:
    """Accuracy with one preparation minus that with another, same data and networks' seeds."""
    one, other = (accuracies(record, data, dummies, name) for name in (preparation, beside))
    return one - other


@quantity(low=-1, high=1, resolution=0.01)
def returned(record: xr.Dataset, *, data: str = "uniform", dummies: int = 200) -> xr.DataArray:
    """What centring gains beyond half of what ten principal components gain."""
    names = ("none", "centred", "pca_10")
    none, centred, ten = (accuracies(record, data, dummies, name) for name in names)
    return (centred - none) - (ten - none) / 2


@quantity(low=0, high=1, resolution=0.01)
def reached(record: xr.Dataset, *, rate: float, dummies: int = 200) -> xr.DataArray:
    """Accuracy on fresh points without any preparation, after the source's matrix."""
    return accuracies(record, "uniform", dummies, "none", rate)


@quantity(low=-1, high=1, resolution=0.01)
def turned(record: xr.Dataset, *, dummies: int) -> xr.DataArray:
    """Accuracy without preparation after a rotation minus that after the source's matrix."""
    one, other = (accuracies(record, data, dummies, "none") for data in ("rotation", "uniform"))
    return one - other


@quantity(low=0, high=1, resolution=0.02)
def saturated(
    record: xr.Dataset, *, data: str, dummies: int = 200, preparation: str = "none"
) -> xr.DataArray:
    """The share of the first layer's outputs that are saturated before training."""
    at = {"data": data, "dummies": dummies, "preparation": preparation, "rate": RATE}
    return record["saturated"].sel(at)


@quantity(low=0, high=1, resolution=0.01)
def kept(
    record: xr.Dataset, *, preparation: str, data: str = "quiet", dummies: int = 10
) -> xr.DataArray:
    """The share of the training samples' variance that is kept."""
    at = {"data": data, "dummies": dummies, "preparation": preparation, "rate": RATE}
    return record["kept"].sel(at)
