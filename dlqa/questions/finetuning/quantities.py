"""Question 54: what its claims compare, each one number a seed.

Whatever has to be chosen (a depth, a rate) is chosen seed by seed on the validation split; what is
returned is test accuracy. The first of the probes' seeds are those that train, with the same images.
"""

from collections.abc import Callable, Mapping

import xarray as xr

from dlqa.evidence.choices import best, peak
from dlqa.evidence.quantities import quantity
from dlqa.questions.finetuning.record import LOWEST, MIDDLE, RATES, TOLD, UPDATED, rate_of

LAST = "head"  # of the depths
Way = Callable[[xr.Dataset, str, str], xr.DataArray]  # test accuracy on a task's set of a size


def linear(classifier: str, depth: str | None = None) -> Way:
    """A linear classifier on features, of a depth or of the one that validation prefers."""

    def way(record: xr.Dataset, task: str, size: str) -> xr.DataArray:
        probes = record.probe.sel(classifier=classifier, task=task, size=size, split=list(TOLD))
        return best(probes) if depth is None else probes.sel(depth=depth, split="test")

    return way


def trained(arm: str) -> Way:
    """The network trained, at the rate that pilots preferred."""

    def way(record: xr.Dataset, task: str, size: str) -> xr.DataArray:
        return record.ended.sel(arm=arm, task=task, size=size, rate=rate_of(arm), split="test")

    return way


def searched(arm: str) -> Way:
    """The same at the rate of the grid that validation prefers."""
    return lambda record, task, size: best(tried(record, arm, task, size))


WAYS: Mapping[str, Way] = {
    "probe_last": linear("ridge", LAST),
    "probe_best": linear("ridge"),
    "svm_last": linear("svm", LAST),
    "svm_best": linear("svm"),
    "softmax_last": linear("softmax", LAST),
    "control": lambda record, task, size: best(
        record.control.sel(task=task, size=size, split=list(TOLD))
    ),
    **{arm: trained(arm) for arm in ("upper", "last", "warmed", "all", "adapters", *UPDATED)},
    **{f"{arm}_best": searched(arm) for arm in ("upper", "scratch")},
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


def tried(record: xr.Dataset, arm: str, task: str, size: str) -> xr.DataArray:
    """What an arm reached at each rate of the grid, of the seeds that tried all of them."""
    ended = record.ended.sel(arm=arm, task=task, size=size, rate=list(RATES), split=list(TOLD))
    return ended.where(ended.notnull().all(("rate", "split")))


@quantity(low=1 - len(RATES), high=len(RATES) - 1, resolution=0.1, form="+.2f")
def higher(record: xr.Dataset, *, task: str) -> xr.DataArray:
    """The best rate of fine-tuning over the best from scratch, in threefold steps; many images."""
    upper, scratch = (peak(tried(record, a, task, "large"), "rate") for a in ("upper", "scratch"))
    return upper - scratch


@points
def larger(record: xr.Dataset, *, side: int, beside: int) -> xr.DataArray:
    """A last-depth probe on photos of one side minus on photos of another."""
    probes = record.probe_by_side.sel(depth=LAST)
    return 100 * (probes.sel(side=side) - probes.sel(side=beside))


@points
def forgotten(record: xr.Dataset, *, rate: float) -> xr.DataArray:
    """Old decisions kept when many digits were learned at the lowest rate, minus at another."""
    kept = record.kept.sel(arm="upper", task="digits", size="large")
    return 100 * (kept.sel(rate=LOWEST) - kept.sel(rate=rate))


@quantity(low=-100, high=100, resolution=0.1, form="+.2f")
def further(record: xr.Dataset, *, task: str) -> xr.DataArray:
    """How much further a task moves the filters from a random head than from a fitted one, per cent."""
    moved = record.moved.sel(task=task, size="small", rate=MIDDLE)
    return 100 * (moved.sel(arm="upper") - moved.sel(arm="warmed"))
