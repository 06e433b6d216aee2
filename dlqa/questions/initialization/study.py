"""Question 51: trains the networks of each comparison in one stack and keeps their curves.

Axes: E networks, L hidden layers, I and O units of one layer and the next, N samples.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import torch
import xarray as xr
from torch import Tensor

from dlqa.lab.comparisons import Comparison, Keep, Labelled, Recipe, Trained
from dlqa.lab.grids import Grid, grid
from dlqa.lab.histories import Snapshot
from dlqa.lab.initializers import gaussian
from dlqa.lab.mixtures import Mixture, distribution
from dlqa.lab.networks import Stack
from dlqa.lab.parts import Part, Seeds
from dlqa.lab.training import SGD, Adam
from dlqa.questions.initialization.record import Params


def parts(params: Params) -> dict[str, Part]:
    """An arm on one kind of data each, so that seeds can be added where they are wanted."""
    long, most = params.at + params.long_at, params.most_seeds
    source = Comparison(
        data=params.data[:1], over="initializer", arms={}, at=params.at,
        hidden=(params.width, params.width), recipe=lambda _: Recipe(Adam(params.rate)),
        samples=params.samples, fresh=params.fresh, batch=params.batch,
    )  # fmt: skip
    descent = replace(source, recipe=lambda _: Recipe(SGD(params.descent_rate)))
    found: dict[str, Part] = {}

    def add(
        keep: Keep, networks: Comparison, setting: str, data: str, name: str, at: Sequence[int]
    ) -> None:
        place = {"setting": setting}
        arm = replace(networks, data=(data,), arms={name: name}, at=at, place=place)
        part = arm.part(keep, params.seeds, most=most, observe=_accuracy_and_loss)
        found[f"{setting}, {data}, {name}"] = part

    for data in params.data:
        for name in params.initializers:
            at = long if name in params.long_initializers else params.at
            add(_thorough, source, "sigmoid", data, name, at)
        for name, other in product(params.side_initializers, params.activations):
            add(_curves, replace(source, activation=other), other, data, name, params.at)
        for name in params.descent_initializers:
            add(_curves, descent, "descent", data, name, params.at)
        for width in params.widths:
            networks = replace(source, hidden=(width, width))
            add(_curves, networks, f"width_{width}", data, "zero", long)
    for name in params.xor_initializers:
        add(_curves, source, "sigmoid", "xor", name, long)
    for setting, name in params.untrained:
        found[f"untrained, {setting}, {name}"] = untrained(params, setting, name)
    if params.deviations:
        draws = {each: gaussian(each) for each in params.deviations}
        spread = replace(source, over="deviation", arms=draws)
        found["deviations"] = spread.part(_spread, params.seeds, observe=_accuracy_and_loss)
    return found


def _curves(trained: Trained) -> xr.Dataset:
    """Accuracy by step, and the data's limits."""
    seen, limits = trained.observed(), trained.of_data(bayes=trained.grid.data.bayes)
    return xr.merge((trained.block({"accuracy": seen["accuracy"]}), limits), join="exact")


def _thorough(trained: Trained) -> xr.Dataset:
    """All that is kept of the source's own network."""
    limits = trained.of_data(bayes=trained.grid.data.bayes, linear_gap=_linear_gaps(trained))
    found = trained.observed() | _saturated(trained)
    found["gradients_apart"] = ((), _apart(_first_gradients(trained)))
    found["units_apart"] = ((), _apart(trained.final.weights[:-1]))
    return xr.merge((trained.block(found, MOMENTS), limits), join="exact")


def _spread(trained: Trained) -> xr.Dataset:
    block = trained.block(trained.observed() | _saturated(trained), MOMENTS)
    return block.rename({name: f"spread_{name}" for name in block.data_vars})


DIMS = ("setting", "initializer", "seed", "layer")  # of what is measured before training
MOMENTS: Mapping[str, Sequence[object]] = {"moment": ("start", "end")}


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


def _first_gradients(trained: Trained) -> tuple[Tensor, ...]:
    """The loss's gradient by the weights of each hidden layer, [E, O, I]."""
    start, task = trained.start, trained.grid.task
    weights = tuple(weight.detach().requires_grad_() for weight in start.weights)
    outputs = Stack(weights, start.biases, start.activation).outputs(task.inputs[task.of])
    losses = (outputs - task.targets[task.of]).square().mean((1, 2))  # [E]
    return torch.autograd.grad(losses.sum(), weights[:-1])


def _apart(layers: Sequence[Tensor]) -> Tensor:
    """Largest difference between units of a layer [E, O, I], relative to its largest number, [E]."""
    apart = [(each - each[:, :1]).abs().amax((1, 2)) for each in layers]
    largest = [each.abs().amax((1, 2)).clamp_min(1e-30) for each in layers]
    return torch.stack([one / of for one, of in zip(apart, largest, strict=True)]).amax(0)


def _linear_gaps(trained: Trained) -> list[float]:
    """Accuracy of the best linear rule on fresh points minus the Bayes limit, [data · seed]."""
    fresh = trained.grid.data.fresh_inputs, trained.grid.data.fresh_labels
    gaps = []
    for (name, seed), inputs, labels in zip(trained.sets, *fresh, strict=True):
        law = distribution(name, torch.Generator().manual_seed(seed))
        assert isinstance(law, Mixture), "only a Gaussian mixture has a best linear rule"
        gaps.append((law.best_rule(inputs) == labels).double().mean().item() - law.bayes())
    return gaps


def untrained(params: Params, setting: str, initializer: str) -> Part:
    """The part that measures deep networks of one activation and initializer before training."""

    def run(seeds: Seeds, _: int) -> xr.Dataset:
        pairs = grid(["independent"], 1, seeds, steps=1, samples=params.samples, fresh=0)
        start = pairs.start([initializer], (params.width,) * params.depth, setting)
        layers, which = range(1, params.depth + 1), list(pairs.which)
        labels = dict(zip(DIMS, ([setting], [initializer], which, layers), strict=True))
        found = zip(("signal", "error"), mean_squares(start, pairs), strict=True)
        return xr.Dataset({name: (DIMS, each[None, None]) for name, each in found}, labels)

    return Part(run, params.seeds, networks=1, most=params.seeds)


def mean_squares(stack: Stack, pairs: Grid) -> tuple[Tensor, Tensor]:
    """Of each hidden layer's outputs, and of the loss's gradient by them over the last one's, [E, L]."""
    layers = stack.hidden(pairs.task.inputs[pairs.task.of].requires_grad_())  # [E, O, N] each
    outputs = torch.baddbmm(stack.biases[-1], stack.weights[-1], layers[-1])
    losses = (outputs - pairs.task.targets[pairs.task.of]).square().mean((1, 2))  # [E]
    errors = _sizes(torch.autograd.grad(losses.sum(), layers))
    return _sizes([layer.detach() for layer in layers]), errors / errors[:, -1:]


def _sizes(layers: list[Tensor] | tuple[Tensor, ...]) -> Tensor:
    return torch.stack([each.double().square().mean((1, 2)) for each in layers], 1)
