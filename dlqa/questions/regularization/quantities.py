"""Question 53: the quantities that its claims and figures are about, one number a seed.

Differences are paired: an arm and what it is compared with share data, first weights and batches.
"""

import xarray as xr

from dlqa.evidence.quantities import quantity
from dlqa.evidence.records import ran
from dlqa.questions.regularization.record import Params

NEAR = 1e-3  # within this a weight counts as near zero
FIRST, MIDDLE = 1, 2  # layers of weights


def shown(record: xr.Dataset) -> xr.Dataset:
    """The record of the seeds that every arm starts with: what tables and figures are of."""
    return record.sel(seed=slice(None, Params().seeds - 1))


def accuracy(record: xr.Dataset, arm: str, data: str) -> xr.DataArray:
    """On fresh points."""
    return record.accuracy.sel(arm=arm, data=data)


def without(arm: str) -> str:
    """The arm without regularization that an arm is compared with."""
    way = arm.split("_")[0]
    return f"{way}_none" if way in ("tanh", "relu") else "none"


@quantity(low=-1, high=1, resolution=0.001, form="+.4f")
def gain(record: xr.Dataset, *, arm: str, data: str) -> xr.DataArray:
    """Accuracy on fresh points minus that of the same network without regularization."""
    return accuracy(record, arm, data) - accuracy(record, without(arm), data)


@quantity(low=-1, high=1, resolution=0.001, form="+.4f")
def unpaired_gain(record: xr.Dataset, *, arm: str, data: str) -> xr.DataArray:
    """The same, but the network without regularization has a data set of its own."""
    return accuracy(record, arm, data) - record.unpaired_accuracy.sel(data=data)


@quantity(low=-2, high=2, resolution=0.001, form="+.4f")
def excess_deviation(record: xr.Dataset, *, arm: str, data: str) -> xr.DataArray:
    """How much farther an unpaired difference lies from its median than a paired one from its."""
    unpaired, paired = (of(record, arm=arm, data=data) for of in (unpaired_gain, gain))
    return abs(unpaired - unpaired.median()) - abs(paired - paired.median())


@quantity(low=-1, high=1, resolution=0.001, form="+.4f")
def beside_subgradient(record: xr.Dataset, *, arm: str, data: str) -> xr.DataArray:
    """Accuracy on fresh points of a proximal step minus that of a subgradient, same strength."""
    return accuracy(record, arm, data) - accuracy(record, arm.replace("proximal", "l1"), data)


@quantity(low=0, resolution=0.01)
def shrunk(record: xr.Dataset, *, arm: str, data: str) -> xr.DataArray:
    """Mean of |w| over all weights after training, relative to that without regularization."""
    sizes = record["size"].sel(data=data).isel(step=-1)
    here, plain = (sizes.sel(arm=each).dot(record.weights) for each in (arm, without(arm)))
    return here / plain


@quantity(low=0, resolution=0.01)
def shrunk_middle(record: xr.Dataset, *, arm: str, data: str) -> xr.DataArray:
    """The same for the middle layer alone."""
    sizes = record["size"].sel(data=data, layer=MIDDLE).isel(step=-1)
    return sizes.sel(arm=arm) / sizes.sel(arm=without(arm))


@quantity(resolution=0.01)
def decay_left(record: xr.Dataset, *, data: str) -> xr.DataArray:
    """What decoupled decay leaves of the middle layer minus what an L2 penalty does."""
    decay, penalty = (
        shrunk_middle(record, arm=arm, data=data) for arm in ("decay_matched", "l2_strong")
    )
    return decay - penalty


@quantity(low=0, high=1, resolution=0.01)
def zeros(record: xr.Dataset, *, zero: str, arm: str, data: str) -> xr.DataArray:
    """Share of weights that are exactly 0 ("exact"), or have |w| at most 0.001 ("near")."""
    shares = record.below.sel(arm=arm, data=data)
    return shares.sel(threshold={"exact": 0.0, "near": NEAR}[zero], method="nearest", drop=True)


@quantity(low=-2, high=2, resolution=0.001, form="+.4f")
def harder_hit(record: xr.Dataset, *, arm: str, data: str) -> xr.DataArray:
    """`gain` where the best boundary needs long normals minus where it needs short ones.

    Seeds are ordered by that length; one of the upper half is set against one of the lower.
    """
    gains = ran(gain(record, arm=arm, data=data))
    order = record.demand.sel(data=data, seed=gains.seed).values.argsort(kind="stable")
    gains, half = gains[order], len(gains) // 2
    return gains[:half].copy(data=gains.values[-half:] - gains.values[:half])


@quantity(low=-1, high=1, resolution=0.001, form="+.4f")
def overfit(record: xr.Dataset, *, arm: str, data: str) -> xr.DataArray:
    """Accuracy on the training samples minus accuracy on fresh points."""
    return record.fitted.sel(arm=arm, data=data) - accuracy(record, arm, data)


@quantity(low=-2, high=2, resolution=0.001, form="+.4f")
def more_overfit(record: xr.Dataset, *, arm: str, data: str) -> xr.DataArray:
    """`overfit` of an arm minus that of the sigmoid's networks, unregularized."""
    return overfit(record, arm=arm, data=data) - overfit(record, arm="none", data=data)
