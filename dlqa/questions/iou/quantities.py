"""Question 55: the quantities that its claims and figures are about, one number a seed."""

import numpy as np
import xarray as xr

from dlqa.evidence.quantities import quantity
from dlqa.evidence.records import mean_height

SMALL, LARGE = 10, 100  # pixels: the sides that the page compares
ARRIVED = 0.9  # IoU with its place at which a box counts as there


@quantity(low=-1, high=1, resolution=0.01)
def kept_by_large(record: xr.Dataset, *, error: str) -> xr.DataArray:
    """How much more IoU a large box keeps than a small one, under one way of being wrong."""
    overlap = record.overlap.sel(error=error)
    return overlap.sel(side=LARGE) - overlap.sel(side=SMALL)


@quantity(low=0, high=1, resolution=0.001, form=".4f")
def changed(record: xr.Dataset, *, side: int, threshold: float) -> xr.DataArray:
    """Share of verdicts that counting pixels changes."""
    return record.changed.sel(side=side, threshold=threshold)


def curves(record: xr.Dataset, loss: str, start: str) -> xr.DataArray:
    """Mean IoU by step of boxes that learn under a loss from one kind of start."""
    return record.learned.sel(loss=loss, start=start)


@quantity(low=0, high=1, resolution=0.01)
def final_iou(record: xr.Dataset, *, loss: str, start: str) -> xr.DataArray:
    """After the last step."""
    return curves(record, loss, start).isel(step=-1)


@quantity(low=-1, high=1, resolution=0.002, form="+.3f")
def lead(record: xr.Dataset, *, loss: str, beside: str, start: str) -> xr.DataArray:
    """Area under one loss's IoU curve minus another's: the mean lead over all steps."""
    return mean_height(curves(record, loss, start) - curves(record, beside, start))


def arrival(record: xr.Dataset, loss: str, start: str) -> xr.DataArray:
    """The step by which mean IoU has first arrived, halfway between two looks; the last if never."""
    seen = curves(record, loss, start)
    away = (seen < ARRIVED).cumprod("step").where(seen.notnull())
    return mean_height(away) * float(seen.step[-1])


@quantity(low=-400, high=400, resolution=2, form="+.0f")
def sooner(record: xr.Dataset, *, loss: str, beside: str, start: str) -> xr.DataArray:
    """By how many steps one loss arrives before another."""
    return arrival(record, beside, start) - arrival(record, loss, start)


def precision(record: xr.Dataset, detector: str, threshold: float | None = None) -> xr.DataArray:
    """AP at one of COCO's thresholds, or the mean over all ten."""
    of_detector = record.precision.sel(detector=detector)
    return (
        of_detector.mean("threshold") if threshold is None else of_detector.sel(threshold=threshold)
    )


def precision_gap(record: xr.Dataset, detector: str, beside: str, threshold: float) -> xr.DataArray:
    """AP of one detector minus another's on the same scenes."""
    return precision(record, detector, threshold) - precision(record, beside, threshold)


@quantity(low=-1, high=1, resolution=0.01)
def suppression(record: xr.Dataset, *, threshold: float) -> xr.DataArray:
    """What non-maximum suppression adds to the AP of a detector that says every box twice."""
    return precision(record, "suppressed", threshold) - precision(record, "doubled", threshold)


def pull_starts(record: xr.Dataset) -> float:
    """Where on the path, 0..1, IoU first has a gradient."""
    pulls = record.path_pull.sel(loss="iou")
    return float(pulls.path[np.flatnonzero(pulls)[0]])
