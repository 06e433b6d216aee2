"""Question 45, broken as a wrong implementation would break it."""

from functools import partial

import xarray as xr

from tests.questions.shown import exchanged, shown

sound = partial(shown, "depth")


def all_right() -> xr.Dataset:
    """Accuracy counts every point as right."""
    record = sound()
    return record.assign(accuracy=0 * record.accuracy + 1, built=0 * record.built + 1)


def narrow_right() -> xr.Dataset:
    """Four narrow layers get every point right."""
    accuracy = sound().accuracy.copy()
    accuracy.loc[{"arm": "four"}] = 1.0
    return sound().assign(accuracy=accuracy)


def one_layer_mistaken() -> xr.Dataset:
    """One layer leaves nothing of what is nested and all of what is added."""
    left = sound().left.copy()
    left.loc[{"target": "nested", "depth": 1}] = 0.0
    left.loc[{"target": "added", "depth": 1}] = 1.0
    return sound().assign(left=left)


FALSIFIERS = (
    (sound, partial(exchanged, "depth", "inputs", {"raw": "scaled", "scaled": "raw"}, "accuracy")),
    (sound, all_right),
    (sound, narrow_right),
    (sound, one_layer_mistaken),
)
