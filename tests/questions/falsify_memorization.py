"""Question 101, broken as a wrong implementation would break it."""

from functools import partial

import xarray as xr

from dlqa.questions.memorization.quantities import AT, END
from tests.questions.shown import exchanged, shown

sound = partial(shown, "memorization")
broken = partial(exchanged, "memorization")


def always_as_at(step: int) -> xr.Dataset:
    """Every step is looked at when it is this one."""
    return broken("step", dict.fromkeys(AT, step), "trained", "fresh", "kept")


def overcounted() -> xr.Dataset:
    """Steps on shuffled labels are counted eight times."""
    record = sound()
    return record.assign(memorized=record.memorized.where(record.share < 1, 8 * record.memorized))


FALSIFIERS = (
    (sound, partial(broken, "share", {0.0: 1.0, 0.25: 0.75, 0.75: 0.25, 1.0: 0.0})),
    *((sound, partial(always_as_at, step)) for step in (0, 10, END)),
    (sound, partial(broken, "share", {0.0: 0.5}, "fresh")),  # a half is always shuffled
    (sound, overcounted),
)
