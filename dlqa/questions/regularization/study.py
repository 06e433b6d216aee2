"""Question 53: trains networks with and without regularization on the same data, in one stack a way.

Axes as in the record; a group's networks lie in the order [V, A, S].
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from dlqa.lab.grids import Grid, grid
from dlqa.lab.mixtures import Mixture, distribution
from dlqa.lab.networks import Stack
from dlqa.lab.reporting import Report, silent
from dlqa.lab.training import Adam, Penalty, Proximal, Snapshot, train
from dlqa.questions.regularization.record import (
    FIFTY,
    SHOWN,
    STRENGTHS,
    Array,
    Params,
    Record,
    arms,
)

# |w| = 0, then four thresholds a decade from 1e-6 to 3; 1e-3 is among them.
THRESHOLDS = np.array([0.0, *10.0 ** (np.arange(-24, 3) / 4)])
SAMPLE_SEED = 53  # of the fifty weights that are followed, the same for every network
COUNTED = 64  # networks whose fresh points are classified at once, to stay small in memory


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
    groups = _groups(params)
    runs = []
    for number, (part, group) in enumerate(groups.items(), start=1):
        runs.append(_train(group, params))
        report(part, number, len(groups), group.networks, params.at[-1])
    return _record(params, runs)


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


def _train(group: Group, params: Params) -> Run:
    pairs = grid(
        group.variants,
        len(group.strengths),
        group.seeds,
        steps=params.at[-1],
        samples=params.samples,
        fresh=params.fresh,
        batch=params.batch,
    )
    hidden = (params.width, params.width)
    start = pairs.start(["xavier"] * len(group.strengths), hidden, group.activation)
    strengths = torch.tensor(list(group.strengths.values()), dtype=torch.float64)
    strength = strengths.repeat_interleave(group.seeds).repeat(len(group.variants))  # [E]
    drawn = _drawn(start)

    def observe(snapshot: Snapshot) -> dict[str, Tensor]:
        return {"size": _sizes(snapshot.stack), "paths": _followed(snapshot.stack, drawn)}

    history = train(
        start,
        pairs.task,
        steps=params.at[-1],
        optimizer=Adam(params.rate, weight_decay=strength if group.how == "decay" else 0.0),
        penalty=Penalty(group.how, strength) if group.how in ("l1", "l2") else None,
        proximal=Proximal(strength, "adam") if group.how == "proximal" else None,
        observe=observe,
        at=params.at,
    )
    left = {
        "accuracy": _accuracies(pairs, history.final),
        "fitted": _fitted(pairs, history.final),
        "below": _below(history.final),
        "fifty": _followed(history.final, drawn).abs().nanmean(3),
    }
    seen = {name: torch.as_tensor(values) for name, values in history.observed.items()}
    by_axes = {name: pairs.by_axes(values) for name, values in (left | seen).items()}
    return Run(group, pairs, by_axes)


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
        demand=_demands(params),
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


def _accuracies(pairs: Grid, final: Stack) -> Tensor:
    """Shares of fresh points that are classified rightly, [E]."""
    parts = torch.split(torch.arange(len(final)), COUNTED)
    return torch.cat([pairs.accuracy(Snapshot(0, final.select(part), part)) for part in parts])


def _fitted(pairs: Grid, final: Stack) -> Tensor:
    """Shares of training samples that are classified rightly, [E]."""
    guesses = final.outputs(pairs.task.inputs[pairs.task.of]).argmax(1)  # [E, N]
    labels = pairs.data.labels[pairs.task.of]
    return (guesses == labels).float().mean(1)


def _sizes(stack: Stack) -> Tensor:
    """Mean of |w| in each layer, [E, L]."""
    return torch.stack([weight.abs().mean((1, 2)) for weight in stack.weights], 1)


def _below(stack: Stack) -> Tensor:
    """Share of all weights with |w| at most each threshold, [E, Q]."""
    sizes = torch.cat([weight.flatten(1) for weight in stack.weights], 1).abs().double()
    limits = torch.from_numpy(THRESHOLDS).expand(len(sizes), -1).contiguous()
    return torch.searchsorted(sizes.sort(1).values, limits, right=True) / sizes.shape[1]


def _drawn(stack: Stack) -> list[Tensor]:
    """Places in each layer's flattened weights, [2, F]: drawn at random, then the source's last.

    The source's matrices are [inputs, outputs], so that its last fifty leave the last inputs.
    """
    generator = torch.Generator().manual_seed(SAMPLE_SEED)
    places = []
    for weight in stack.weights:  # [E, O, I]
        units, inputs = weight.shape[1:]
        count = units * inputs
        followed = min(FIFTY, count)
        as_source = torch.arange(count).view(units, inputs).T.flatten()
        random = torch.randperm(count, generator=generator)[:followed]
        places.append(torch.stack([random, as_source[-followed:]]))
    return places


def _followed(stack: Stack, drawn: list[Tensor]) -> Tensor:
    """The weights at those places, [E, L, 2, F]; NaN where a layer has fewer."""
    found = torch.full((len(stack), len(drawn), 2, FIFTY), torch.nan)
    for layer, (weight, places) in enumerate(zip(stack.weights, drawn, strict=True)):
        rows, columns = places // weight.shape[2], places % weight.shape[2]
        found[:, layer, :, : places.shape[1]] = weight[:, rows, columns]
    return found


def _demands(params: Params) -> Array:
    """Length of Σ⁻¹μ, the normal of the best boundary with its scale, [V, S]."""

    def length(variant: str, seed: int) -> float:
        law = distribution(variant, torch.Generator().manual_seed(seed))
        assert isinstance(law, Mixture), "only a Gaussian mixture has one best hyperplane"
        normal = torch.linalg.solve(law.factor.T @ law.factor, law.shift)
        return float(torch.linalg.vector_norm(normal))

    return np.array([[length(v, seed) for seed in range(params.seeds)] for v in params.variants])
