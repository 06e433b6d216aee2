"""Question 49, broken as a wrong implementation would break it."""

from collections.abc import Mapping
from functools import cache, partial

import pytest
import torch
import xarray as xr

from dlqa.lab.activations import CURVES
from dlqa.lab.parts import run
from dlqa.lab.slopes import Curve
from dlqa.questions.activations import study
from dlqa.questions.activations.record import Params
from dlqa.questions.activations.study import parts

SHALLOW = Params(seeds=6, deep=(), rates=(), side=0)
FAST = Params(activations=(), deep=(), rates=(0.003, 0.1, 0.3), seeds=6, side=0)
DEEP = Params(activations=(), rates=(), depths=(5, 10), deep_seeds=6, side=0)

RELU = Curve("relu", torch.relu, lambda sums: (sums > 0).to(sums.dtype))
NOTHING = Curve("nothing", lambda sums: 0 * sums, torch.zeros_like)
IDENTITY = CURVES["identity"]
# Every name is ReLU: none can differ from another.
ALIKE = dict.fromkeys(("tanh", "sin", "square", "gelu", "sign", "sign_through", "identity"), RELU)
# ReLU lets negative sums pass, leaky ReLU none, and what is no better than the identity is ReLU.
EXCHANGED = {"relu": IDENTITY, "sigmoid": RELU, "sign": RELU, "leaky_relu": NOTHING}


@cache
def sound(params: Params) -> xr.Dataset:
    return run(parts(params))


def broken(params: Params, replaced: Mapping[str, Curve]) -> xr.Dataset:
    """A record in which some activations are not what their names say."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "CURVES", {**CURVES, **replaced})
        return run(parts(params))


def rates_exchanged() -> xr.Dataset:
    """What the slowest rate leaves stands for the fast ones, and the other way round."""
    record = fast()
    mixed = record.dead.sel(rate=[0.3, 0.003, 0.003])
    return record.assign(dead=mixed.assign_coords(rate=record.rate))


def nothing_kept() -> xr.Dataset:
    """Units that are dead twice are not found, and a fast rate leaves nothing but guesses."""
    record = fast()
    both, slow = record.moment == "both", record.rate < 0.01
    return record.assign(
        dead=record.dead.where(~both, 0.0),
        rate_accuracy=record.rate_accuracy.where(slow, 0.5),
    )


shallow, fast, deep = (partial(sound, params) for params in (SHALLOW, FAST, DEEP))
FALSIFIERS = (
    (shallow, partial(broken, SHALLOW, ALIKE)),
    (shallow, partial(broken, SHALLOW, EXCHANGED)),
    (fast, rates_exchanged),
    (fast, nothing_kept),
    (deep, partial(broken, DEEP, {"sigmoid": NOTHING, "tanh": NOTHING})),
)
