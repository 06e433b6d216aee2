"""Question 51: trains the networks of each comparison in one stack and keeps their curves."""

from collections.abc import Mapping, Sequence
from itertools import product

import torch
import xarray as xr
from torch import Tensor

from dlqa.lab.comparisons import Comparison, Keep, Labelled, Recipe, Trained
from dlqa.lab.grids import Grid
from dlqa.lab.histories import Snapshot
from dlqa.lab.initializers import gaussian
from dlqa.lab.mixtures import Mixture, distribution
from dlqa.lab.networks import Stack
from dlqa.lab.parts import Part
from dlqa.lab.training import SGD, Adam
from dlqa.questions.initialization.record import Params


def parts(params: Params) -> dict[str, Part]:
    """An arm on one kind of data each, so that seeds can be added where they are wanted."""
    long, side = params.at + params.long_at, params.side_seeds
    found: dict[str, Part] = {}

    def add(
        keep: Keep,
        setting: str,
        data: str,
        initializer: str,
        at: Sequence[int],
        seeds: int,
        *,
        width: int = params.width,
        optimizer: Adam | SGD = Adam(params.rate),  # noqa: B008 (frozen)
    ) -> None:
        comparison = Comparison(
            data=(data,),
            over="initializer",
            arms={initializer: initializer},
            at=at,
            hidden=(width, width),
            recipe=lambda _: Recipe(optimizer),
            activation=setting if setting in params.activations else "sigmoid",
            place={"setting": setting},
            samples=params.samples,
            fresh=params.fresh,
            batch=params.batch,
        )
        observe = _accuracy if keep is _curves else _accuracy_and_loss
        part = comparison.part(keep, seeds, most=params.most_seeds, observe=observe)
        found[f"{setting}, {data}, {initializer}"] = part

    for data in params.data:
        for name in params.initializers:
            at = long if name in params.long_initializers else params.at
            add(_thorough, "sigmoid", data, name, at, params.seeds)
        for name, setting in product(params.side_initializers, params.activations):
            add(_curves, setting, data, name, params.at, side)
        for name in params.descent_initializers:
            descent = SGD(params.descent_rate)
            add(_curves, "descent", data, name, params.at, side, optimizer=descent)
        for width in params.widths:
            add(_curves, f"width_{width}", data, "zero", long, side, width=width)
    for name in params.xor_initializers:
        add(_curves, "sigmoid", "xor", name, long, side)
    return found | _deviations(params)


def _deviations(params: Params) -> dict[str, Part]:
    comparison = Comparison(
        data=params.data[:1],
        over="deviation",
        arms={deviation: gaussian(deviation) for deviation in params.deviations},
        at=params.at,
        hidden=(params.width, params.width),
        recipe=lambda _: Recipe(Adam(params.rate)),
        samples=params.samples,
        fresh=params.fresh,
        batch=params.batch,
    )
    part = comparison.part(_spread, params.spread_seeds, observe=_accuracy_and_loss)
    return {"deviations": part} if params.deviations else {}


def _curves(trained: Trained) -> xr.Dataset:
    """Accuracy by step, and the data's limits."""
    limits = trained.of_data(bayes=trained.grid.data.bayes)
    return xr.merge((trained.block(trained.observed()), limits), join="exact")


def _thorough(trained: Trained) -> xr.Dataset:
    """All that is kept of the source's own network."""
    limits = trained.of_data(bayes=trained.grid.data.bayes, linear_gap=_linear_gaps(trained))
    found = trained.observed() | _saturated(trained)
    found["disagreement"] = ((), _disagreement(trained.final))
    return xr.merge((trained.block(found, MOMENTS), limits), join="exact")


def _spread(trained: Trained) -> xr.Dataset:
    block = trained.block(trained.observed() | _saturated(trained), MOMENTS)
    return block.rename({name: f"spread_{name}" for name in block.data_vars})


MOMENTS: Mapping[str, Sequence[object]] = {"moment": ("start", "end")}


def _accuracy(pairs: Grid, snapshot: Snapshot) -> dict[str, Tensor]:
    return {"accuracy": pairs.accuracy(snapshot)}


def _accuracy_and_loss(pairs: Grid, snapshot: Snapshot) -> dict[str, Tensor]:
    return {"accuracy": pairs.accuracy(snapshot), "loss": pairs.loss(snapshot)}


def _saturated(trained: Trained) -> dict[str, Labelled]:
    task = trained.grid.task
    inputs = task.inputs[task.of]  # [E, I, N]
    shares = [_saturation(stack, inputs) for stack in (trained.start, trained.final)]
    return {"saturated": (("moment",), torch.stack(shares, 1))}


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


def _linear_gaps(trained: Trained) -> list[float]:
    """Accuracy of the best linear rule on fresh points minus the Bayes limit, [data · seed]."""

    def gap(name: str, seed: int, inputs: Tensor, labels: Tensor) -> float:
        law = distribution(name, torch.Generator().manual_seed(seed))
        assert isinstance(law, Mixture), "only a Gaussian mixture has a best linear rule"
        return (law.best_rule(inputs) == labels).double().mean().item() - law.bayes()

    fresh = trained.grid.data.fresh_inputs, trained.grid.data.fresh_labels
    drawn = zip(trained.sets, *fresh, strict=True)
    return [gap(*which, inputs, labels) for which, inputs, labels in drawn]
