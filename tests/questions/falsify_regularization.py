"""Question 53, broken as a wrong implementation would break it."""

from functools import partial

import xarray as xr

from dlqa.lab.parts import run
from dlqa.questions.regularization.record import Params
from dlqa.questions.regularization.study import parts
from tests.questions.shown import exchanged, shown

WITHOUT_STRENGTH = Params(
    seeds=5, fresh=1000, at=(0, 50),
    strengths=(0.0, 0.0, 0.0), activation_strengths=(0.0, 0.0), matched=0.0,
)  # fmt: skip

sound = partial(shown, "regularization")
confused = partial(exchanged, "regularization", "arm")


def nothing_is_done() -> xr.Dataset:
    """A short study whose arms are all without strength."""
    return run(parts(WITHOUT_STRENGTH))


def compared_on_its_own_data() -> xr.Dataset:
    """The network without regularization that is to have other data has the same."""
    return sound().assign(unpaired_accuracy=sound().accuracy.sel(arm="none", drop=True))


BROKEN = (
    nothing_is_done,
    compared_on_its_own_data,
    partial(confused, {"none": "l1_extreme", "proximal_strong": "proximal_extreme"}),
    partial(
        confused,
        {
            "l1_strong": "proximal_extreme",
            "proximal_mild": "proximal_extreme",
            **dict.fromkeys(("l2_mild", "l2_strong", "l2_extreme"), "l1_extreme"),
        },
    ),
    partial(confused, dict.fromkeys(("tanh_none", "relu_none"), "none")),
    partial(confused, {"tanh_mild": "tanh_strong", "tanh_strong": "tanh_mild"}),
)
FALSIFIERS = tuple((sound, other) for other in BROKEN)
