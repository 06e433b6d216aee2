"""Question 51, broken as a wrong implementation would break it."""

import dataclasses
from collections.abc import Mapping
from functools import cache, partial

import pytest
import xarray as xr

from dlqa.lab import initializers
from dlqa.lab.initializers import Draw, constant, gaussian, xavier
from dlqa.lab.parts import run
from dlqa.questions.initialization.record import SOURCE, SOURCE_WORK, Params
from dlqa.questions.initialization.study import parts

SMALL = Params(
    seeds=5, deviations=(), untrained=(), widths=(), width=48, fresh=400,
    initializers=(*SOURCE, "constant_small"),
)  # fmt: skip
NO_SIDES = dataclasses.replace(
    SMALL, side_initializers=(), descent_initializers=(), xor_initializers=()
)
# The long runs alone, of the width of the source: what training losses end at depends on it.
WIDE = dataclasses.replace(
    SOURCE_WORK, data=SMALL.data, initializers=("xavier", "gaussian_large"),
    long_initializers=("xavier", "gaussian_large"), long_at=SMALL.long_at,
)  # fmt: skip

# Every initializer draws as Xavier does, so that none can differ from it.
ALIKE = dict.fromkeys(("zero", "one", "constant_small", "gaussian_small", "gaussian_large"), xavier)
# The good initializers draw at a scale that saturates.
SCALES = dict.fromkeys(("xavier", "gaussian_small"), gaussian(3.0))
# What should be small or equal is large, and the large one never learns.
EXCHANGED = {
    **dict.fromkeys(("zero", "gaussian_small"), gaussian(3.0)),
    **dict.fromkeys(("constant_small", "gaussian_large"), constant(1.0)),
}


# The small study without what nothing asks of it when initializers are broken in each way.
OF_ALIKE = dataclasses.replace(SMALL, initializers=SOURCE, side_initializers=("zero",))
OF_SCALES = dataclasses.replace(NO_SIDES, initializers=tuple(SCALES), data=("independent",))
OF_EXCHANGED = dataclasses.replace(
    NO_SIDES,
    initializers=("zero", "constant_small"),
    side_initializers=("xavier", "gaussian_small"),
)


@cache
def sound(params: Params) -> xr.Dataset:
    return run(parts(params))


def broken(params: Params, replaced: Mapping[str, Draw]) -> xr.Dataset:
    """A record in which some initializers are not what their names say."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(initializers, "INITIALIZERS", {**initializers.INITIALIZERS, **replaced})
        return run(parts(params))


FALSIFIERS = (
    (partial(sound, SMALL), partial(broken, OF_ALIKE, ALIKE)),
    (partial(sound, SMALL), partial(broken, OF_SCALES, SCALES)),
    (partial(sound, SMALL), partial(broken, OF_EXCHANGED, EXCHANGED)),
    (partial(sound, WIDE), partial(broken, WIDE, EXCHANGED)),
)
