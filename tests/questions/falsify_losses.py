"""Question 102, broken as a wrong implementation would break it."""

from dataclasses import replace
from functools import partial

import pytest
import xarray as xr

from dlqa.lab.parts import run
from dlqa.questions.losses import study
from dlqa.questions.losses.record import SETTINGS, Params
from dlqa.questions.losses.study import parts
from dlqa.questions.losses.teaching import TEACHES
from tests.questions.shown import shown

READ = ("cross_entropy", "sigmoid_squared", "softmax_absolute")  # their outputs make a probability
SURE = {"noise_0": READ, "noise_0.2": READ[:1]}  # where the text says that they are too sure
sound = partial(shown, "losses")


def alike() -> xr.Dataset:
    """Every name is cross entropy: none can differ from another."""
    of = sound()[["accuracy", "confidence"]]
    return sound().assign(of * 0 + of.sel(loss="cross_entropy", drop=True))


def untaught(*losses: str) -> xr.Dataset:
    """These losses teach nothing."""
    accuracy = sound().accuracy
    start = accuracy * 0 + accuracy.sel(step=0, drop=True)
    return sound().assign(accuracy=accuracy.where(~accuracy.loss.isin(losses), start))


def twice() -> xr.Dataset:
    """A study in which outputs that are shares already go through a softmax or a sigmoid once more."""
    settings = (replace(each, losses=SURE[each.name]) for each in SETTINGS if each.name in SURE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "TEACHES", TEACHES | dict.fromkeys(READ, TEACHES["squared"]))
        return run(parts(Params(settings=tuple(settings), seeds=6)))


FALSIFIERS = (
    (sound, alike),
    (sound, partial(untaught, "squared", "hinge", "sigmoid_squared", "softmax_absolute")),
    (sound, partial(untaught, "cross_entropy")),
    (sound, twice),
)
