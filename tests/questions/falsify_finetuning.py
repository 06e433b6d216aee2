"""Question 54, its study and its quantities broken as a wrong implementation would leave them."""

from functools import partial
from unittest.mock import patch

import torch
import xarray as xr

from dlqa.evidence.records import gathered
from dlqa.lab import depths
from dlqa.lab.pools import Labelled, taken
from dlqa.questions.finetuning.probing import probes
from dlqa.questions.finetuning.record import TASKS, Params
from tests.questions.shown import exchanged, shown

sound = partial(shown, "finetuning")
mistaken = partial(exchanged, "finetuning")


def shuffled() -> xr.Dataset:
    """The study's probes on labels that say nothing of the images."""

    def wrong(pool: torch.Tensor, places: torch.Tensor) -> Labelled:
        images, labels = taken(pool, places)
        return images, labels[..., torch.randperm(labels.shape[-1])]

    torch.manual_seed(0)
    with patch.object(depths, "taken", wrong):
        found = [probes(task, Params(), range(300, 305), 1) for task in TASKS]
    return gathered([sound().drop_vars("probe"), *found])


def untrained() -> xr.Dataset:
    """What trains is told before its first step."""
    start, ended = sound().curve.sel(seen=0), sound().ended
    return sound().assign(ended=ended.where(ended.isnull(), start))


FALSIFIERS = (
    (sound, shuffled),
    (sound, untrained),
    (sound, partial(mistaken, "side", {32: 64, 64: 32}, "probe_by_side")),
    (sound, partial(mistaken, "arm", {"upper": "warmed", "warmed": "upper"})),
)
