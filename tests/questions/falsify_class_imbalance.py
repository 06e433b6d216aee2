"""Question 47, broken as a wrong implementation would break it."""

from collections.abc import Mapping
from functools import cache

import xarray as xr

from dlqa.lab.parts import run
from dlqa.questions.class_imbalance.record import Params
from dlqa.questions.class_imbalance.study import parts

SMALL = Params(source_seeds=8, seeds=8)
BY_READ = ("accuracy", "brier")


@cache
def sound() -> xr.Dataset:
    return run(parts(SMALL))


def exchanged(dim: str, by: Mapping[object, object], *names: str) -> xr.Dataset:
    """A record in which some labels of a dimension hold what others do."""
    record = sound()
    labels = record[dim].values.tolist()
    where = [by.get(label, label) for label in labels]
    of = names or [name for name in record.data_vars if dim in record[name].dims]
    found = {name: record[name].sel({dim: where}).assign_coords({dim: labels}) for name in of}
    return record.assign(found)


def threshold_stays() -> xr.Dataset:
    """Shifted log odds are read as they are."""
    return exchanged("read", {"shifted": "as_is"}, *BY_READ)


def nothing_is_copied() -> xr.Dataset:
    return exchanged("arm", {"copies": "plain"})


def ratio_is_ignored() -> xr.Dataset:
    """All that is not touched learns from balanced classes."""
    record = sound()
    balanced = {
        name: record[name].where(record.arm != "plain", record[name].sel(ratio=1))
        for name in ("source_accuracy", "accuracy")
    }
    return record.assign(balanced)


def order_is_lost() -> xr.Dataset:
    """Labels shuffled before the untouched network's curve is drawn."""
    record = sound()
    return record.assign(area=record.area.where(record.arm != "plain", 0.5))


def focal_is_copies() -> xr.Dataset:
    return exchanged("arm", {"focal": "copies"})


FALSIFIERS = tuple(
    (sound, broken)
    for broken in (
        threshold_stays, nothing_is_copied, ratio_is_ignored, order_is_lost, focal_is_copies,
    )
)  # fmt: skip
