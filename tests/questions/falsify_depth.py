"""Question 45, broken as a wrong implementation would break it."""

from functools import cache

import xarray as xr

from dlqa.lab.parts import run
from dlqa.questions.depth.record import Params
from dlqa.questions.depth.study import parts

POINTS = Params(targets=(), folds=0, at=(0, 3000), shifts=(0.3,), shift_steps=500, seeds=12)
TARGETS = Params(
    arms=(), shifts=(), folds=0, targets=("nested", "added"), rates=(0.01,),
    target_steps=4000, target_seeds=6,
)  # fmt: skip


@cache
def points() -> xr.Dataset:
    return run(parts(POINTS))


@cache
def targets() -> xr.Dataset:
    return run(parts(TARGETS))


def inputs_exchanged() -> xr.Dataset:
    """Raw inputs stand for scaled ones, and the other way round."""
    record = points()
    exchanged = record.accuracy.sel(inputs=["scaled", "raw"])
    return record.assign(accuracy=exchanged.assign_coords(inputs=record.inputs))


def all_right() -> xr.Dataset:
    """Accuracy counts every point as right."""
    record = points()
    return record.assign(accuracy=0 * record.accuracy + 1, built=0 * record.built + 1)


def narrow_right() -> xr.Dataset:
    """Four narrow layers get every point right."""
    accuracy = points().accuracy.copy()
    accuracy.loc[{"arm": "four"}] = 1.0
    return points().assign(accuracy=accuracy)


def one_layer_mistaken() -> xr.Dataset:
    """One layer leaves nothing of what is nested and all of what is added."""
    left = targets().left.copy()
    left.loc[{"target": "nested", "depth": 1}] = 0.0
    left.loc[{"target": "added", "depth": 1}] = 1.0
    return targets().assign(left=left)


FALSIFIERS = (
    (points, inputs_exchanged),
    (points, all_right),
    (points, narrow_right),
    (targets, one_layer_mistaken),
)
