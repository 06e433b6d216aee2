"""Question 48, broken as a wrong implementation would break it."""

from collections.abc import Mapping
from functools import cache, partial

import pytest
import torch
import xarray as xr

from dlqa.lab.parts import run
from dlqa.questions.dimension_reduction import preparations, study
from dlqa.questions.dimension_reduction.preparations import preparation, principal
from dlqa.questions.dimension_reduction.record import DECISIVE, Params
from dlqa.questions.dimension_reduction.samples import draw

QUIET = tuple(arm for arm in DECISIVE if arm[0] == "quiet")
WIDE = tuple(arm for arm in DECISIVE if arm[1] == 200 and arm[2] in {"none", "pca_10", "pca_1"})
EXCHANGED = {"centred": "whitened", "whitened": "centred", "none": "whitened"}


def record(arms: tuple[study.Arm, ...] = DECISIVE, **replaced: object) -> xr.Dataset:
    """The study run small, some functions of its modules replaced."""
    with pytest.MonkeyPatch.context() as patch:
        for name, function in replaced.items():
            patch.setattr(preparations if name == "principal" else study, name, function)
        return run(study.parts(Params(arms, (), seeds=5, angles=())))


sound = cache(record)


def prepared(instead: Mapping[str, str]) -> xr.Dataset:
    """Some preparations are not what their names say."""
    return record(preparation=lambda name, samples: preparation(instead.get(name, name), samples))


def unmixed(data: str) -> xr.Dataset:
    """Whatever data are asked for, `data` are drawn."""
    return record(WIDE, draw=lambda _, *rest: draw(data, *rest))


def least(samples: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Principal directions from that of least variance on."""
    directions, deviations = principal(samples)
    return directions.flip(1), deviations.flip(0)


FALSIFIERS = (
    (sound, partial(record, preparation=lambda _, samples: preparation("none", samples))),
    (sound, partial(prepared, EXCHANGED)),
    (sound, partial(unmixed, "rotation")),
    (sound, partial(unmixed, "uniform")),
    (sound, partial(record, QUIET, principal=least)),
)
