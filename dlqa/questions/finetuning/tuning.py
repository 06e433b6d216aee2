"""Everything that trains the network: each arm on one task, seed by seed.

Networks train on clipped gradients with momentum, their rates falling to zero along a cosine; batch
norm keeps its statistics unless said otherwise. From scratch nothing is clipped: there a long
gradient destroys nothing.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace

import numpy as np
import torch
import xarray as xr
from torch import nn

from dlqa.lab.blocks import Measured, by_seed
from dlqa.lab.efficientnet import EfficientNetLite0
from dlqa.lab.finetuning import Training, accuracy
from dlqa.lab.images import CLASSES, split, views
from dlqa.lab.parts import Seeds
from dlqa.lab.pools import Split
from dlqa.lab.starts import adapted, as_it_came, headed, probed, untrained
from dlqa.lab.tuning import at_rates, curve, moved, set_momentum, tune
from dlqa.questions.finetuning.record import HEADS, SIZES, SPLITS, VARIABLES, Params

Arm = Callable[[str, int, Params], Measured]  # of a task and a seed
CLIP = 1.0  # the gradient's length; without it a rate that one head bears destroys the other
# Torch's default; the network's own is a tenth, and statistics that so few steps hardly move would
# be a straw man.
QUICK = 0.1


def trained(arm: Arm, task: str, params: Params, seeds: Seeds, _threads: int) -> xr.Dataset:
    """An arm's block of the record."""
    steps = sorted({params.steps, *params.looks})
    labels = {"size": SIZES, "head": HEADS, "rate": params.rates, "split": SPLITS, "step": steps}
    return by_seed(seeds, lambda seed: arm(task, seed, params), VARIABLES, labels, task=task)


def all_layers(task: str, seed: int, params: Params) -> Measured:
    """From each head at each rate, on many images from the best; of digits, what was forgotten."""
    small, large = _sets(task, seed, params)
    plan, before, seen = _plan(params), as_it_came(), views(params.views)
    with torch.no_grad():
        decided = before(seen).argmax(1)
    choices = (len(HEADS), len(params.rates))
    tuned = np.full((len(SIZES), *choices, len(SPLITS)), np.nan)
    kept, far = np.empty(choices), np.empty(choices)
    for row, head in enumerate(HEADS):
        first = started(head, seed, small)
        for column, rate in enumerate(params.rates):
            model = deepcopy(first)
            tuned[0, row, column] = tune(model, small, rate, plan, seed)
            far[row, column] = moved(model, before)
            model.classifier = before.classifier
            kept[row, column] = accuracy(model, seen, decided)
    row, column = divmod(int(tuned[0, ..., 0].argmax()), len(params.rates))
    more = replace(plan, steps=params.large_steps, batch=params.large_batch)
    best = started(HEADS[row], seed, large)
    tuned[1, row, column] = tune(best, large, params.rates[column], more, seed)
    return {"tuned": tuned} | ({"kept": kept, "moved": far} if task == "digits" else {})


def last_stage(task: str, seed: int, params: Params) -> Measured:
    """The last stage, the head and the classifier at each rate; the maps below them are cached."""
    below = nn.Sequential(*as_it_came().parts()[:-2])

    def above() -> nn.Sequential:
        model = headed(CLASSES, seed)
        pooled = (nn.AdaptiveAvgPool2d(1), nn.Flatten())
        return nn.Sequential(*model.parts()[-2:], *pooled, model.classifier)

    with torch.no_grad():
        maps = [given.map(below) for given in _sets(task, seed, params)]
    found = [at_rates(above, given, params.rates, _plan(params), seed) for given in maps]
    return {"last_stage": found}


def updated(task: str, seed: int, params: Params) -> Measured:
    """All layers at the middle rate from a random head, batch norm updated."""
    small, _ = _sets(task, seed, params)
    model, middle = headed(CLASSES, seed), params.rates[len(params.rates) // 2]
    set_momentum(model, QUICK)
    plan = replace(_plan(params), batch_norm="updated")
    return {"updated": curve(model, small, middle, plan, seed)[-1]}


def from_scratch(task: str, seed: int, params: Params) -> Measured:
    """Random weights: as many steps as fine-tuning, and far more of them on more images."""
    small, large = _sets(task, seed, params)
    brief = replace(_plan(params), batch_norm="updated", clip=float("inf"))
    long = replace(brief, steps=params.looks[-1], batch=params.large_batch)
    runs = [(small, brief, (params.steps,)), (large, long, params.looks)]
    steps = sorted({step for *_, looks in runs for step in looks})
    found = np.full((len(SIZES), len(steps)), np.nan)
    for row, (given, plan, looks) in enumerate(runs):
        model = untrained(CLASSES, seed)
        set_momentum(model, QUICK)
        seen = curve(model, given, params.scratch_rate, plan, seed, looks)
        found[row, [steps.index(look) for look in looks]] = seen
    return {"scratch": found}


def adapters(task: str, seed: int, params: Params) -> Measured:
    """LoRA and a new classifier at the highest of the rates."""
    small, _ = _sets(task, seed, params)
    model = headed(CLASSES, seed)
    own = adapted(model, params.rank, seed)
    return {"adapted": tune(model, small, params.rates[-1], _plan(params), seed, own)[1]}


ARMS: Mapping[str, Arm] = {  # the longest first
    "all layers": all_layers,
    "from scratch": from_scratch,
    "batch norm updated": updated,
    "adapters": adapters,
    "last stage": last_stage,
}
ONLY = {"adapters": ("digits",)}  # arms that not every task has


def started(head: str, seed: int, given: Split) -> EfficientNetLite0:
    """The pretrained network under a random head, or under one fitted to the training images."""
    return headed(CLASSES, seed) if head == "random" else probed(CLASSES, *given.training)


def _sets(task: str, seed: int, params: Params) -> list[Split]:
    return [split(task, seed, params.counts(size), params.side) for size in SIZES]


def _plan(params: Params) -> Training:
    return Training(params.steps, params.batch, clip=CLIP, batch_norm="frozen")
