"""Question 102: the quantities that its claims and figures are about, one number a seed."""

import xarray as xr

from dlqa.evidence.quantities import quantity

TUNED = ("source", "fast")  # the settings between which validation samples choose a rate
END = 500  # steps of the source
RELU_END = 300


@quantity(low=-1, high=1, resolution=0.01)
def gap(
    record: xr.Dataset, *, beside: str, loss: str = "cross_entropy", setting: str = "source", step: int = END
) -> xr.DataArray:  # fmt: skip
    """Accuracy under one loss minus that under another, same data, start and batches."""
    at = record["accuracy"].sel(setting=setting, step=step)
    return at.sel(loss=loss) - at.sel(loss=beside)


@quantity(low=-1, high=1, resolution=0.01)
def tuned(
    record: xr.Dataset, *, beside: str, step: int, loss: str = "cross_entropy"
) -> xr.DataArray:
    """The same, each at the learning rate that validation samples choose."""
    own, other = (at_own_rate(record, each, step) for each in (loss, beside))
    return own - other


@quantity(low=-1, high=1, resolution=0.01)
def stopped(
    record: xr.Dataset, *, beside: str, setting: str, loss: str = "cross_entropy"
) -> xr.DataArray:
    """The same, each at the step at which its validation accuracy was highest."""
    own, other = (at_best(record, each, setting) for each in (loss, beside))
    return own - other


@quantity(low=-1, high=1, resolution=0.01)
def overconfidence(record: xr.Dataset, *, loss: str, setting: str, step: int) -> xr.DataArray:
    """Mean probability given to the chosen class, minus accuracy, at the end."""
    at = {"loss": loss, "setting": setting}
    return record["confidence"].sel(at) - record["accuracy"].sel({**at, "step": step})


def at_best(record: xr.Dataset, loss: str, setting: str) -> xr.DataArray:
    """Accuracy at the step at which that on noisy validation samples was highest."""
    at = {"loss": loss, "setting": setting}
    accuracy, validation = (
        record[name].sel(at).dropna("step", how="all").dropna("seed") for name in ("accuracy", "validation")
    )  # fmt: skip
    return accuracy.isel(step=validation.argmax("step"))


def at_own_rate(record: xr.Dataset, loss: str, step: int) -> xr.DataArray:
    """Accuracy at the rate at which that on validation samples was higher."""
    at = {"loss": loss, "setting": list(TUNED), "step": step}
    accuracy, validation = (
        record[name].sel(at).dropna("seed") for name in ("accuracy", "validation")
    )
    return accuracy.isel(setting=validation.argmax("setting"))
