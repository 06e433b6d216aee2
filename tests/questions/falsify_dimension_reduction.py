"""Question 48, broken as a wrong implementation would break it."""

from collections.abc import Callable
from functools import partial

import pytest
import torch
import xarray as xr

from dlqa.lab.parts import run
from dlqa.questions.dimension_reduction import preparations, study
from dlqa.questions.dimension_reduction.preparations import Change, preparation, principal
from dlqa.questions.dimension_reduction.record import PREPARATIONS, Arm, Params, every
from tests.questions.shown import exchanged, shown

ROTATION = every("rotation", (200,), ("centred", "pca_10"))
QUIET = every("quiet", (10,), ("pca_10",))
MIXED_UP = {"centred": "whitened", "whitened": "centred", "none": "whitened"}
sound = partial(shown, "dimension_reduction")
broken = partial(exchanged, "dimension_reduction")


def rerun(arms: tuple[Arm, ...], module: object, **wrong: Callable[..., object]) -> xr.Dataset:
    """A study of few arms in which a function of a module does something else."""
    with pytest.MonkeyPatch.context() as patch:
        for name, function in wrong.items():
            patch.setattr(module, name, function)
        return run(study.parts(Params(arms, (), seeds=5, angles=())))


def mixed_up(name: str, samples: torch.Tensor) -> Change:
    return preparation(MIXED_UP.get(name, name), samples)


def least(samples: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Principal directions from that of least variance on."""
    directions, deviations = principal(samples)
    return directions.flip(1), deviations.flip(0)


FALSIFIERS = (
    (sound, partial(broken, "preparation", dict.fromkeys(PREPARATIONS, "none"))),
    (sound, partial(broken, "preparation", MIXED_UP)),
    (sound, partial(broken, "data", {"uniform": "rotation"})),
    (sound, partial(broken, "data", {"rotation": "uniform"})),
    (sound, partial(broken, "rate", {0.0003: 0.003})),
    (sound, partial(rerun, ROTATION, study, preparation=mixed_up)),
    (sound, partial(rerun, QUIET, preparations, principal=least)),
)
