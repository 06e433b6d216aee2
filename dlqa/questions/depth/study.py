"""Question 45: fits 16 alternating labels and targets made of tents, by networks of several depths.

Axes: E networks, U units, N samples, D data sets.
"""

from collections.abc import Sequence
from functools import partial
from math import sqrt

import torch
import xarray as xr
from torch import Tensor

from dlqa.lab.blocks import Measured, block
from dlqa.lab.histories import History, Snapshot
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot, shuffled_batches
from dlqa.lab.networks import Stack, concatenate
from dlqa.lab.parts import Part
from dlqa.lab.training import Adam, Task, train
from dlqa.questions.depth.record import ARMS, TARGETS, VARIABLES, Params
from dlqa.questions.depth.tents import STEEP, added, by_hand, folded, nested

NETWORK, BATCH, SHIFT = 10_000, 20_000, 30_000  # streams of seeds; data sets count from 0
FOLDS = 4  # of the tent whose values at the 16 points are their labels
GRID, BLOCK = 64, 64  # training points of the folded tent; samples of a batch
PLACES = 4097  # at which straight pieces are counted
SPREAD = 1 / sqrt(12)  # deviation of numbers uniform in 0..1


def parts(params: Params) -> dict[str, Part]:
    """An arm, or a depth at a rate, each."""
    steps, many = params.at[-1], params.most_seeds
    found = {
        arm: Part(partial(_fit, params, arm), params.seeds, len(params.inputs), steps, most=many)
        for arm in params.arms
    }
    if params.shifts:
        run, networks = partial(_built, params), len(params.shifts)
        found["by hand"] = Part(run, params.seeds, networks, params.shift_steps, most=many)
    few, more = params.target_seeds, params.most_target_seeds
    for target in params.targets:
        for depth in TARGETS[target]:
            for rate in params.rates:
                run = partial(_learn, params, target, depth, rate)
                name = f"{target}, {depth} layers, rate {rate:g}"
                found[name] = Part(run, few, 1, params.target_steps, most=more)
    if params.folds:
        found["tents"] = Part(partial(_tents, params))
    return found


def points(params: Params, inputs: str) -> tuple[Tensor, Tensor]:
    """Places [1, 1, N] from 0 on, equally far apart, below 1, and labels [1, N] in turn."""
    places = torch.arange(params.points, device="cpu").float() / params.points
    if inputs == "scaled":
        places = (places - places.mean()) / places.std()
    return places[None, None], (torch.arange(params.points, device="cpu") % 2)[None]


def shared(arm: str) -> tuple[int, ...]:
    """Which of an arm's layers are one."""
    return tuple(range(1, len(ARMS[arm]))) if arm.startswith("shared") else ()


def _fit(params: Params, arm: str, seeds: Sequence[int], threads: int) -> xr.Dataset:
    """Networks in the order [inputs, seed]."""
    tied = shared(arm)
    start = initialize(
        "xavier", (1, *ARMS[arm], 2), [NETWORK + seed for seed in seeds], activation="relu"
    )
    layers = tuple(tied[0] if layer in tied else layer for layer in range(len(start.weights)))
    start = Stack(
        tuple(start.weights[layer] for layer in layers),
        tuple(start.biases[layer] for layer in layers),
        "relu",
    )
    start = concatenate([start] * len(params.inputs))
    drawn = [points(params, each) for each in params.inputs]
    places, labels = (torch.cat(each) for each in zip(*drawn, strict=True))
    of = torch.arange(len(params.inputs), device="cpu").repeat_interleave(len(seeds))
    task = Task(places, one_hot(labels), None, of)
    history = train(
        start, task, steps=params.at[-1], loss="cross entropy", optimizer=Adam(params.rate),
        observe=partial(_accuracy, task), at=params.at, tied=tied, threads=threads,
    )  # fmt: skip
    _sound(history)
    shape = (len(params.inputs), len(seeds))
    values: Measured = {
        "accuracy": history.observed["accuracy"].reshape(*shape, -1),
        "pieces": pieces(history.final, places[of]).view(shape),
    }
    labelled = {"inputs": params.inputs, "seed": seeds, "step": params.at}
    return block(values, VARIABLES, labelled, arm=arm)


def pieces(stack: Stack, places: Tensor) -> Tensor:
    """How many straight pieces each function has between the ends of [E, 1, N], as a grid sees it."""
    share = torch.linspace(0, 1, PLACES, dtype=torch.float64, device="cpu")
    low, high = places.double().amin(2, keepdim=True), places.double().amax(2, keepdim=True)
    weights, biases = (
        tuple(each.double() for each in kind) for kind in (stack.weights, stack.biases)
    )
    exact = Stack(weights, biases, "relu")
    on = torch.cat(
        [layer > 0 for layer in exact.hidden(low + (high - low) * share)], 1
    )  # [E, U, N]
    return 1 + (on[:, :, 1:] != on[:, :, :-1]).any(1).sum(1)


def _built(params: Params, seeds: Sequence[int], threads: int) -> xr.Dataset:
    """The tent set by hand, its weights shifted, trained on. Networks in the order [shift, seed]."""
    tied = tuple(range(1, FOLDS))
    hand = by_hand(FOLDS)
    moved = [_shifted(hand, shift, seed) for shift in params.shifts for seed in seeds]
    places, labels = points(params, "raw")
    task = Task(places, one_hot(labels), None, torch.zeros(len(moved), dtype=torch.int64))
    history = train(
        concatenate(moved), task, steps=params.shift_steps, loss="cross entropy",
        optimizer=Adam(params.rate), observe=partial(_accuracy, task),
        at=(0, params.shift_steps), tied=tied, threads=threads,
    )  # fmt: skip
    _sound(history)
    found = history.observed["accuracy"].reshape(len(params.shifts), len(seeds), 2)
    labelled = {"shift": params.shifts, "seed": seeds, "moment": ("start", "end")}
    return block({"built": found.swapaxes(1, 2)}, VARIABLES, labelled)


def _shifted(stack: Stack, shift: float, seed: int) -> Stack:
    """Gaussian noise on every weight and bias, the same on layers that are one."""
    generator = torch.Generator("cpu").manual_seed(SHIFT + seed)
    whole = [0, *[1] * (FOLDS - 1), 2]
    noise = [
        tuple(
            shift * torch.randn(each[layer].shape, generator=generator) for layer in (0, 1, FOLDS)
        )
        for each in (stack.weights, stack.biases)
    ]
    return Stack(
        tuple(each + noise[0][of] for each, of in zip(stack.weights, whole, strict=True)),
        tuple(each + noise[1][of] for each, of in zip(stack.biases, whole, strict=True)),
        "relu",
    )


def _learn(
    params: Params, target: str, depth: int, rate: float, seeds: Sequence[int], threads: int
) -> xr.Dataset:
    """A target from samples of it, one data set a seed."""
    drawn = [_samples(params, target, seed) for seed in seeds]
    inputs, targets = (torch.stack(each) for each in zip(*drawn, strict=True))
    size = GRID if target == "folded" else params.samples
    batches = None
    if size > BLOCK:
        batches = shuffled_batches(
            [BATCH + seed for seed in seeds], samples=size, steps=params.target_steps, size=BLOCK
        )
    task = Task(
        inputs[:, :, :size], targets[:, :, :size], batches, torch.arange(len(seeds), device="cpu")
    )
    sizes = (inputs.shape[1], *TARGETS[target][depth], 1)
    start = initialize("he", sizes, [NETWORK + seed for seed in seeds], activation="relu")

    def errors(seen: Snapshot) -> dict[str, Tensor]:
        fresh, wanted = inputs[seen.members, :, size:], targets[seen.members, :, size:]
        apart = (seen.stack.outputs(fresh) - wanted).square().squeeze(1)
        spread = wanted.var((1, 2), correction=0)[:, None]
        splits = torch.stack([each.mean(1) for each in apart.tensor_split(2, 1)], 1)
        return {"left": splits / spread}

    at = (params.target_steps // 2, params.target_steps)
    history = train(
        start, task, steps=params.target_steps, optimizer=Adam(rate), observe=errors, at=at,
        threads=threads,
    )  # fmt: skip
    _sound(history)
    labelled = {"seed": seeds, "phase": ("half", "end"), "split": ("validation", "test")}
    left = history.observed["left"].transpose(2, 1, 0)  # [split, phase, seed]
    return block({"left": left}, VARIABLES, labelled, target=target, depth=depth, rate=rate)


def _samples(params: Params, target: str, seed: int) -> tuple[Tensor, Tensor]:
    """Inputs [I, N], scaled, and targets [1, N]: those of training, then as many for each split."""
    generator = torch.Generator("cpu").manual_seed(seed)
    if target == "folded":
        grid = (torch.arange(GRID, device="cpu").float() + 0.5) / GRID
        fresh = torch.rand(2 * params.fresh, generator=generator, device="cpu")
        values = torch.cat([grid, fresh])[None]
        wanted = folded(values, FOLDS)
    else:
        count = params.samples + 2 * params.fresh
        values = torch.rand(8, count, generator=generator, device="cpu")
        wanted = nested(values) if target == "nested" else added(values)
    return (values - 0.5) / SPREAD, wanted


def _tents(params: Params, _seeds: Sequence[int], _threads: int) -> xr.Dataset:
    """What the networks set by hand put out, scaled to 0..1, and how many points they fit."""
    share = torch.linspace(0, 1, 257, device="cpu")
    places, labels = points(params, "raw")
    tents, fitted = [], []
    for folds in range(1, params.folds + 1):
        hand = by_hand(folds)
        low, high = hand.outputs(share[None, None])[0]
        tents.append((high - low) / STEEP + 0.5)
        fitted.append((hand.outputs(places).argmax(1) == labels).double().mean())
    labelled = {"folds": range(1, params.folds + 1), "place": share.tolist()}
    measured = {"tent": torch.stack(tents), "fitted": torch.stack(fitted)}
    return block(measured, VARIABLES, labelled)


def _accuracy(task: Task, seen: Snapshot) -> dict[str, Tensor]:
    """The share [e] of the training points whose larger output is their class."""
    of = task.of[seen.members]
    right = seen.stack.outputs(task.inputs[of]).argmax(1) == task.targets[of].argmax(1)
    return {"accuracy": right.float().mean(1)}


def _sound(history: History) -> None:
    if (history.diverged_at >= 0).any():
        raise FloatingPointError(f"a weight was not finite: {history.diverged_at.tolist()}")
