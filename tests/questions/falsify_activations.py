"""Question 49, broken as a wrong implementation would break it."""

from functools import partial

import pytest
import torch
import xarray as xr

from dlqa.lab.activations import CURVES
from dlqa.lab.parts import run
from dlqa.lab.slopes import Curve
from dlqa.questions.activations import study
from dlqa.questions.activations.record import Params
from tests.questions.shown import exchanged, shown

DEEP = Params(
    activations=(), rates=(), depths=(5, 10), deep_seeds=5, width=10, at=(0, 800), fresh=200, side=0
)
NOTHING = Curve("nothing", lambda sums: 0 * sums, torch.zeros_like)
CURVED = ("tanh", "sin", "square", "gelu", "sign", "sign_through", "identity")

sound = partial(shown, "activations")
broken = partial(exchanged, "activations")


def nothing_kept() -> xr.Dataset:
    """Units that are dead twice are not found, and a fast rate leaves nothing but guesses."""
    record = sound()
    both, slow = record.moment == "both", record.rate < 0.01
    return record.assign(
        dead=record.dead.where(~both, 0.0),
        rate_accuracy=record.rate_accuracy.where(slow, 0.5),
    )


def nothing_passed() -> xr.Dataset:
    """A study in which deep networks of a sigmoid or tanh are trained on zeros."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "CURVES", {**CURVES, "sigmoid": NOTHING, "tanh": NOTHING})
        return run(study.parts(DEEP))


FALSIFIERS = (
    (sound, partial(broken, "activation", dict.fromkeys(CURVED, "relu"))),  # all are ReLU
    # ReLU lets negative sums pass, and what is no better than the identity is ReLU.
    (sound, partial(broken, "activation", {"relu": "identity", "sigmoid": "relu", "sign": "relu"})),
    (sound, partial(broken, "rate", {0.003: 0.3, 0.1: 0.003, 0.3: 0.003}, "dead")),
    (sound, nothing_kept),
    (sound, nothing_passed),
)
