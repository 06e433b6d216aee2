"""Question 46, broken as a wrong implementation would break it."""

from functools import cache

import xarray as xr

from dlqa.lab.parts import run
from dlqa.questions.more_data.record import LONGER, SOURCE, Params
from dlqa.questions.more_data.study import parts

SMALL = Params(
    models=("linear", "svm", "tree", "forest", "deep"), seeds=5, largest_seeds=5,
    curvatures=(0.0, 1.0), fresh=1000,
)  # fmt: skip


@cache
def sound() -> xr.Dataset:
    return run(parts(SMALL))


def all_alike() -> xr.Dataset:
    """Whatever a model is called, the network's guesses are scored."""
    record = sound()
    alike = record.accuracy.sel(model="deep", drop=True)
    return record.assign(accuracy=xr.zeros_like(record.accuracy) + alike)


def one_size() -> xr.Dataset:
    """Whatever size is asked for, all models are shown 1,024 points."""
    record = sound()
    same = record.accuracy.sel(size=1024, drop=True)
    return record.assign(accuracy=xr.zeros_like(record.accuracy.fillna(0)) + same)


def exchanged() -> xr.Dataset:
    """Names that went to other models, on each kind of data others."""
    accuracy = sound().accuracy.copy()
    accuracy.loc[{"data": SOURCE, "model": "tree"}] = 0.3
    accuracy.loc[{"data": SOURCE, "model": LONGER, "size": 64}] = 1.0
    accuracy.loc[{"data": SOURCE, "model": "linear", "size": 4096}] = 1.2
    accuracy.loc[{"data": "0", "model": "svm"}] = 0.3
    accuracy.loc[{"data": "0", "model": "linear"}] = 0.4
    accuracy.loc[{"data": "1", "model": "deep", "size": 1024}] = 0.5
    return sound().assign(accuracy=accuracy)


FALSIFIERS = ((sound, all_alike), (sound, one_size), (sound, exchanged))
