"""Question 52, broken as a wrong implementation would break it."""

from dataclasses import replace
from functools import cache, partial
from types import ModuleType

import pytest
import xarray as xr

from dlqa.lab.parts import run
from dlqa.questions.convergence import study
from dlqa.questions.convergence.record import HORIZONS, LAYERS, MARKS, Params

SHORTER = 5  # times as few steps as the claims speak of
SMALL = Params(
    seeds=8, fresh=200, probes=64, picture=30,
    horizons=(150, 300), stops=(50, 100, 150, 210, 300),
    marks=tuple(mark // SHORTER for mark in MARKS),
)  # fmt: skip


# What of the study's own length comes out otherwise in a shorter run.
LONG = Params(
    data=("correlated",), sides=(("tanh", "adam"), ("relu", "adam"), ("tanh", "descent")),
    seeds=5, fresh=200, probes=64, picture=30,
)  # fmt: skip


def stretched(params: Params) -> xr.Dataset:
    """A record whose steps, where its runs are short, are labelled as if they were the study's."""
    record, times = run(study.parts(params)), HORIZONS[-1] // params.horizons[-1]
    steps = {"stop", "step", "middle"} & {*record.dims}
    return record.assign_coords({dim: record[dim] * times for dim in steps})


@cache
def sound(params: Params = SMALL) -> xr.Dataset:
    return stretched(params)


def broken(module: ModuleType, name: str, other: object, params: Params = SMALL) -> xr.Dataset:
    """A record of a study in which something is not what its name says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, other)
        return stretched(params)


SAMPLES = study._samples


def exchanged(params: Params) -> dict[str, study.Places]:
    """The samples of weights under one another's names."""
    samples = SAMPLES(params)
    return dict(zip(samples, reversed(samples.values()), strict=True))


FALSIFIERS = (
    (sound, partial(broken, study, "LAYERS", LAYERS[::-1])),  # counted from the output
    (partial(sound, LONG), partial(broken, study, "LAYERS", LAYERS[::-1], LONG)),
    (sound, partial(broken, study, "_samples", exchanged)),
    (sound, partial(sound, replace(SMALL, sides=(), retreat=1.0))),  # any way is monotone
)
