"""Question 44: trains one hidden layer on each function, and solves its last layer in closed form.

Axes: F functions, E networks of each, one a seed; O units; N samples.
"""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import torch
import xarray as xr
from torch import Tensor

from dlqa.lab.blocks import Measured, block
from dlqa.lab.histories import History, Snapshot
from dlqa.lab.initializers import initialize
from dlqa.lab.networks import Stack
from dlqa.lab.parts import Part
from dlqa.lab.training import Adam, Task, train
from dlqa.questions.approximation.record import VARIABLES, Params
from dlqa.questions.approximation.targets import (
    FUNCTIONS,
    PRECISIONS,
    Array,
    by_hand,
    closed,
    places,
)

Names = tuple[str, ...]


def parts(params: Params) -> dict[str, Part]:
    """A width under an activation each, few points, and layers set by hand."""
    found = dict[str, Part]()
    for width in sorted({*params.widths, params.wide} - {0}, reverse=True):
        for targets, steps in _together(params, width).items():
            for activation in params.activations:
                run = partial(_learn, params, activation, width, targets, steps)
                found[f"{width} units, {activation}, {', '.join(targets)}"] = Part(
                    run, params.seeds, len(targets), steps[-1], most=params.most_seeds
                )
    if params.few:
        for activation in params.activations:
            run = partial(_learn_few, params, activation)
            found[f"{params.few} points, {activation}"] = Part(
                run, params.seeds, 1, params.at[-1], most=params.most_seeds
            )
    found["set by hand"] = Part(partial(_by_hand, params))
    return found


def _together(params: Params, width: int) -> Mapping[Names, Sequence[int]]:
    """Functions that a width learns side by side, and the steps at which its networks are seen."""
    if width == params.wide:
        return {("sin",): params.at}
    if width == params.long:
        return {("sin",): params.at + params.later, ("polynomial", "abs"): params.at}
    return {params.targets: params.at}


def _learn(
    params: Params, activation: str, width: int, targets: Names, steps: Sequence[int],
    seeds: Sequence[int], threads: int,
) -> xr.Dataset:  # fmt: skip
    start = initialize("gaussian_large", (1, width, 1), seeds, activation=activation)
    history, errors = _train(params, start, targets, params.points, steps, threads)
    points = places(params.points)["points"]
    features = [_hidden(start, points, member) for member in range(len(seeds))]
    solved = [
        [[closed(each, FUNCTIONS[name](points), cut) for each in features] for cut in PRECISIONS.values()]
        for name in targets
    ]  # fmt: skip
    fit = torch.stack(_outputs(history.final, _grid())).reshape(len(targets), len(seeds), -1)
    fit[:, [seed >= params.drawn for seed in seeds]] = torch.nan
    labels = {
        "target": targets, "seed": seeds, "step": steps, "place": list(places(2)),
        "precision": list(PRECISIONS), "x": _grid().tolist(), "moment": ("start", "end"),
    }  # fmt: skip
    measured: Measured = {"error": errors, "closed": solved, "fit": fit}
    blocks = [block(measured, VARIABLES, labels, activation=activation, width=width)]
    if activation == "relu":
        ends = _pieces(history.final).reshape(len(targets), len(seeds))
        counted = torch.stack([_pieces(start).expand_as(ends), ends], 1)
        blocks.append(block({"pieces": counted}, VARIABLES, labels, width=width))
    return xr.merge(blocks, join="exact")


def _learn_few(params: Params, activation: str, seeds: Sequence[int], threads: int) -> xr.Dataset:
    start = initialize("gaussian_large", (1, params.wide, 1), seeds, activation=activation)
    errors = _train(params, start, ("sin",), params.few, params.at[-1:], threads)[1]
    labels = {"seed": seeds, "place": list(places(2))}
    return block({"few": errors[0, :, :, -1]}, VARIABLES, labels, activation=activation)


def _by_hand(params: Params, _seeds: Sequence[int], _threads: int) -> xr.Dataset:
    points, grid = places(params.points)["points"], _grid()
    widths = [*params.widths, params.wide] if params.wide else params.widths
    found = [
        [closed(by_hand(width, points), FUNCTIONS[name](points), PRECISIONS["double"]) for width in widths]
        for name in params.targets
    ]  # fmt: skip
    values: Measured = {"hand": found, "wanted": [FUNCTIONS[name](grid) for name in params.targets]}
    labels = {"target": params.targets, "width": widths, "x": grid.tolist()}
    return block(values, VARIABLES, labels)


def _train(
    params: Params, start: Stack, targets: Names, count: int, at: Sequence[int], threads: int
) -> tuple[History, Array]:
    """From one start a seed, each function from `count` points, all of them at every step.

    With the mean square errors [F, place, E, step].
    """
    asked = places(count)
    wanted = {at: torch.stack([FUNCTIONS[name](x) for name in targets]) for at, x in asked.items()}
    of = torch.arange(len(targets), device="cpu").repeat_interleave(len(start))  # [F * E]
    task = Task(
        asked["points"].float().expand(len(targets), 1, -1).contiguous(),
        wanted["points"].float()[:, None], None, of,
    )  # fmt: skip

    def errors(seen: Snapshot) -> dict[str, Tensor]:
        """Mean squares [e, place]."""
        found = [
            [
                (given - wanted[where][each]).square().mean()
                for given, each in zip(_outputs(seen.stack, x), of[seen.members], strict=True)
            ]
            for where, x in asked.items()
        ]
        return {"error": torch.tensor(found, dtype=torch.float64, device="cpu").T}

    history = train(
        start.select([*range(len(start))] * len(targets)), task, steps=at[-1],
        optimizer=Adam(params.rate), observe=errors, at=at, threads=threads,
    )  # fmt: skip
    if (history.diverged_at >= 0).any():
        raise FloatingPointError(f"a weight was not finite: {history.diverged_at.tolist()}")
    seen = np.asarray(history.observed["error"], np.float64)
    seen = seen.reshape(len(targets), len(start), len(at), len(asked))
    return history, seen.transpose(0, 3, 1, 2)


def _outputs(stack: Stack, points: Tensor) -> list[Tensor]:
    """What each network gives, E times [N], by itself: last bits may depend on what is beside it."""
    given = points.float()[None, None]
    return [stack.select([each]).outputs(given)[0, 0].double() for each in range(len(stack))]


def _hidden(stack: Stack, points: Tensor, member: int) -> Tensor:
    """Outputs [N, O] of one network's hidden layer, in double precision."""
    weights, biases = (each[0][member].double() for each in (stack.weights, stack.biases))
    return stack.activate(weights @ points[None] + biases).T


def _pieces(stack: Stack) -> Tensor:
    """Straight pieces [E] between −1 and 1: one more than there are kinks."""
    kinks = -stack.biases[0] / stack.weights[0]  # [E, O, 1]
    return (kinks.abs() < 1).sum((1, 2)) + 1


def _grid() -> Tensor:
    """Where a fit is drawn, multiples of 1/40."""
    return torch.arange(-60, 61, dtype=torch.float64, device="cpu") / 40
