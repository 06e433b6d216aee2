"""Question 55, broken as a wrong implementation would break it."""

from functools import partial

import pytest
import torch
import xarray as xr
from torch import Generator, Tensor

from dlqa.lab.boxes import iou
from dlqa.lab.boxes.precision import Detections
from dlqa.lab.parts import run
from dlqa.questions.iou import study
from dlqa.questions.iou.record import Params
from dlqa.questions.iou.study import parts
from tests.questions.shown import exchanged, shown

SMALL = Params(seeds=5, boxes=200, images=1)
MEASURES, scene = study.MEASURES, study._scene
Scene = tuple[Tensor, dict[str, Detections]]

sound = partial(shown, "iou")


def broken(part: str, name: str, changed: object) -> xr.Dataset:
    """The record with a part that is run anew, small, where a name means something else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, name, changed)
        return sound().assign(run({part: parts(SMALL)[part]}))


def weak(loss: str, *boxes: Tensor, **options: bool) -> Tensor:
    """A loss that pulls a hundredth as hard."""
    return MEASURES[loss](*boxes, **options) / 100


def perfect(spread: float, generator: Generator) -> Scene:
    """Detectors that do the same: every box is its object's, said once, all scores equal."""
    truth, detected = scene(spread, generator)
    return truth, dict.fromkeys(detected, Detections(truth, torch.ones(len(truth)).double()))


def eight_more(one: Tensor, other: Tensor, *, inclusive: bool = False) -> Tensor:
    """The +1 is a +8."""
    more = 7.0 * inclusive * torch.tensor([0, 0, 1, 1])
    return iou(one + more, other + more, paired=True, inclusive=inclusive)


def no_error(shape: tuple[int, ...], _: Generator) -> Tensor:
    """Predicted boxes are the true ones."""
    return torch.zeros(shape, dtype=torch.float64)


LEARNED = (
    dict.fromkeys(("giou", "diou", "ciou"), "iou"),  # every loss is plain IoU
    {"iou": "giou"},  # plain IoU pulls, too
    {"giou": "diou", "diou": "giou"},
)
BROKEN = (
    ("learning", "MEASURES", {**MEASURES, "giou": partial(weak, "giou")}),
    ("detectors", "_scene", perfect),
    ("scales", "normal", no_error),
    ("conventions", "normal", no_error),
    ("scales", "ERRORS", ("moved_in_proportion", "noisy", "moved")),
    ("conventions", "_overlaps", eight_more),
)
FALSIFIERS = (
    *((sound, partial(exchanged, "iou", "loss", names, "learned")) for names in LEARNED),
    *((sound, partial(broken, *changes)) for changes in BROKEN),
)
