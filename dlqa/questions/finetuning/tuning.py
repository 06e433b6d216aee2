"""Everything that trains the network: an arm on one task's set of a size, seed by seed.

Networks train on clipped gradients with momentum, their rates falling to zero along a cosine; batch
norm keeps its statistics unless said otherwise, and from scratch. On a grid of rates what is on the
way is not looked at.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

import numpy as np
import torch
import xarray as xr
from torch import nn

from dlqa.lab.adapters import add_lora
from dlqa.lab.along import accuracies, images_at, trained_along
from dlqa.lab.blocks import Measured, by_seed
from dlqa.lab.cuts import above, mapped
from dlqa.lab.efficientnet import EfficientNetLite0
from dlqa.lab.finetuning import Training
from dlqa.lab.forgetting import kept
from dlqa.lab.images import CLASSES, split
from dlqa.lab.parts import Seeds
from dlqa.lab.pools import Split
from dlqa.lab.running import follow, put, retaken
from dlqa.lab.starts import as_it_came, headed, probed, untrained
from dlqa.lab.tuning import moved, set_momentum
from dlqa.questions.finetuning.record import SPLITS, UPDATED, VARIABLES, Params, rate_of

CLIP = 1.0  # the gradient's length; without it a rate that one head bears destroys the other
SLOW, QUICK = 0.01, 0.1  # momenta of batch norm: the network's own, torch's default
DEFAULT = 3  # parts that stay as they came: the stem and two stages


@dataclass(frozen=True)
class Arm:
    """What is trained: so many parts, `cut`, stay as they came, and what they give is kept."""

    cut: int = DEFAULT
    start: str = "random"  # the head; "fitted" to the training images; "scratch": all weights
    adapted: bool = False  # low-rank adapters train in the weights' place


ARMS: Mapping[str, Arm] = {
    "upper": Arm(),
    "warmed": Arm(start="fitted"),
    "all": Arm(cut=0),
    "last": Arm(cut=7),
    "adapters": Arm(adapted=True),
    "scratch": Arm(cut=0, start="scratch"),
}


def trained(
    name: str, task: str, size: str, rates: Sequence[float], params: Params, seeds: Seeds, _: int
) -> xr.Dataset:
    """An arm's block of the record, at each rate from the same start."""
    arm, training = ARMS[name], _training(name, params)
    forgets = task == "digits" and name in ("upper", "warmed")
    every = params.every if len(rates) == 1 else training.steps * training.batch

    def measure(seed: int) -> Measured:
        given = split(task, seed, params.counts(size), params.side)
        start, maps, found = _started(arm, seed, given), mapped(given, arm.cut), []
        for rate in rates:
            model = deepcopy(start)
            own = adapters(model, params.rank, seed) if arm.adapted else None
            run = trained_along(
                above(model, arm.cut), maps, rate, training, seed, every=every, own=own
            )
            ours, before = (nn.ModuleList(m.parts()[DEFAULT:]) for m in (model, as_it_came()))
            found.append((*run, kept(model, params.views), moved(ours, before)) if forgets else run)
        names = ("ended", "curve", "kept", "moved")
        return {
            name: np.array(each)
            for name, each in zip(names, zip(*found, strict=True), strict=False)
        }

    labels = {"rate": rates, "split": SPLITS, "seen": images_at(training, every)}
    return by_seed(seeds, measure, VARIABLES, labels, arm=name, task=task, size=size)


def updated(task: str, params: Params, seeds: Seeds, _: int) -> xr.Dataset:
    """The default on few images, batch norm updated: by what its statistics are in the end."""
    training = replace(_training("updated", params), batch_norm="updated")

    def measure(seed: int) -> Measured:
        given = mapped(split(task, seed, params.counts("small"), params.side), DEFAULT)
        model, found = above(headed(CLASSES, seed), DEFAULT), []
        held = follow(model, (SLOW, QUICK))
        trained_along(model, given, rate_of("upper"), training, seed, every=params.every)
        for statistics in (*held.values(), retaken(model, given.training[0])):
            put(model, statistics)
            found.append(accuracies(model, given))
        return {"ended": found}

    labels = {"arm": UPDATED, "split": SPLITS}
    place = {"task": task, "size": "small", "rate": rate_of("upper")}
    return by_seed(seeds, measure, VARIABLES, labels, **place)


def adapters(model: EfficientNetLite0, rank: int, seed: int) -> list[nn.Parameter]:
    """Puts LoRA on what lies above the default's cut; what trains then is it and the classifier."""
    drawn, over = torch.Generator("cpu").manual_seed(seed), nn.ModuleList(model.parts()[DEFAULT:])
    return [*add_lora(over, rank, generator=drawn), *model.classifier.parameters()]


def _started(arm: Arm, seed: int, given: Split) -> EfficientNetLite0:
    if arm.start == "scratch":
        model = untrained(CLASSES, seed)
        set_momentum(model, QUICK)
        return model
    return headed(CLASSES, seed) if arm.start == "random" else probed(CLASSES, *given.training)


def _training(name: str, params: Params) -> Training:
    training = Training(params.steps_of(name), params.batch, clip=CLIP)
    return training if name == "scratch" else replace(training, batch_norm="frozen")
