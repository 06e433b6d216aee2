"""Question 102, broken as a wrong implementation would break it."""

from collections.abc import Mapping, Sequence
from functools import cache, partial

import pytest
import xarray as xr

from dlqa.lab.losses import Loss
from dlqa.lab.parts import run
from dlqa.questions.losses import study, teaching
from dlqa.questions.losses.record import ADDED, SETTINGS, Params
from dlqa.questions.losses.study import parts

DECIDED = ("source", "noise_0", "noise_0.2", "noise_0.4", "neutral", "wrong_descent", "wrong_adam")
RELU = ("noise_0", "noise_0.2")
TEACHES = teaching.TEACHES
# Every name is cross entropy: none can differ from another.
ALIKE = dict.fromkeys(("squared", "fourth", *ADDED), TEACHES["cross_entropy"])
# What is to be no worse than cross entropy teaches nothing.
NOTHING = dict.fromkeys(
    ("squared", "hinge", "sigmoid_squared", "softmax_absolute"), TEACHES["constant"]
)
# Cross entropy teaches nothing.
IDLE = {"cross_entropy": TEACHES["constant"]}
# Outputs that are shares already go through a softmax or a sigmoid once more.
TWICE = dict.fromkeys(("cross_entropy", "sigmoid_squared", "softmax_absolute"), TEACHES["squared"])


def small(names: Sequence[str]) -> Params:
    """Few seeds of some settings."""
    return Params(settings=tuple(each for each in SETTINGS if each.name in names), seeds=8)


@cache
def sound(names: Sequence[str]) -> xr.Dataset:
    return run(parts(small(names)))


def broken(names: Sequence[str], replaced: Mapping[str, Loss]) -> xr.Dataset:
    """A record in which some losses are not what their names say."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "TEACHES", {**TEACHES, **replaced})
        return run(parts(small(names)))


FALSIFIERS = tuple(
    (partial(sound, names), partial(broken, names, replaced))
    for names, replaced in ((DECIDED, ALIKE), (DECIDED, NOTHING), (RELU, IDLE), (RELU, TWICE))
)
