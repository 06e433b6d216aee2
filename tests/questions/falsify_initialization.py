"""Question 51, broken as a wrong implementation would break it."""

from dataclasses import replace
from functools import partial

import pytest
import xarray as xr

from dlqa.lab import initializers
from dlqa.lab.initializers import gaussian
from dlqa.lab.parts import run
from dlqa.questions.initialization.record import SOURCE_WORK
from dlqa.questions.initialization.study import parts
from tests.questions.shown import exchanged, shown

GOOD = ("xavier", "gaussian_small")
SATURATED = replace(
    SOURCE_WORK, data=("independent",), initializers=GOOD, seeds=5, width=48, fresh=400
)

sound = partial(shown, "initialization")
broken = partial(exchanged, "initialization")
drawn = partial(broken, "initializer")
AS_XAVIER = ("zero", "one", "constant_small", "gaussian_small", "gaussian_large")


def at_a_scale_that_saturates() -> xr.Dataset:
    """A study in which the good initializers draw far too large weights."""
    with pytest.MonkeyPatch.context() as patch:
        for name in GOOD:
            patch.setitem(initializers.INITIALIZERS, name, gaussian(3.0))
        return run(parts(SATURATED))


FALSIFIERS = (
    (sound, partial(drawn, dict.fromkeys(AS_XAVIER, "xavier"))),  # none can differ from it
    (sound, at_a_scale_that_saturates),
    (  # what should be equal is random, or too large to learn, and the small deviation is 0
        sound,
        partial(
            drawn, {"zero": "gaussian_large", "constant_small": "one", "gaussian_small": "zero"}
        ),
    ),
    (sound, partial(broken, "step", {1000: 500}, "loss")),  # the long runs end with the short ones
)
