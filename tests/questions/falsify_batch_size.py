"""Question 50, broken as a wrong implementation would break it."""

from functools import cache

import numpy as np
import xarray as xr

from dlqa.lab.parts import run
from dlqa.questions.batch_size.record import Params
from dlqa.questions.batch_size.study import parts

POWERS = {
    "sgd": {1: (-7, -5), 4: (-7, -3), 16: (-4, -2), 64: (-7, 1), 256: (-5, 1)},
    "adam": {1: (-9, -7), 4: (-10, -6), 16: (-8, -6), 64: (-10, -4), 256: (-8, -5)},
}
GRID = Params(source=(), powers=POWERS, draws=0, seeds=6)
PLAIN = Params(source=(64, 400), powers={}, draws=0, source_seeds=6)


@cache
def grid() -> xr.Dataset:
    return run(parts(GRID))


@cache
def plain() -> xr.Dataset:
    return run(parts(PLAIN))


def all_alike() -> xr.Dataset:
    """Every network is watched before it learns: no batch size, rate or step makes a difference."""
    found = grid().accuracy
    return grid().assign(accuracy=found.where(found.isnull(), 0.5))


def shrinking() -> xr.Dataset:
    """Large batches count for less, as if a sum over the batch had been divided by it twice."""
    found = grid().accuracy
    return grid().assign(accuracy=found - 0.15 * np.log2(found.batch) / 2)


def there_at_once() -> xr.Dataset:
    """The full batch is watched after its training, whatever the step."""
    found = grid().accuracy
    return grid().assign(accuracy=found.where(found.isnull() | (found.batch != 256), 0.95))


def exchanged() -> xr.Dataset:
    """Batch sizes stand for one another in the source's setting."""
    found = plain().plain
    return plain().assign(plain=found.copy(data=found.values[:, ::-1]))


FALSIFIERS = ((grid, all_alike), (grid, shrinking), (grid, there_at_once), (plain, exchanged))
