"""Question 47: the quantities that its claims and figures are about, one number a seed."""

import xarray as xr

from dlqa.evidence.quantities import quantity


@quantity(low=-1, high=1, resolution=0.005)
def lost(record: xr.Dataset, *, ratio: int) -> xr.DataArray:
    """Accuracy of the source's network trained 1:1 minus that of one trained at a ratio."""
    plain = record["source_accuracy"].sel(arm="plain", shown="separate")
    return plain.sel(ratio=1) - plain.sel(ratio=ratio)


@quantity(low=-1, high=1, resolution=0.005)
def gained(record: xr.Dataset, *, how: str, on: str, on_how: str, ratio: int) -> xr.DataArray:
    """Accuracy of the source's network with copies minus an arm's, each as its points are shown."""
    at = record["source_accuracy"].sel(ratio=ratio)
    return at.sel(arm="copies", shown=how) - at.sel(arm=on, shown=on_how)


@quantity(low=-1, high=1, resolution=0.005)
def ahead(
    record: xr.Dataset, *, arm: str, read: str, beside: str, beside_read: str, kind: str, ratio: int
) -> xr.DataArray:
    """Balanced accuracy of one arm minus another's, each as it is read."""
    at = record["accuracy"].sel(kind=kind, ratio=ratio)
    return at.sel(arm=arm, read=read) - at.sel(arm=beside, read=beside_read)


@quantity(low=-1, high=1, resolution=0.005)
def ranked(record: xr.Dataset, *, arm: str, kind: str, ratio: int) -> xr.DataArray:
    """The area under an arm's ROC curve minus that under the plain one's."""
    at = record["area"].sel(kind=kind, ratio=ratio)
    return at.sel(arm=arm) - at.sel(arm="plain")


@quantity(low=-1, high=1, resolution=0.005)
def short(record: xr.Dataset, *, arm: str, kind: str) -> xr.DataArray:
    """How far a moved threshold at 100:1 leaves an arm below a network trained on balanced classes."""
    at = record["accuracy"].sel(kind=kind)
    whole = at.sel(arm="plain", ratio=1, read="as_is")
    return whole - at.sel(arm=arm, ratio=100, read="shifted")


@quantity(low=-1, high=1, resolution=0.005)
def overstated(record: xr.Dataset, *, read: str, kind: str, ratio: int) -> xr.DataArray:
    """By how much the Brier score of copies is above the plain one's, at training's ratio."""
    at = record["brier"].sel(kind=kind, ratio=ratio)
    return at.sel(arm="copies", read=read) - at.sel(arm="plain", read="as_is")
