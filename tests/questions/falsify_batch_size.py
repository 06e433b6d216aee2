"""Question 50, broken as a wrong implementation would break it."""

from functools import partial

import numpy as np
import xarray as xr

from tests.questions.shown import exchanged, shown

sound = partial(shown, "batch_size")


def all_alike() -> xr.Dataset:
    """Every network is watched before it learns: no batch size, rate or step makes a difference."""
    found = sound().accuracy
    return sound().assign(accuracy=found.where(found.isnull(), 0.5))


def shrinking() -> xr.Dataset:
    """Large batches count for less, as if a sum over the batch had been divided by it twice."""
    found = sound().accuracy
    return sound().assign(accuracy=found - 0.15 * np.log2(found.batch) / 2)


def there_at_once() -> xr.Dataset:
    """The full batch is watched after its training, whatever the step."""
    found = sound().accuracy
    return sound().assign(accuracy=found.where(found.isnull() | (found.batch != 256), 0.95))


FALSIFIERS = (
    (sound, all_alike),
    (sound, shrinking),
    (sound, there_at_once),
    (sound, partial(exchanged, "batch_size", "batch", {64: 400, 400: 64}, "plain")),
)
