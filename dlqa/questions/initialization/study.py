"""Question 51: trains the networks of each comparison in one stack and keeps their curves."""

from collections.abc import Mapping, Sequence
from itertools import product

import torch
import xarray as xr
from torch import Tensor

from dlqa.lab.comparisons import Comparison, Keep, Labelled, Recipe, Trained
from dlqa.lab.grids import Grid
from dlqa.lab.histories import Snapshot
from dlqa.lab.initializers import Draw, gaussian
from dlqa.lab.mixtures import Mixture, distribution
from dlqa.lab.networks import Stack
from dlqa.lab.parts import Part
from dlqa.lab.training import SGD, Adam
from dlqa.questions.initialization import depths
from dlqa.questions.initialization.record import Params


def parts(params: Params) -> dict[str, Part]:
    """An arm on one kind of data each, so that seeds can be added where they are wanted."""
    long, most = params.at + params.long_at, params.most_seeds
    found: dict[str, Part] = {}

    def comparison(
        data: str, over: str, arms: Mapping[str, str] | Mapping[float, Draw], at: Sequence[int], setting: str = "",
        *, width: int = params.width, optimizer: Adam | SGD = Adam(params.rate),  # noqa: B008 (frozen)
    ) -> Comparison:  # fmt: skip
        return Comparison(
            data=(data,), over=over, arms=arms, at=at, hidden=(width, width),
            recipe=lambda _: Recipe(optimizer),
            activation=setting if setting in params.activations else "sigmoid",
            place={"setting": setting} if setting else {},
            samples=params.samples, fresh=params.fresh, batch=params.batch,
        )  # fmt: skip

    def add(
        keep: Keep, setting: str, data: str, initializer: str, at: Sequence[int],
        *, width: int = params.width, optimizer: Adam | SGD = Adam(params.rate),  # noqa: B008 (frozen)
    ) -> None:  # fmt: skip
        arm = {initializer: initializer}
        own = comparison(data, "initializer", arm, at, setting, width=width, optimizer=optimizer)
        observe = _accuracy if keep is _curves else _accuracy_and_loss
        part = own.part(keep, params.seeds, most=most, observe=observe)
        found[f"{setting}, {data}, {initializer}"] = part

    for data in params.data:
        for name in params.initializers:
            at = long if name in params.long_initializers else params.at
            add(_thorough, "sigmoid", data, name, at)
        for name, setting in product(params.side_initializers, params.activations):
            add(_curves, setting, data, name, params.at)
        for name in params.descent_initializers:
            descent = SGD(params.descent_rate)
            add(_curves, "descent", data, name, params.at, optimizer=descent)
        for width in params.widths:
            add(_curves, f"width_{width}", data, "zero", long, width=width)
    for name in params.xor_initializers:
        add(_curves, "sigmoid", "xor", name, long)
    for setting, name in params.untrained:
        found[f"untrained, {setting}, {name}"] = depths.part(params, setting, name)
    if params.deviations:
        draws = {each: gaussian(each) for each in params.deviations}
        spread = comparison(params.data[0], "deviation", draws, params.at)
        found["deviations"] = spread.part(_spread, params.seeds, observe=_accuracy_and_loss)
    return found


def _curves(trained: Trained) -> xr.Dataset:
    """Accuracy by step, and the data's limits."""
    limits = trained.of_data(bayes=trained.grid.data.bayes)
    return xr.merge((trained.block(trained.observed()), limits), join="exact")


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

    def gap(name: str, seed: int, inputs: Tensor, labels: Tensor) -> float:
        law = distribution(name, torch.Generator().manual_seed(seed))
        assert isinstance(law, Mixture), "only a Gaussian mixture has a best linear rule"
        return (law.best_rule(inputs) == labels).double().mean().item() - law.bayes()

    fresh = trained.grid.data.fresh_inputs, trained.grid.data.fresh_labels
    drawn = zip(trained.sets, *fresh, strict=True)
    return [gap(*which, inputs, labels) for which, inputs, labels in drawn]
