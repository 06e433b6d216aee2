"""Question 53, broken as a wrong implementation would break it."""

from dataclasses import replace
from functools import cache, partial

import pytest
import xarray as xr

from dlqa.lab.parts import run
from dlqa.questions.regularization import study
from dlqa.questions.regularization.record import Params

SMALL = Params(seeds=6, fresh=1000, at=(0, 600))
WEAK = replace(
    SMALL, at=(0, 50), strengths=(0.0, 0.0, 0.0), activation_strengths=(0.0, 0.0), matched=0.0
)  # without strength nothing is done at any step
ARMS = study.arms(SMALL)


@cache
def sound(params: Params = SMALL) -> xr.Dataset:
    return run(study.parts(params))


def confused(**arms: str) -> xr.Dataset:
    """A record of these arms alone, each run as another may be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "arms", lambda _: {name: ARMS[each] for name, each in arms.items()})
        return run(study.parts(SMALL))


BROKEN = (
    partial(sound, WEAK),
    partial(
        confused,
        none="l1_extreme", proximal_strong="proximal_extreme",
        l1_mild="l1_mild", l1_strong="l1_strong", l2_mild="l2_mild", l2_strong="l2_strong",
    ),
    partial(
        confused,
        l1_strong="proximal_extreme", l2_mild="l1_extreme", l2_strong="l1_extreme",
        l2_extreme="l1_extreme", proximal_mild="proximal_extreme", none="none", l1_mild="l1_mild",
    ),
    partial(confused, none="none", tanh_none="none", relu_none="none"),
    partial(confused, tanh_none="tanh_none", tanh_mild="tanh_strong", tanh_strong="tanh_mild"),
)  # fmt: skip
FALSIFIERS = tuple((sound, other) for other in BROKEN)
