"""Question 54: what its claims compare, each one number a seed.

Whatever has to be chosen (a depth, a rate, a first head) is chosen seed by seed on the validation
split; what is returned is test accuracy. The first of the probes' seeds are those that train, with
the same images.
"""

from collections.abc import Callable, Mapping

import xarray as xr

from dlqa.evidence.choices import best
from dlqa.evidence.quantities import quantity
from dlqa.questions.finetuning.record import HEADS, HIGH, LOW, MIDDLE

LAST = "head"  # of the depths
Way = Callable[[xr.Dataset, str, str], xr.DataArray]  # test accuracy on a task's set of a size


def linear(classifier: str, depth: str | None = None) -> Way:
    """A linear classifier on features, of a depth or of the one that validation prefers."""

    def way(record: xr.Dataset, task: str, size: str) -> xr.DataArray:
        probes = record.probe.sel(classifier=classifier, task=task, size=size)
        return best(probes) if depth is None else probes.sel(depth=depth, split="test")

    return way


def tuned(*heads: str) -> Way:
    """All layers trained; validation on the small set chooses rate and head for both sets."""

    def way(record: xr.Dataset, task: str, size: str) -> xr.DataArray:
        tried = record.tuned.sel(task=task, head=list(heads))
        return best(tried.sel(size="small"), tried.sel(size=size))

    return way


def scratch(record: xr.Dataset, task: str, size: str) -> xr.DataArray:
    """Random weights trained: as many steps as fine-tuning, on the large set to the curve's end."""
    return record.scratch.sel(task=task, size=size).dropna("step", how="all").isel(step=-1)


def at_rate(record: xr.Dataset, task: str, head: str, rate: float) -> xr.DataArray:
    """All layers trained at one rate, on the small set."""
    return record.tuned.sel(task=task, size="small", head=head, rate=rate, split="test")


WAYS: Mapping[str, Way] = {
    "probe_last": linear("ridge", LAST),
    "probe_best": linear("ridge"),
    "svm_last": linear("svm", LAST),
    "svm_best": linear("svm"),
    "softmax_last": linear("softmax", LAST),
    "control": lambda record, task, size: best(record.control.sel(task=task, size=size)),
    "last_stage": lambda record, task, size: best(record.last_stage.sel(task=task, size=size)),
    "tuned": tuned(*HEADS),
    "random_head": tuned("random"),
    "probed_head": tuned("probed"),
    "scratch": scratch,
    "scratch_large": lambda record, task, _: scratch(record, task, "large"),
    "frozen": lambda record, task, _: at_rate(record, task, "random", MIDDLE),
    "updated": lambda record, task, _: record.updated.sel(task=task),
    "adapted": lambda record, task, _: record.adapted.sel(task=task),
    "highest_rate": lambda record, task, _: at_rate(record, task, "random", HIGH),
}


@quantity(low=0, high=1, resolution=0.01)
def accuracy(record: xr.Dataset, *, way: str, task: str, size: str = "small") -> xr.DataArray:
    """Test accuracy of one way to use the network."""
    return WAYS[way](record, task, size)


@quantity(low=-1, high=1, resolution=0.01, form="+.3f")
def gap(
    record: xr.Dataset, *, way: str, beside: str, task: str, size: str = "small"
) -> xr.DataArray:
    """Test accuracy of one way minus another's, on the same images."""
    return WAYS[way](record, task, size) - WAYS[beside](record, task, size)


@quantity(low=-1, high=1, resolution=0.01, form="+.3f")
def slower(record: xr.Dataset, *, head: str) -> xr.DataArray:
    """Fine-tuning at the lowest rate minus at the middle one, the mean of both tasks."""
    at = {"size": "small", "head": head, "split": "test"}
    means = record.tuned.sel(at).mean("task", skipna=False)
    return means.sel(rate=LOW) - means.sel(rate=MIDDLE)


@quantity(low=-1, high=1, resolution=0.01, form="+.3f")
def larger(record: xr.Dataset, *, side: int, beside: int) -> xr.DataArray:
    """A last-depth probe on photos of one side minus on photos of another."""
    probes = record.probe_by_side.sel(depth=LAST)
    return probes.sel(side=side) - probes.sel(side=beside)


@quantity(low=-1, high=1, resolution=0.01, form="+.3f")
def forgotten(record: xr.Dataset, *, head: str) -> xr.DataArray:
    """Old decisions kept when digits were learned at the lowest rate, minus at the highest."""
    kept = record.kept.sel(task="digits", head=head)
    return kept.sel(rate=LOW) - kept.sel(rate=HIGH)


# Twelve steps of clipped gradients at that rate and momentum move no filters by more than 1.4 %.
@quantity(low=-1.4, high=1.4, resolution=0.01, form="+.2f")
def further(record: xr.Dataset) -> xr.DataArray:
    """How much further digits move the filters from a random head than from a probed one, per cent."""
    moved = record.moved.sel(task="digits", rate=MIDDLE)
    return 100 * (moved.sel(head="random") - moved.sel(head="probed"))


@quantity(low=-100, high=100, resolution=1, form="+.2f")
def kept_longer(record: xr.Dataset) -> xr.DataArray:
    """Old decisions that a probed head keeps beyond what a random one does, in points."""
    kept = record.kept.sel(task="digits", rate=MIDDLE)
    return 100 * (kept.sel(head="probed") - kept.sel(head="random"))
