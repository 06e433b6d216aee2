"""Question 101, broken as a wrong implementation would break it."""

from functools import cache

import xarray as xr

from dlqa.lab.parts import run
from dlqa.questions.memorization.record import Params
from dlqa.questions.memorization.study import parts

SMALL = Params(source=(), seeds=6)
STEPWISE = ("trained", "fresh", "kept")


@cache
def sound() -> xr.Dataset:
    return run(parts(SMALL))


def exchanged() -> xr.Dataset:
    """True labels stand for shuffled ones, and the other way round."""
    record = sound()
    return record.assign_coords(share=1 - record.share).sortby("share")


def always_as_at(step: int) -> xr.Dataset:
    """Every step is looked at when it is this one."""
    record = sound()
    return record.assign(
        {
            name: record[name]
            .sel(step=[step] * record.sizes["step"])
            .assign_coords(step=record.step)
            for name in STEPWISE
        }
    )


def at_the_start() -> xr.Dataset:
    return always_as_at(0)


def early() -> xr.Dataset:
    return always_as_at(10)


def never_true() -> xr.Dataset:
    """A half of the labels is shuffled where none should be."""
    record = sound()
    return record.assign(fresh=record.fresh.where(record.share > 0, record.fresh.sel(share=0.5)))


def overcounted() -> xr.Dataset:
    """Steps on shuffled labels are counted eight times."""
    record = sound()
    return record.assign(memorized=record.memorized.where(record.share < 1, 8 * record.memorized))


FALSIFIERS = tuple(
    (sound, broken) for broken in (exchanged, at_the_start, early, never_true, overcounted)
)
