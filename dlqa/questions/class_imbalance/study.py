"""Question 47: trains networks on imbalanced classes, the source's and those of every remedy.

Axes: E networks, one a seed; e networks of a chunk; N points.
"""

import math
from collections.abc import Sequence
from functools import partial

import numpy as np
import torch
import xarray as xr
from torch import Tensor

from dlqa.lab.blocks import Measured, block
from dlqa.lab.histories import Snapshot
from dlqa.lab.objectives import focal
from dlqa.lab.parts import Part
from dlqa.lab.training import Adam, train
from dlqa.questions.class_imbalance import scores
from dlqa.questions.class_imbalance.clouds import evidence
from dlqa.questions.class_imbalance.lessons import VALIDATION, Lesson, Plan, by_range, scaled
from dlqa.questions.class_imbalance.record import BALANCING, LIMITS, READS, SHOWN, VARIABLES, Params


def parts(params: Params) -> dict[str, Part]:
    """An arm at a ratio on a kind of data each, so that seeds can be added where a claim is open."""
    found, most = dict[str, Part](), params.most_seeds
    for ratio in reversed(params.source_ratios):  # what takes longest begins first
        limit = 2 * most if ratio == params.source_ratios[-1] else most
        for arm in ("plain", "copies") if ratio > 1 else ("plain",):
            run, steps = partial(_source, params, arm, ratio), params.source_steps
            name = f"source, {arm}, {ratio}:1"
            found[name] = Part(run, params.source_seeds, 1, steps, most=limit)
    ratios = {"plain": (1, *params.ratios), "copies": params.ratios}
    for kind in params.kinds:
        for arm in params.rates:
            for ratio in ratios.get(arm, params.ratios[-1:]):
                run, steps = partial(_compared, params, kind, arm, ratio), params.at[-1]
                found[f"{kind}, {arm}, {ratio}:1"] = Part(run, params.seeds, 1, steps, most=most)
    return found


def _source(params: Params, arm: str, ratio: int, seeds: Sequence[int], threads: int) -> xr.Dataset:
    """The source's network, shown fresh points scaled by themselves, as there, and as in training."""
    network, steps = ("xavier", params.source_width, "sigmoid"), params.source_steps
    plan = Plan("source", arm, ratio, params.samples, network, steps, params.source_batch)
    lesson = Lesson.of(plan, seeds)
    final = train(
        lesson.start, lesson.task, steps=steps, loss="cross entropy",
        optimizer=Adam(params.source_rate), threads=threads,
    ).final  # fmt: skip
    points = lesson.fresh(params.source_fresh // 2)
    separate = torch.stack([scaled(each, by_range(each)) for each in points]).float()
    shared = scores.log_odds(final, lesson.seen(points))
    odds = (scores.log_odds(final, separate), shared, shared + math.log(ratio))
    accuracy = torch.stack([scores.balanced_accuracy(each) for each in odds])
    labels = {"seed": seeds, "shown": SHOWN}
    return block({"source_accuracy": accuracy}, VARIABLES, labels, arm=arm, ratio=ratio)


def _compared(
    params: Params, kind: str, arm: str, ratio: int, seeds: Sequence[int], threads: int
) -> xr.Dataset:
    """A remedy's networks, each at the step of its lowest own loss of validation points."""
    samples = params.samples * (params.plenty if arm == "more" else 1)
    network, steps = ("he", params.width, "relu"), params.at[-1]
    lesson = Lesson.of(Plan(kind, arm, ratio, samples, network, steps, params.batch), seeds)
    points, gamma = lesson.fresh(params.fresh // 2), params.gamma if arm == "focal" else 0.0
    shown, checked = map(lesson.seen, (points, lesson.fresh(params.validation // 2, VALIDATION)))
    prior, distance = 1 / (1 + ratio), math.log(ratio)
    learned, shift = (0.5, -distance) if arm in BALANCING else (prior, distance)

    def watch(seen: Snapshot) -> dict[str, Tensor]:
        odds = scores.log_odds(seen.stack, shown[seen.members])
        read = (odds, odds + shift)
        found = {
            "own": scores.loss(scores.log_odds(seen.stack, checked[seen.members]), learned, gamma),
            "accuracy": torch.stack([scores.balanced_accuracy(each) for each in read], 1),
            "area": scores.area(odds),
            "brier": torch.stack([scores.brier(each, prior) for each in read], 1),
            "promised": torch.stack([scores.promised(each, prior) for each in read], 1),
        }
        if (kind, arm) == ("line", "plain"):
            found["above"] = scores.above(odds, torch.from_numpy(LIMITS))
        return found

    history = train(
        lesson.start, lesson.task, steps=steps, optimizer=Adam(params.rates[arm]),
        loss=focal(gamma) if arm == "focal" else "cross entropy",
        observe=watch, at=params.at, threads=threads,
    )  # fmt: skip
    if (history.diverged_at >= 0).any():
        raise FloatingPointError(f"a weight was not finite: {history.diverged_at.tolist()}")
    best = history.observed["own"].argmin(1)
    every = np.arange(len(best))
    seen = {name: each[every, best] for name, each in history.observed.items() if name != "own"}
    best_rule = [evidence(*each) for each in zip(lesson.clouds, points, strict=True)]
    values: Measured = {
        **{name: np.moveaxis(each, 0, -1) for name, each in seen.items()},
        "stop": history.at[best],
        "rule": scores.balanced_accuracy(torch.stack(best_rule) - distance),
    }
    labels = {"seed": seeds, "read": READS, "label": ("rare", "frequent"), "limit": LIMITS.tolist()}
    return _labelled(values, labels, kind=kind, arm=arm, ratio=ratio)


def _labelled(values: Measured, labels: dict[str, Sequence[object]], **place: object) -> xr.Dataset:
    """The block of the record, each variable with those of the labels that it has."""
    blocks = [
        block({name: each}, VARIABLES, labels, **{dim: place[dim] for dim in place.keys() & VARIABLES[name]})
        for name, each in values.items()
    ]  # fmt: skip
    return xr.merge(blocks, join="exact")
