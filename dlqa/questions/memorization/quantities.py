"""Question 101: the quantities that its claims and figures are about, one number a seed."""

import math

import numpy as np
import xarray as xr

from dlqa.evidence.quantities import quantity
from dlqa.questions.memorization.record import Params

AT = Params().at
EARLY, END = 25, AT[-1]  # steps
LONGEST = math.log2(END / AT[1])


@quantity(low=0, high=1, resolution=0.01)
def missing(record: xr.Dataset, *, size: int, step: int) -> xr.DataArray:
    """The share of wholly shuffled labels that is not learned by a step."""
    return 1 - record["trained"].sel(apart=1.0, share=1.0, size=size, step=step)


@quantity(low=-LONGEST, high=LONGEST, resolution=0.1, form="+.2f")
def slower(record: xr.Dataset, *, apart: float, size: int, share: float = 1.0) -> xr.DataArray:
    """Doublings of the steps to a training accuracy of 1, from true to shuffled labels."""
    steps = _doublings(record["memorized"].sel(apart=apart, size=size))
    return steps.sel(share=share) - steps.sel(share=0.0)


@quantity(low=-1, high=1, resolution=0.01)
def generalizes(record: xr.Dataset, *, size: int, step: int = END) -> xr.DataArray:
    """Accuracy on fresh points with true labels minus that with shuffled ones."""
    return _lead(record["fresh"].sel(size=size, step=step))


@quantity(low=-1, high=1, resolution=0.01)
def steadier(record: xr.Dataset, *, size: int) -> xr.DataArray:
    """How much rarer a nudge changes an answer with true labels than with shuffled ones."""
    return -_lead(record["flipped"].sel(size=size))


@quantity(low=-5, high=5, resolution=0.1, form="+.2f")
def roomier(record: xr.Dataset, *, size: int) -> xr.DataArray:
    """Doublings of the distance to the boundary, from shuffled to true labels."""
    return _lead(_doublings(record["distance"].sel(size=size)))


@quantity(low=0, high=1, resolution=0.02)
def kept(record: xr.Dataset, *, share: float, step: int) -> xr.DataArray:
    """Of training samples with a wrong label, the share that is answered with its class."""
    return record["kept"].sel(apart=1.0, size=150, share=share, step=step)


@quantity(low=-1, high=1, resolution=0.005)
def peak(record: xr.Dataset, *, share: float) -> xr.DataArray:
    """Accuracy on fresh points early in training minus that at the end."""
    found = record["fresh"].sel(apart=1.0, size=150, share=share)
    return found.sel(step=EARLY) - found.sel(step=END)


def _lead(found: xr.DataArray) -> xr.DataArray:
    """What true labels give, minus what wholly shuffled ones give."""
    near = found.sel(apart=1.0)
    return near.sel(share=0.0) - near.sel(share=1.0)


def _doublings(found: xr.DataArray) -> xr.DataArray:
    """The logarithm to base 2."""
    return found.copy(data=np.log2(found.values))
