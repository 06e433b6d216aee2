"""Question 53: trains networks with and without regularization on the same data, in one stack a way.

Axes as in the record; a group's networks lie in the order [V, A, S].
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dlqa.lab.grids import Grid, grid
from dlqa.lab.networks import Stack
from dlqa.lab.parts import Part, side_by_side
from dlqa.lab.reporting import Report, silent
from dlqa.lab.training import Adam, Penalty, Proximal, Snapshot, train
from dlqa.questions.regularization.measures import (
    THRESHOLDS,
    below,
    demand,
    fitted,
    followed,
    places_of,
    sizes,
)
from dlqa.questions.regularization.record import (
    SHOWN,
    STRENGTHS,
    Array,
    Params,
    Record,
    arms,
)


@dataclass(frozen=True)
class Group:
    """Arms of one way of regularizing, by name; `how` is "none", a penalty's kind or another way."""

    how: str
    strengths: dict[str, float]
    variants: tuple[str, ...]
    seeds: int
    activation: str = "sigmoid"

    @property
    def networks(self) -> int:
        return len(self.variants) * len(self.strengths) * self.seeds


@dataclass(frozen=True)
class Run:
    """What a group's training left, each array [V, A, S, ...] of the group's own axes."""

    group: Group
    grid: Grid
    left: dict[str, Array]


def run(params: Params, report: Report = silent) -> Record:
    """Trains every group of `params` and returns its record."""
    parts = {
        name: Part(partial(_train, group, params), group.networks, params.at[-1])
        for name, group in _groups(params).items()
    }
    return _record(params, list(side_by_side(parts, report).values()))


def _groups(params: Params) -> dict[str, Group]:
    words = dict(zip(STRENGTHS, params.strengths, strict=False))

    def ways(how: str) -> dict[str, float]:
        return {f"{how}_{word}": strength for word, strength in words.items()}

    variants = params.variants
    # Twice the seeds: the second half are the other data sets of the unpaired comparison.
    groups = {"none": Group("none", {"none": 0.0}, variants, 2 * params.seeds)}
    for how in params.penalties:
        groups[how] = Group(how, ways(how), variants, params.seeds)
    for how in params.alternatives:
        strengths = ways(how)
        if how == "decay":  # the gradient of λ · mean(w²) is 2 λ / n times a weight
            strengths["decay_matched"] = 2 * params.matched / params.width**2
        groups[how] = Group(how, strengths, variants, params.side_seeds)
    for name in params.activations:
        mild = zip(STRENGTHS, params.activation_strengths, strict=False)
        strengths = {f"{name}_none": 0.0} | {f"{name}_{word}": strength for word, strength in mild}
        only = (params.activation_variant,)
        groups[name] = Group("l2", strengths, only, params.activation_seeds, name)
    return groups


def _train(group: Group, params: Params, threads: int) -> Run:
    pairs, start = _prepared(group, params)
    strengths = torch.tensor(list(group.strengths.values()), dtype=torch.float64)
    strength = strengths.repeat_interleave(group.seeds).repeat(len(group.variants))  # [E]
    places = places_of(start)

    def observe(snapshot: Snapshot) -> dict[str, Tensor]:
        return {"size": sizes(snapshot.stack), "paths": followed(snapshot.stack, places)}

    history = train(
        start,
        pairs.task,
        steps=params.at[-1],
        optimizer=Adam(params.rate, weight_decay=strength if group.how == "decay" else 0.0),
        penalty=Penalty(group.how, strength) if group.how in ("l1", "l2") else None,
        proximal=Proximal(strength, "adam") if group.how == "proximal" else None,
        observe=observe,
        at=params.at,
        threads=threads,
    )
    left = {**history.observed, **_measured(pairs, history.final, places)}
    return Run(group, pairs, {name: pairs.by_axes(values) for name, values in left.items()})


def _prepared(group: Group, params: Params) -> tuple[Grid, Stack]:
    """The group's data sets and batches, and its untrained networks."""
    pairs = grid(
        group.variants,
        len(group.strengths),
        group.seeds,
        steps=params.at[-1],
        samples=params.samples,
        fresh=params.fresh,
        batch=params.batch,
    )
    draws, hidden = ["xavier"] * len(group.strengths), (params.width, params.width)
    return pairs, pairs.start(draws, hidden, group.activation)


def _measured(pairs: Grid, final: Stack, places: list[Tensor]) -> dict[str, NDArray[np.generic]]:
    """What is kept of trained networks, each [E, ...]."""
    every = Snapshot(0, final, torch.arange(len(final)))
    found = {
        "accuracy": pairs.accuracy(every),
        "fitted": fitted(pairs, final),
        "below": below(final),
        "fifty": followed(final, places).abs().nanmean(3),
    }
    return {name: values.numpy() for name, values in found.items()}


def _record(params: Params, runs: list[Run]) -> Record:
    names, first = arms(params), runs[0]

    def gathered(name: str) -> Array:
        """Of all arms, [V, A, S, ...]."""
        rest = first.left[name].shape[3:]
        found = np.full((len(params.variants), len(names), params.seeds, *rest), np.nan)
        for each in runs:
            for place, arm in enumerate(each.group.strengths):
                for row, variant in enumerate(each.group.variants):
                    values = each.left[name][row, place, : params.seeds]
                    where = params.variants.index(variant), names.index(arm)
                    found[where][: len(values)] = values
        return found

    return Record(
        steps=np.asarray(params.at, dtype=np.float64),
        thresholds=THRESHOLDS,
        weights=np.array([12 * params.width, params.width**2, 2 * params.width], np.float64),
        bayes=first.grid.data.bayes.view(len(params.variants), -1).numpy()[:, : params.seeds],
        demand=np.array([[demand(v, s) for s in range(params.seeds)] for v in params.variants]),
        accuracy=gathered("accuracy"),
        unpaired_accuracy=first.left["accuracy"][:, 0, params.seeds :],
        fitted=gathered("fitted"),
        size=gathered("size"),
        fifty=gathered("fifty"),
        below=gathered("below"),
        paths=np.array([_shown(runs, arm) for arm in SHOWN if arm in names]),
    )


def _shown(runs: list[Run], arm: str) -> Array:
    """What was followed of an arm's first network, [T, L, 2, F]."""
    [found] = [each for each in runs if arm in each.group.strengths]
    return np.asarray(found.left["paths"][0, list(found.group.strengths).index(arm), 0])
