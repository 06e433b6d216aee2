"""Question 54: what its claims compare, each one number a seed.

Whatever has to be chosen (a depth, a rate) is chosen seed by seed on the validation split; what is
returned is test accuracy. The first of the probes' seeds are those that train, with the same images.
"""

from collections.abc import Callable, Mapping
from math import log2

import numpy as np
import xarray as xr

from dlqa.evidence.choices import best, prefers
from dlqa.evidence.quantities import quantity
from dlqa.questions.finetuning.record import HIGH, LOWEST, MIDDLE, TOLD, UPDATED

LAST = "head"  # of the depths
SCRATCH_RATE = 0.05  # from scratch the best of RATES, on the validation sets of pilots
Way = Callable[[xr.Dataset, str, str], xr.DataArray]  # test accuracy on a task's set of a size


def linear(classifier: str, depth: str | None = None) -> Way:
    """A linear classifier on features, of a depth or of the one that validation prefers."""

    def way(record: xr.Dataset, task: str, size: str) -> xr.DataArray:
        probes = record.probe.sel(classifier=classifier, task=task, size=size, split=list(TOLD))
        return best(probes) if depth is None else probes.sel(depth=depth, split="test")

    return way


def trained(arm: str, rate: float = MIDDLE) -> Way:
    """The network trained."""

    def way(record: xr.Dataset, task: str, size: str) -> xr.DataArray:
        return record.ended.sel(arm=arm, task=task, size=size, rate=rate, split="test")

    return way


WAYS: Mapping[str, Way] = {
    "probe_last": linear("ridge", LAST),
    "probe_best": linear("ridge"),
    "svm_last": linear("svm", LAST),
    "svm_best": linear("svm"),
    "softmax_last": linear("softmax", LAST),
    "control": lambda record, task, size: best(
        record.control.sel(task=task, size=size, split=list(TOLD))
    ),
    "adapters": trained("adapters", HIGH),
    **{arm: trained(arm) for arm in ("upper", "last", "warmed", "all", *UPDATED)},
}


points = quantity(low=-100, high=100, resolution=1, form="+.1f")  # a difference of two percentages


@quantity(low=0, high=1, resolution=0.01)
def accuracy(record: xr.Dataset, *, way: str, task: str, size: str = "small") -> xr.DataArray:
    """Test accuracy of one way to use the network."""
    return WAYS[way](record, task, size)


@points
def gap(
    record: xr.Dataset, *, way: str, beside: str, task: str, size: str = "small"
) -> xr.DataArray:
    """Test accuracy of one way minus another's, on the same images."""
    return 100 * (WAYS[way](record, task, size) - WAYS[beside](record, task, size))


def tried(record: xr.Dataset, task: str) -> xr.DataArray:
    """What fine-tuning on few images reached at each rate, of the seeds that tried all of them."""
    ended = record.ended.sel(arm="upper", task=task, size="small", split=list(TOLD))
    return ended.where(ended.notnull().all(("rate", "split")))


DOUBLINGS = log2(LOWEST / SCRATCH_RATE), log2(HIGH / SCRATCH_RATE)


@quantity(low=DOUBLINGS[0], high=DOUBLINGS[1], resolution=0.2, form="+.2f")
def higher(record: xr.Dataset, *, task: str) -> xr.DataArray:
    """The best rate of fine-tuning over the best from scratch, in doublings."""
    found = tried(record, task)
    chosen = np.log2(found.rate / SCRATCH_RATE)[prefers(found)].drop_vars("rate")
    return chosen.where(found.notnull().all(("rate", "split")))


@points
def larger(record: xr.Dataset, *, side: int, beside: int) -> xr.DataArray:
    """A last-depth probe on photos of one side minus on photos of another."""
    probes = record.probe_by_side.sel(depth=LAST)
    return 100 * (probes.sel(side=side) - probes.sel(side=beside))


@points
def forgotten(record: xr.Dataset, *, rate: float) -> xr.DataArray:
    """Old decisions kept when digits were learned at the lowest rate, minus at another."""
    kept = record.kept.sel(arm="upper", task="digits", size="small")
    return 100 * (kept.sel(rate=LOWEST) - kept.sel(rate=rate))


@quantity(low=-100, high=100, resolution=0.1, form="+.2f")
def further(record: xr.Dataset, *, task: str) -> xr.DataArray:
    """How much further a task moves the filters from a random head than from a fitted one, per cent."""
    moved = record.moved.sel(task=task, size="small", rate=MIDDLE)
    return 100 * (moved.sel(arm="upper") - moved.sel(arm="warmed"))
