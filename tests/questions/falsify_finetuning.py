"""Question 54, broken as a wrong implementation would leave its record.

A study of this cost is not run again for each fault: the record that the built site shows is taken,
and arms, rates and heads are exchanged in it, or an effect is taken away.
"""

from collections.abc import Callable
from functools import cache, partial

import xarray as xr

from dlqa.evidence.records import gathered
from dlqa.publishing.publish import publish
from dlqa.publishing.store.catalog import find
from dlqa.publishing.store.records import load
from dlqa.publishing.store.shelves import Store
from dlqa.questions.finetuning.claims import GUESSING
from dlqa.questions.finetuning.record import HIGH, LOW, MIDDLE

NEEDS_SITE = True  # whose build has put the record into the store
ACCURACIES = (
    "probe", "control", "probe_by_side", "tuned", "last_stage", "updated", "scratch", "adapted",
)  # fmt: skip
TUNED = ("tuned", "kept", "moved")


@cache
def stored() -> xr.Dataset:
    """The record that the built site shows."""
    folders = publish(find("finetuning"), Store.default()).blocks
    return gathered(block for folder in folders for block in load(folder).values())


def guessing(record: xr.Dataset, *names: str) -> xr.Dataset:
    """What these hold of the test split was learned from shuffled labels."""
    changed = {}
    for name in names:
        values = record[name]
        kept = (
            values.isnull() | (values.split != "test")
            if "split" in values.dims
            else values.isnull()
        )
        changed[name] = values.where(kept, GUESSING)
    return record.assign(changed)


def exchanged(record: xr.Dataset, dim: str, order: tuple[object, ...]) -> xr.Dataset:
    """All layers trained, with what belongs to one label of a dimension under another."""
    own = {dim: record[dim]}
    return record.assign({n: record[n].sel({dim: list(order)}).assign_coords(own) for n in TUNED})


def untrained(record: xr.Dataset) -> xr.Dataset:
    """The curve from scratch is read at its start."""
    start = record.scratch.sel(step=0)  # there is one on the large set alone
    known = record.scratch.isnull() | start.isnull()
    return record.assign(scratch=record.scratch.where(known, start))


BROKEN: tuple[Callable[[xr.Dataset], xr.Dataset], ...] = (
    lambda record: guessing(record, *ACCURACIES),
    lambda record: guessing(record, "tuned"),
    lambda record: guessing(record, "probe"),
    lambda record: guessing(record, "adapted"),
    untrained,
    lambda record: exchanged(record, "head", ("probed", "random")),
    lambda record: exchanged(record, "rate", (MIDDLE, LOW, HIGH)),
    lambda record: exchanged(record, "rate", (HIGH, MIDDLE, LOW)),
)


def broken(change: Callable[[xr.Dataset], xr.Dataset]) -> xr.Dataset:
    return change(stored())


FALSIFIERS = tuple((stored, partial(broken, change)) for change in BROKEN)
