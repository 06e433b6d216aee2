"""Question 51: trains the networks of each comparison in one stack and keeps their curves.

Axes as in the record; a comparison's networks lie in the order [V, K, S].
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import (
    INPUTS,
    Mixture,
    Sampled,
    distribution,
    one_hot,
    sample,
    shuffled_batches,
)
from dlqa.lab.networks import Stack, concatenate
from dlqa.lab.reporting import Report, silent
from dlqa.lab.training import SGD, Adam, History, Snapshot, Task, train
from dlqa.questions.initialization.record import Array, Params, Record

# Seeds of data sets count from 0; networks and batches draw from streams of their own.
NETWORK_SEEDS, BATCH_SEEDS = 10_000, 20_000


@dataclass(frozen=True)
class Comparison:
    """Every initializer on the same data sets and batches, by seed."""

    variants: tuple[str, ...]
    initializers: tuple[str, ...]
    seeds: int
    at: tuple[int, ...]
    optimizer: Adam | SGD
    width: int = 100
    activation: str = "sigmoid"

    @property
    def networks(self) -> int:
        return len(self.variants) * len(self.initializers) * self.seeds

    def by_axes(self, values: Tensor | Array) -> Array:
        """Values [E, ...] as [V, K, S, ...]."""
        array = np.asarray(values, dtype=np.float64)
        shape = (len(self.variants), len(self.initializers), self.seeds)
        return array.reshape(*shape, *array.shape[1:])


@dataclass(frozen=True)
class Run:
    """A comparison with what its training left."""

    comparison: Comparison
    start: Stack
    history: History
    data: Sampled
    of: Tensor  # [E] each network's data set

    def observed(self, name: str) -> Array:
        """Curves [V, K, S, T]."""
        return self.comparison.by_axes(self.history.observed[name])


def run(params: Params, report: Report = silent) -> Record:
    """Trains every comparison of `params` and returns its record."""
    comparisons = _comparisons(params)
    runs = {}
    for number, (part, comparison) in enumerate(comparisons.items(), start=1):
        runs[part] = _train(comparison, params)
        report(part, number, len(comparisons), comparison.networks, comparison.at[-1])
    return _record(params, runs)


def _comparisons(params: Params) -> dict[str, Comparison]:
    adam, descent = Adam(params.rate), SGD(params.descent_rate)
    long = params.at + params.long_at
    short = tuple(name for name in params.initializers if name not in params.long_initializers)
    variants, seeds, side = params.variants, params.seeds, params.side_seeds
    planned = {
        "long runs": Comparison(
            variants, params.long_initializers, seeds, long, adam, params.width
        ),
        "short runs": Comparison(variants, short, seeds, params.at, adam, params.width),
        "gradient descent": Comparison(
            variants, params.descent_initializers, side, params.at, descent, params.width
        ),
        "xor": Comparison(("xor",), params.long_initializers, side, long, adam, params.width),
    }
    for name in params.activations:
        planned[name] = Comparison(
            variants, params.side_initializers, side, params.at, adam, params.width, name
        )
    for width in params.widths:
        planned[f"width {width}"] = Comparison(variants, ("zero",), side, long, adam, width)
    return {part: comparison for part, comparison in planned.items() if comparison.networks}


def _train(comparison: Comparison, params: Params) -> Run:
    seeds = range(comparison.seeds)
    data = _joined([_data(variant, seeds, params) for variant in comparison.variants])
    batches = shuffled_batches(
        [BATCH_SEEDS + seed for seed in seeds],
        samples=params.samples,
        steps=comparison.at[-1],
        size=params.batch,
    )
    variants = len(comparison.variants)
    of = torch.arange(variants * comparison.seeds).view(variants, 1, -1)
    of = of.expand(-1, len(comparison.initializers), -1).flatten()  # [V·K·S]
    sizes = (INPUTS, comparison.width, comparison.width, 2)
    networks = [NETWORK_SEEDS + seed for seed in seeds]
    stacks = [
        initialize(name, sizes, networks, activation=comparison.activation)
        for name in comparison.initializers
    ]
    start = concatenate(stacks * variants)
    targets = one_hot(data.labels)
    task = Task(data.inputs, targets, batches.repeat(variants, 1, 1), of)

    def observe(snapshot: Snapshot) -> dict[str, Tensor]:
        of_these = of[snapshot.members]
        guesses = snapshot.stack.outputs(data.fresh_inputs[of_these]).argmax(1)  # [e, M]
        errors = snapshot.stack.outputs(data.inputs[of_these]) - targets[of_these]
        return {
            "accuracy": (guesses == data.fresh_labels[of_these]).float().mean(1),
            "loss": errors.square().mean((1, 2)),
        }

    history = train(
        start,
        task,
        steps=comparison.at[-1],
        optimizer=comparison.optimizer,
        observe=observe,
        at=comparison.at,
    )
    return Run(comparison, start, history, data, of)


def _record(params: Params, runs: dict[str, Run]) -> Record:
    kept = len(params.at)

    def every(name: str) -> Array:
        """The source's horizon for all initializers in the order of the params."""
        curves = _by_initializer(runs, lambda run: run.observed(name)[..., :kept])
        return np.stack([curves[initializer] for initializer in params.initializers], axis=1)

    def part(name: str, axes: int) -> Array:
        return runs[name].observed("accuracy") if name in runs else np.zeros((0,) * axes)

    def state(of: Callable[[Run], Array]) -> Array:
        states = _by_initializer(runs, of)
        return np.stack([states[initializer] for initializer in params.initializers], axis=1)

    any_run = runs["short runs"]
    variants = len(params.variants)
    long = runs.get("long runs")
    return Record(
        steps=np.asarray(params.at, dtype=np.float64),
        long_steps=np.asarray(params.at + params.long_at, dtype=np.float64),
        bayes=any_run.data.bayes.view(variants, -1).numpy(),
        linear_gap=_linear_gaps(params),
        accuracy=every("accuracy"),
        loss=every("loss"),
        saturated=state(_saturation),
        logits=state(_logits),
        long_accuracy=part("long runs", 4),
        long_loss=long.observed("loss") if long else np.zeros((0,) * 4),
        disagreement=_disagreement(long) if long else np.zeros((0,) * 3),
        side_accuracy=_stacked([part(name, 4) for name in params.activations]),
        descent_accuracy=part("gradient descent", 4),
        width_accuracy=_stacked([part(f"width {width}", 4) for width in params.widths]),
        xor_bayes=runs["xor"].data.bayes.view(1, -1).numpy() if "xor" in runs else np.zeros((0, 0)),
        xor_accuracy=part("xor", 4),
    )


def _by_initializer(runs: dict[str, Run], take: Callable[[Run], Array]) -> dict[str, Array]:
    """The long and short runs' values [V, K, S, ...], one array [V, S, ...] an initializer."""
    found = {}
    for part in ("long runs", "short runs"):
        if part in runs:
            values = take(runs[part])
            names = runs[part].comparison.initializers
            found.update({name: values[:, place] for place, name in enumerate(names)})
    return found


def _saturation(run: Run) -> Array:
    """Share of hidden outputs outside 0.05..0.95, before and after, [V, K, S, 2]."""

    def share(stack: Stack) -> Tensor:
        inputs = run.data.inputs[run.of]
        layers = [((h < 0.05) | (h > 0.95)).float().mean((1, 2)) for h in stack.hidden(inputs)]
        return torch.stack(layers).mean(0)

    return run.comparison.by_axes(torch.stack([share(run.start), share(run.history.final)], 1))


def _logits(run: Run) -> Array:
    """Root mean square of the outputs on the training samples, [V, K, S]."""
    outputs = run.history.final.outputs(run.data.inputs[run.of])
    return run.comparison.by_axes(outputs.square().mean((1, 2)).sqrt())


def _disagreement(run: Run) -> Array:
    """Largest difference between units of a hidden layer, relative to its weights, [V, K, S]."""
    layers = []
    for weight in run.history.final.weights[:-1]:  # [E, O, I]
        spread = (weight - weight[:, :1]).abs().amax((1, 2))
        layers.append(spread / weight.abs().amax((1, 2)).clamp_min(1e-30))
    return run.comparison.by_axes(torch.stack(layers).amax(0))


def _linear_gaps(params: Params) -> Array:
    """Accuracy of the best linear rule on fresh points minus the Bayes limit, [V, S]."""

    def gap(variant: str, seed: int) -> float:
        law = distribution(variant, torch.Generator().manual_seed(seed))
        assert isinstance(law, Mixture), "only a Gaussian mixture has a best linear rule"
        drawn = _data(variant, [seed], params)
        right = law.best_rule(drawn.fresh_inputs[0]) == drawn.fresh_labels[0]
        return right.double().mean().item() - law.bayes()

    return np.array([[gap(v, seed) for seed in range(params.seeds)] for v in params.variants])


def _data(variant: str, seeds: Sequence[int], params: Params) -> Sampled:
    return sample(variant, seeds, samples=params.samples, fresh=params.fresh)


def _joined(parts: Sequence[Sampled]) -> Sampled:
    return Sampled(*(torch.cat(fields) for fields in zip(*map(_fields, parts), strict=True)))


def _fields(data: Sampled) -> tuple[Tensor, ...]:
    return data.inputs, data.labels, data.fresh_inputs, data.fresh_labels, data.bayes


def _stacked(arrays: Sequence[Array]) -> Array:
    return np.stack(arrays) if arrays else np.zeros((0,) * 5)
