"""Question 52, broken as a wrong implementation would break it."""

from functools import partial

import xarray as xr

from dlqa.lab.parts import run
from dlqa.questions.convergence.record import LAYERS, Params
from dlqa.questions.convergence.study import parts
from tests.questions.shown import exchanged, shown

FORGIVING = Params(
    sides=(), seeds=5, horizons=(15, 30), stops=(15, 30), marks=(0, 15, 30), picture=15,
    fresh=100, probes=40, retreat=1.0,
)  # fmt: skip

sound = partial(shown, "convergence")
broken = partial(exchanged, "convergence")
FROM_THE_OUTPUT = dict(zip(LAYERS, LAYERS[::-1], strict=True))


def any_way_is_monotone() -> xr.Dataset:
    """A short study that forgives a weight a retreat by all of its range."""
    return run(parts(FORGIVING))


FALSIFIERS = (
    (sound, partial(broken, "layer", FROM_THE_OUTPUT)),  # numbered the other way
    (sound, partial(broken, "activation", {"relu": "tanh"})),  # the name is not passed on
    (sound, any_way_is_monotone),
)
