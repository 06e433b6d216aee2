"""Question 54, its study and its quantities broken as a wrong implementation would leave them.

What is linear on features is cheap: its study is run small, as it is and with its labels shuffled.
What trains is not: of the record that the built site shows, arms are exchanged, as a study would
leave it that trains one under the name of another.
"""

from collections.abc import Callable, Mapping
from functools import cache, partial
from unittest.mock import patch

import torch
import xarray as xr

from dlqa.evidence.records import gathered
from dlqa.lab import depths
from dlqa.lab.pools import Labelled, taken
from dlqa.questions.finetuning import probing
from dlqa.questions.finetuning.record import TASKS, Params
from tests.questions.shown import shown

TRAINED = ("ended", "curve", "kept", "moved")
LINEAR = ("probe", "control", "probe_by_side")
SEEDS = range(300, 305)
stored = partial(shown, "finetuning")


def linear() -> xr.Dataset:
    """The study of what is linear on features, on few seeds, beside what was trained."""
    params, blocks = Params(), [stored().drop_vars(LINEAR)]
    for task in TASKS:
        blocks += [run(task, params, SEEDS, 1) for run in (probing.probes, probing.controls)]
    blocks += [probing.by_side(side, params, SEEDS, 1) for side in params.sides]
    return gathered(blocks)


@cache
def sound() -> xr.Dataset:
    return linear()


def shuffled() -> xr.Dataset:
    """The same study on labels that say nothing of the images."""

    def wrong(pool: torch.Tensor, places: torch.Tensor) -> Labelled:
        images, labels = taken(pool, places)
        return images, labels[..., torch.randperm(labels.shape[-1])]

    torch.manual_seed(0)
    with patch.object(depths, "taken", wrong):
        return linear()


def renamed(record: xr.Dataset, dim: str, names: Mapping[object, object]) -> xr.Dataset:
    """What is trained under one label of a dimension stands under another."""
    order = [names.get(label, label) for label in record[dim].values.tolist()]
    own = {dim: record[dim]}
    return record.assign({n: record[n].sel({dim: order}).assign_coords(own) for n in TRAINED})


def exchanged(dim: str, one: object, other: object) -> xr.Dataset:
    return renamed(stored(), dim, {one: other, other: one})


def untrained() -> xr.Dataset:
    """What trains is told before its first step."""
    start = stored().curve.sel(seen=0)
    ended = stored().ended
    return stored().assign(ended=ended.where(ended.isnull(), start))


BROKEN: tuple[Callable[[], xr.Dataset], ...] = (
    untrained,
    partial(exchanged, "arm", "upper", "warmed"),
)
FALSIFIERS = (
    (sound, shuffled),
    *((stored, broken) for broken in BROKEN),
)
