"""Question 51: the quantities that its claims and figures are about, one number a seed.

"Attained" is the share of what can be won over guessing: (accuracy − ½) / (Bayes limit − ½).
"""

import numpy as np
import xarray as xr

from dlqa.evidence.quantities import quantity
from dlqa.evidence.records import mean_height

SHORT = 500  # steps of the source's runs


def curves(
    record: xr.Dataset, data: str, initializer: str, setting: str = "sigmoid"
) -> xr.DataArray:
    """Accuracy by step, of every step that was run."""
    found = record.accuracy.sel(data=data, initializer=initializer, setting=setting)
    return found.dropna("step", how="all").dropna("seed", how="all")


def losses(record: xr.Dataset, data: str, initializer: str) -> xr.DataArray:
    """Training loss by step of the source's network."""
    return record.loss.sel(data=data, initializer=initializer, setting="sigmoid")


# A rule that is right less often than the limit allows, turned round, is right more often: so no
# rule can be below −1 either. Fresh points are few, and what is counted on them may lie beyond.
@quantity(low=-1.5, high=1.5, resolution=0.02)
def attained(
    record: xr.Dataset, *, data: str, initializer: str, step: int, setting: str = "sigmoid"
) -> xr.DataArray:
    """The share of the attainable that is reached at a step."""
    accuracy = record.accuracy.sel(data=data, initializer=initializer, setting=setting, step=step)
    return (accuracy - 0.5) / (record.bayes.sel(data=data) - 0.5)


@quantity(low=-3, high=3, resolution=0.02)
def attained_more(record: xr.Dataset, *, data: str, step: int) -> xr.DataArray:
    """The share of the attainable that Xavier reaches, minus that of constant 0."""
    one, other = (
        attained(record, data=data, initializer=name, step=step) for name in ("xavier", "zero")
    )
    return one - other


@quantity(low=-1, high=1, resolution=0.002, form="+.4f")
def area_gap(
    record: xr.Dataset, *, data: str, initializer: str, beside: str, setting: str = "sigmoid"
) -> xr.DataArray:
    """Area under one initializer's accuracy curve minus another's, same data and batches."""
    one, other = (curves(record, data, name, setting) for name in (initializer, beside))
    return mean_height((one - other).sel(step=slice(0, SHORT)))


@quantity(resolution=0.002, form="+.4f")
def loss_gap(record: xr.Dataset, *, data: str, step: int) -> xr.DataArray:
    """Training loss of N(0, 1) minus Xavier's, at a step."""
    large, xavier = (losses(record, data, name) for name in ("gaussian_large", "xavier"))
    return (large - xavier).sel(step=step)


@quantity(low=-1, high=1, resolution=0.005)
def accuracy_gap(record: xr.Dataset, *, data: str, step: int = 1000) -> xr.DataArray:
    """Accuracy on fresh points of Xavier minus that of N(0, 1)."""
    xavier, large = (curves(record, data, name) for name in ("xavier", "gaussian_large"))
    return (xavier - large).sel(step=step)


def factor(record: xr.Dataset, setting: str, initializer: str) -> float:
    """By what a layer multiplies the mean square of the gradient on its way back: geometric mean."""
    first = record.error.sel(setting=setting, initializer=initializer, layer=1)
    return float(np.exp(np.log(first).mean() / (record.sizes["layer"] - 1)))
