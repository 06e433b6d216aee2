"""Everything that trains the network on one task with one seed.

Axes as in the record, without T and S. Networks train on clipped gradients with momentum, their
rates falling to zero along a cosine; batch norm keeps its statistics unless said otherwise. From
scratch nothing is clipped: there a long gradient destroys nothing.
"""

from copy import deepcopy
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn

from dlqa.lab.adapters import add_lora, count
from dlqa.lab.efficientnet import EfficientNetLite0
from dlqa.lab.finetuning import Training, accuracy, fine_tune
from dlqa.questions.finetuning.images import Split, split, views
from dlqa.questions.finetuning.record import HEADS, Array, Params
from dlqa.questions.finetuning.starts import QUICK, as_it_came, started, untrained, with_momentum

CLIP = 1.0  # the gradient's length; without it a rate that one head bears destroys the other


def tune(task: str, seed: int, params: Params) -> dict[str, Array]:
    """Every fine-tuning of a task by a seed, by the record's names."""
    small, large = (
        split(task, seed, size, params.validation, params.tests, params.side)
        for size in (params.small, params.large)
    )
    found = _all_layers(task, seed, small, params)
    head, place = np.unravel_index(found["tuned"][:, :, 0].argmax(), found["tuned"].shape[:2])
    more = replace(_training(params), steps=params.large_steps, batch=params.large_batch)
    best = started(HEADS[head], seed, large)
    found["tuned_large"] = _tuned(best, large, params.rates[place], more, seed)
    found["last"] = np.array([_last_stage(seed, each, params) for each in (small, large)])
    middle = params.rates[len(params.rates) // 2]
    moving = replace(_training(params), batch_norm="updated")
    quick = with_momentum(started("random", seed, small), QUICK)
    found["updated"] = _tuned(quick, small, middle, moving, seed)
    found |= _from_scratch(seed, small, large, params)
    return found if task != "digits" else found | _adapted(seed, small, params)


def images_trained(task: str, params: Params) -> int:
    """How many images pass forward and back through the whole network in `tune`, counted each time."""
    runs = len(HEADS) * len(params.rates) + 2 + (task == "digits")  # updated, scratch; adapters
    more = params.large_steps + params.looks[-1]
    return runs * params.steps * params.batch + more * params.large_batch


def _all_layers(task: str, seed: int, given: Split, params: Params) -> dict[str, Array]:
    """From each first head at each rate: accuracies, and what became of the old knowledge."""
    before = as_it_came()
    seen = views(params.views)
    with torch.no_grad():
        decided = before(seen).argmax(1)
    tuned = np.empty((len(HEADS), len(params.rates), 2))
    kept, moved = np.empty(tuned.shape[:2]), np.empty(tuned.shape[:2])
    for row, head in enumerate(HEADS):
        first = started(head, seed, given)
        for column, rate in enumerate(params.rates):
            model = deepcopy(first)
            tuned[row, column] = _tuned(model, given, rate, _training(params), seed)
            moved[row, column] = _distance(model, before)
            if task == "digits":
                model.classifier = before.classifier
                kept[row, column] = accuracy(model, seen, decided)
    return {"tuned": tuned} | ({"kept": kept, "moved": moved} if task == "digits" else {})


def _last_stage(seed: int, given: Split, params: Params) -> Array:
    """The last stage, the head and the classifier trained, [R, 2]; the maps below them cached."""
    below = nn.Sequential(*as_it_came().parts()[:-2])
    with torch.no_grad():
        maps = Split(*((below(images), labels) for images, labels in vars(given).values()))
    found = []
    for rate in params.rates:
        model = started("random", seed, given)
        above = [*model.parts()[-2:], nn.AdaptiveAvgPool2d(1), nn.Flatten(), model.classifier]
        found.append(_tuned(nn.Sequential(*above), maps, rate, _training(params), seed))
    return np.array(found)


def _from_scratch(seed: int, small: Split, large: Split, params: Params) -> dict[str, Array]:
    """Random weights, batch norm updated: as long as fine-tuning, and far longer on more images."""
    brief = replace(_training(params), batch_norm="updated", clip=float("inf"))
    short = _tuned(untrained(seed), small, params.scratch_rate, brief, seed)
    long = replace(brief, steps=params.looks[-1], batch=params.large_batch)
    model = untrained(seed)
    curve = fine_tune(
        model,
        *large.training,
        groups=[{"params": list(model.parameters()), "lr": params.scratch_rate}],
        training=long,
        generator=torch.Generator().manual_seed(seed),
        held_out=large.test,
        look_at=params.looks,
    )
    return {"scratch_small": short, "scratch": np.array(curve.accuracies)}


def _adapted(seed: int, given: Split, params: Params) -> dict[str, Array]:
    """LoRA on every 1 × 1 convolution with a new classifier, at the highest of the rates."""
    model = started("random", seed, given)
    everything = count(list(model.parameters()))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        adapters = add_lora(nn.ModuleList(model.parts()), params.rank)
    trained = [*adapters, *model.classifier.parameters()]
    rate = params.rates[-1]
    found = _tuned(model, given, rate, _training(params), seed, trained)
    return {"adapted": found, "parameters": np.array([count(trained), everything], np.float64)}


def _training(params: Params) -> Training:
    return Training(params.steps, params.batch, clip=CLIP, batch_norm="frozen")


def _tuned(
    model: nn.Module,
    given: Split,
    rate: float,
    training: Training,
    seed: int,
    trained: list[nn.Parameter] | None = None,
) -> Array:
    """Trains the model, all of it unless told what; its accuracies on validation and test, [2]."""
    curve = fine_tune(
        model,
        *given.training,
        groups=[{"params": trained or list(model.parameters()), "lr": rate}],
        training=training,
        generator=torch.Generator().manual_seed(seed),
        held_out=given.validation,
    )
    return np.array([curve.accuracies[-1], accuracy(model, *given.test)])


def _distance(model: EfficientNetLite0, before: EfficientNetLite0) -> float:
    """How far the filters moved, relative to their norm: one number over all layers."""
    after, first = (
        torch.cat([w.detach().flatten() for w in _filters(each)]) for each in (model, before)
    )
    return float((after - first).norm() / first.norm())


def _filters(model: EfficientNetLite0) -> list[Tensor]:
    return [layer.weight for layer in model.modules() if isinstance(layer, nn.Conv2d)]
