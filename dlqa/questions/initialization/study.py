"""Question 51: trains the networks of each comparison in one stack and keeps their curves.

Axes as in the record; a comparison's networks lie in the order [V, K, S].
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from dlqa.lab.grids import Grid, grid
from dlqa.lab.mixtures import Mixture, distribution, sample
from dlqa.lab.networks import Stack
from dlqa.lab.reporting import Report, silent
from dlqa.lab.training import SGD, Adam, History, Snapshot, train
from dlqa.questions.initialization.record import Array, Params, Record


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


@dataclass(frozen=True)
class Run:
    """A comparison with what its training left."""

    comparison: Comparison
    grid: Grid
    start: Stack
    history: History

    def observed(self, name: str) -> Array:
        """Curves [V, K, S, T]."""
        return self.grid.by_axes(self.history.observed[name])

    def training_inputs(self) -> Tensor:
        """Each network's training samples, [E, I, N]."""
        return self.grid.task.inputs[self.grid.task.of]


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
    pairs = grid(
        comparison.variants,
        len(comparison.initializers),
        comparison.seeds,
        steps=comparison.at[-1],
        samples=params.samples,
        fresh=params.fresh,
        batch=params.batch,
    )
    hidden = (comparison.width, comparison.width)
    start = pairs.start(comparison.initializers, hidden, comparison.activation)

    def observe(snapshot: Snapshot) -> dict[str, Tensor]:
        return {"accuracy": pairs.accuracy(snapshot), "loss": pairs.loss(snapshot)}

    history = train(
        start,
        pairs.task,
        steps=comparison.at[-1],
        optimizer=comparison.optimizer,
        observe=observe,
        at=comparison.at,
    )
    return Run(comparison, pairs, start, history)


def _record(params: Params, runs: dict[str, Run]) -> Record:
    kept = len(params.at)

    def every(take: Callable[[Run], Array]) -> Array:
        """Of all initializers, [V, K, S, ...], in the order of the params."""
        found = _by_initializer(runs, take)
        return np.stack([found[initializer] for initializer in params.initializers], axis=1)

    def accuracy(part: str) -> Array:
        """Curves of one part, empty where the params leave it out."""
        return runs[part].observed("accuracy") if part in runs else np.zeros((0,))

    limits = runs["short runs"].grid.data.bayes.view(len(params.variants), -1)
    long = runs.get("long runs")
    return Record(
        steps=np.asarray(params.at, dtype=np.float64),
        long_steps=np.asarray(params.at + params.long_at, dtype=np.float64),
        bayes=limits.numpy(),
        linear_gap=_linear_gaps(params),
        accuracy=every(lambda run: run.observed("accuracy")[..., :kept]),
        loss=every(lambda run: run.observed("loss")[..., :kept]),
        saturated=every(_saturation),
        logits=every(_logits),
        long_accuracy=accuracy("long runs"),
        long_loss=long.observed("loss") if long else np.zeros((0,)),
        disagreement=_disagreement(long) if long else np.zeros((0,)),
        side_accuracy=np.array([accuracy(name) for name in params.activations]),
        descent_accuracy=accuracy("gradient descent"),
        width_accuracy=np.array([accuracy(f"width {width}") for width in params.widths]),
        xor_bayes=runs["xor"].grid.data.bayes.view(1, -1).numpy() if "xor" in runs else np.zeros(0),
        xor_accuracy=accuracy("xor"),
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
        inputs = run.training_inputs()
        layers = [((h < 0.05) | (h > 0.95)).float().mean((1, 2)) for h in stack.hidden(inputs)]
        return torch.stack(layers).mean(0)

    return run.grid.by_axes(torch.stack([share(run.start), share(run.history.final)], 1))


def _logits(run: Run) -> Array:
    """Root mean square of the outputs on the training samples, [V, K, S]."""
    outputs = run.history.final.outputs(run.training_inputs())
    return run.grid.by_axes(outputs.square().mean((1, 2)).sqrt())


def _disagreement(run: Run) -> Array:
    """Largest difference between units of a hidden layer, relative to its weights, [V, K, S]."""
    layers = []
    for weight in run.history.final.weights[:-1]:  # [E, O, I]
        spread = (weight - weight[:, :1]).abs().amax((1, 2))
        layers.append(spread / weight.abs().amax((1, 2)).clamp_min(1e-30))
    return run.grid.by_axes(torch.stack(layers).amax(0))


def _linear_gaps(params: Params) -> Array:
    """Accuracy of the best linear rule on fresh points minus the Bayes limit, [V, S]."""

    def gap(variant: str, seed: int) -> float:
        law = distribution(variant, torch.Generator().manual_seed(seed))
        assert isinstance(law, Mixture), "only a Gaussian mixture has a best linear rule"
        drawn = sample(variant, [seed], samples=params.samples, fresh=params.fresh)
        right = law.best_rule(drawn.fresh_inputs[0]) == drawn.fresh_labels[0]
        return right.double().mean().item() - law.bayes()

    return np.array([[gap(v, seed) for seed in range(params.seeds)] for v in params.variants])
