"""Question 51: trains the networks of each comparison in one stack and keeps their curves.

Axes as in the record; a comparison's networks lie in the order [V, K, S].
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dlqa.lab.grids import Grid, grid
from dlqa.lab.initializers import gaussian
from dlqa.lab.mixtures import Mixture, Sampled, distribution
from dlqa.lab.networks import Stack
from dlqa.lab.parts import Part, side_by_side
from dlqa.lab.reporting import Report, silent
from dlqa.lab.training import SGD, Adam, Snapshot, train
from dlqa.questions.initialization.record import Array, Params, Record


@dataclass(frozen=True)
class Comparison:
    """Every initializer on the same data sets and batches, by seed.

    A number among the initializers is the standard deviation of a Gaussian. thorough: also what
    the record keeps of the source's own network beside its accuracy.
    """

    variants: tuple[str, ...]
    initializers: tuple[str | float, ...]
    seeds: int
    at: tuple[int, ...]
    optimizer: Adam | SGD
    width: int = 100
    activation: str = "sigmoid"
    thorough: bool = False

    @property
    def networks(self) -> int:
        return len(self.variants) * len(self.initializers) * self.seeds


@dataclass(frozen=True)
class Run:
    """A comparison with what its training left, each array [V, K, S, ...]."""

    comparison: Comparison
    grid: Grid
    left: Mapping[str, Array]


def run(params: Params, report: Report = silent) -> Record:
    """Trains every comparison of `params` and returns its record."""
    parts = {
        name: Part(partial(_train, comparison, params), comparison.networks, comparison.at[-1])
        for name, comparison in _comparisons(params).items()
    }
    return _record(params, side_by_side(parts, report))


def _comparisons(params: Params) -> dict[str, Comparison]:
    adam, descent = Adam(params.rate), SGD(params.descent_rate)
    long = params.at + params.long_at
    short = tuple(name for name in params.initializers if name not in params.long_initializers)
    variants, seeds, side = params.variants, params.seeds, params.side_seeds
    planned = {
        "long runs": Comparison(
            variants, params.long_initializers, seeds, long, adam, params.width, thorough=True
        ),
        "short runs": Comparison(
            variants, short, seeds, params.at, adam, params.width, thorough=True
        ),
        "gradient descent": Comparison(
            variants, params.descent_initializers, side, params.at, descent, params.width
        ),
        "xor": Comparison(("xor",), params.long_initializers, side, long, adam, params.width),
    }
    for name in params.activations:
        planned[name] = Comparison(
            variants, params.side_initializers, side, params.at, adam, params.width, name
        )
    planned["deviations"] = Comparison(
        variants[:1],
        params.deviations,
        params.spread_seeds,
        params.at,
        adam,
        params.width,
        thorough=True,
    )
    for width in params.widths:
        planned[f"width {width}"] = Comparison(variants, ("zero",), side, long, adam, width)
    return {part: comparison for part, comparison in planned.items() if comparison.networks}


def _train(comparison: Comparison, params: Params, threads: int) -> Run:
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
    draws = [
        gaussian(each) if isinstance(each, float) else each for each in comparison.initializers
    ]
    start = pairs.start(draws, hidden, comparison.activation)

    def observe(snapshot: Snapshot) -> dict[str, Tensor]:
        seen = {"accuracy": pairs.accuracy(snapshot)}
        return seen | {"loss": pairs.loss(snapshot)} if comparison.thorough else seen

    history = train(
        start,
        pairs.task,
        steps=comparison.at[-1],
        optimizer=comparison.optimizer,
        observe=observe,
        at=comparison.at,
        threads=threads,
    )
    left = dict(history.observed)
    if comparison.thorough:
        left |= _measured(pairs, start, history.final)
    return Run(comparison, pairs, {name: pairs.by_axes(values) for name, values in left.items()})


def _measured(pairs: Grid, start: Stack, final: Stack) -> dict[str, NDArray[np.generic]]:
    """What is kept of the source's network beside its curves, each [E, ...]."""
    inputs = pairs.task.inputs[pairs.task.of]  # [E, I, N]
    found = {
        "saturated": torch.stack([_saturation(start, inputs), _saturation(final, inputs)], 1),
        "logits": final.outputs(inputs).square().mean((1, 2)).sqrt(),
        "disagreement": _disagreement(final),
    }
    return {name: values.numpy() for name, values in found.items()}


def _record(params: Params, runs: Mapping[str, Run]) -> Record:
    def every(name: str, until: int | None = None) -> Array:
        """Of all initializers, [V, K, S, ...], in the order of the params."""
        found = _by_initializer(runs, name)
        return np.stack([found[each][..., :until] for each in params.initializers], axis=1)

    def of(part: str, name: str = "accuracy") -> Array:
        """What one part left, empty where the params leave it out."""
        return runs[part].left[name] if part in runs else np.zeros((0,))

    data = runs["short runs"].grid.data
    return Record(
        steps=np.asarray(params.at, dtype=np.float64),
        long_steps=np.asarray(params.at + params.long_at, dtype=np.float64),
        bayes=data.bayes.view(len(params.variants), -1).numpy(),
        linear_gap=_linear_gaps(params, data),
        accuracy=every("accuracy", len(params.at)),
        loss=every("loss", len(params.at)),
        saturated=every("saturated"),
        logits=every("logits"),
        long_accuracy=of("long runs"),
        long_loss=of("long runs", "loss"),
        disagreement=of("long runs", "disagreement"),
        side_accuracy=np.array([of(name) for name in params.activations]),
        descent_accuracy=of("gradient descent"),
        width_accuracy=np.array([of(f"width {width}") for width in params.widths]),
        xor_bayes=runs["xor"].grid.data.bayes.view(1, -1).numpy() if "xor" in runs else np.zeros(0),
        xor_accuracy=of("xor"),
        spread_accuracy=of("deviations"),
        spread_loss=of("deviations", "loss"),
        spread_saturated=of("deviations", "saturated"),
    )


def _by_initializer(runs: Mapping[str, Run], name: str) -> dict[str | float, Array]:
    """The long and short runs' values [V, K, S, ...], one array [V, S, ...] an initializer."""
    found = {}
    for part in ("long runs", "short runs"):
        if part in runs:
            names, values = runs[part].comparison.initializers, runs[part].left[name]
            found.update({each: values[:, place] for place, each in enumerate(names)})
    return found


def _saturation(stack: Stack, inputs: Tensor) -> Tensor:
    """Share of hidden outputs outside 0.05..0.95, [E]."""
    layers = [((h < 0.05) | (h > 0.95)).float().mean((1, 2)) for h in stack.hidden(inputs)]
    return torch.stack(layers).mean(0)


def _disagreement(final: Stack) -> Tensor:
    """Largest difference between units of a hidden layer, relative to its weights, [E]."""
    layers = []
    for weight in final.weights[:-1]:  # [E, O, I]
        spread = (weight - weight[:, :1]).abs().amax((1, 2))
        layers.append(spread / weight.abs().amax((1, 2)).clamp_min(1e-30))
    return torch.stack(layers).amax(0)


def _linear_gaps(params: Params, data: Sampled) -> Array:
    """Accuracy of the best linear rule on fresh points minus the Bayes limit, [V, S]."""

    def gap(variant: str, seed: int, inputs: Tensor, labels: Tensor) -> float:
        law = distribution(variant, torch.Generator().manual_seed(seed))
        assert isinstance(law, Mixture), "only a Gaussian mixture has a best linear rule"
        return (law.best_rule(inputs) == labels).double().mean().item() - law.bayes()

    sets = product(params.variants, range(params.seeds))
    drawn = zip(sets, data.fresh_inputs, data.fresh_labels, strict=True)
    gaps = [gap(*which, inputs, labels) for which, inputs, labels in drawn]
    return np.array(gaps).reshape(len(params.variants), params.seeds)
