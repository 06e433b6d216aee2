"""Question 52, broken as a wrong implementation would break it."""

from dataclasses import replace
from functools import cache, partial

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


def counted_from_the_output(params: Params = SMALL) -> xr.Dataset:
    """A record of a study whose layers are numbered the other way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "LAYERS", LAYERS[::-1])
        return stretched(params)


FALSIFIERS = (
    (sound, counted_from_the_output),
    (partial(sound, LONG), partial(counted_from_the_output, LONG)),
    (sound, partial(sound, replace(SMALL, sides=(), retreat=1.0))),  # any way is monotone
)
