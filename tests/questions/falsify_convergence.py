"""Question 52, broken as a wrong implementation would break it."""

from dataclasses import replace
from functools import cache, partial
from types import ModuleType

import pytest
import xarray as xr

from dlqa.lab.parts import run
from dlqa.questions.convergence import study
from dlqa.questions.convergence.record import LAYERS, MARKS, Params

SHORTER = 5  # times as few steps as the claims speak of
SMALL = Params(
    seeds=8, side_seeds=5, fresh=200, probes=64, picture=30,
    horizons=(150, 300), stops=(50, 100, 150, 210, 300),
    marks=tuple(mark // SHORTER for mark in MARKS),
)  # fmt: skip


def stretched(record: xr.Dataset) -> xr.Dataset:
    """A record of short runs, its steps labelled as if they were those of the study."""
    steps = ("stop", "step", "middle")
    return record.assign_coords({dim: record[dim] * SHORTER for dim in steps})


@cache
def sound(params: Params = SMALL) -> xr.Dataset:
    return stretched(run(study.parts(params)))


def broken(module: ModuleType, name: str, other: object, params: Params = SMALL) -> xr.Dataset:
    """A record of a study in which something is not what its name says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, other)
        return stretched(run(study.parts(params)))


SAMPLES = study._samples


def exchanged(params: Params) -> dict[str, study.Places]:
    """The samples of weights under one another's names."""
    samples = SAMPLES(params)
    return dict(zip(samples, reversed(samples.values()), strict=True))


FALSIFIERS = (
    (sound, partial(broken, study, "LAYERS", LAYERS[::-1])),  # counted from the output
    (sound, partial(broken, study, "_samples", exchanged)),
    (sound, partial(sound, replace(SMALL, sides=(), retreat=1.0))),  # any way is monotone
)
