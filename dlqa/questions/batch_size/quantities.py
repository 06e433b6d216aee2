"""Question 50: the quantities that its claims and figures are about, one number a seed."""

from collections.abc import Sequence

import numpy as np
import xarray as xr

from dlqa.evidence.quantities import quantity
from dlqa.evidence.records import ran
from dlqa.questions.batch_size.record import BATCHES, Params

RULES = ("fixed", "root", "linear")
TARGET = 0.88  # of the held-out points
BASE = 4  # the batch size whose rate the rules scale
HALVES = dict(zip(RULES, (0, 1, 2), strict=True))  # of the batch's growth, in powers of two


def at_budget(record: xr.Dataset, optimizer: str, batch: int, budget: str) -> xr.DataArray:
    """Accuracies [of, power, seed] of a batch size where a budget ends, of what was run."""
    step = Params().budgets(batch)[budget]
    found = record["accuracy"].sel(optimizer=optimizer, batch=batch, step=step)
    return ran(found.dropna("power", how="all"))


def tuned(
    record: xr.Dataset, optimizer: str, batch: int, budget: str, of: str = "fresh"
) -> xr.DataArray:
    """Accuracy [seed] at the rate that is best on the seed's held-out points."""
    found = at_budget(record, optimizer, batch, budget)
    return found.sel(of=of).isel(power=found.sel(of="validation").argmax("power"))


def scaled(record: xr.Dataset, optimizer: str, rule: str, batch: int, power: int) -> xr.DataArray:
    """Accuracy [seed] after equal epochs at the rate to which a rule takes the base's."""
    doublings = (batch // BASE).bit_length() - 1
    at = power + HALVES[rule] * doublings // 2
    return at_budget(record, optimizer, batch, "epochs").sel(of="fresh", power=at)


@quantity(low=-1, high=1, resolution=0.005)
def plain_gap(
    record: xr.Dataset, *, of: str, batch: int, beside: int, epoch: int = 150
) -> xr.DataArray:
    """Accuracy of one batch size minus another's in the source's setting."""
    found = record["plain"].sel(of=of, epoch=epoch)
    return found.sel(batch=batch) - found.sel(batch=beside)


@quantity(low=-1, high=1, resolution=0.005)
def overstated(record: xr.Dataset, *, batch: int, epoch: int = 150) -> xr.DataArray:
    """Accuracy on the training samples minus that on fresh points in the source's setting."""
    found = record["plain"].sel(batch=batch, epoch=epoch)
    return found.sel(of="training") - found.sel(of="fresh")


@quantity(low=-1, high=1, resolution=0.01)
def gap(
    record: xr.Dataset, *, optimizer: str, budget: str, batch: int, beside: int
) -> xr.DataArray:
    """Accuracy of one batch size minus another's, each at its own tuned rate."""
    one, other = (tuned(record, optimizer, each, budget) for each in (batch, beside))
    return one.drop_vars("power") - other.drop_vars("power")


@quantity(low=-1, high=1, resolution=0.01)
def same_rate(
    record: xr.Dataset, *, optimizer: str, budget: str, power: int, batch: int, beside: int
) -> xr.DataArray:
    """Accuracy of one batch size minus another's, both at one rate."""
    one, other = (
        at_budget(record, optimizer, each, budget).sel(of="fresh", power=power)
        for each in (batch, beside)
    )
    return one - other


@quantity(low=-1, high=1, resolution=0.01)
def lost(
    record: xr.Dataset, *, optimizer: str, rule: str, power: int, batch: int = 64
) -> xr.DataArray:
    """Accuracy of the base batch size minus that of a larger one under a rule, equal epochs."""
    base = at_budget(record, optimizer, BASE, "epochs").sel(of="fresh", power=power)
    return base - scaled(record, optimizer, rule, batch, power)


@quantity(low=-12, high=12, resolution=0.25, form=".1f")
def halvings(
    record: xr.Dataset, *, batch: int, beside: int, optimizer: str = "sgd"
) -> xr.DataArray:
    """How often a larger batch halves the steps to the target, each at the rate that is quickest."""
    return steps_to_target(record, optimizer, beside) - steps_to_target(record, optimizer, batch)


def steps_to_target(record: xr.Dataset, optimizer: str, batch: int) -> xr.DataArray:
    """The binary logarithm [seed] of the first step observed at which some rate is there."""
    found = record["accuracy"].sel(optimizer=optimizer, batch=batch, of="validation")
    best = ran(found.max("power").dropna("step", how="all"))
    there = best >= TARGET
    first = there.step.isel(step=there.argmax("step"), drop=True)
    late = float(np.log2(best.step.max())) + 1  # where none is there, at the next step observed
    return np.log2(first).where(there.any("step"), late)


def by_batch(found: Sequence[xr.DataArray]) -> xr.DataArray:
    """What was found of each batch size [seed], as one array [batch, seed]."""
    batches = xr.DataArray(list(BATCHES), dims="batch", name="batch")
    return xr.concat(found, batches, coords="minimal", compat="override", join="outer")
