"""Question 52: trains the networks of each setting in one stack and measures how layers settle.

Axes as in the record; the networks of a setting lie in the order [V, S].
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial

import numpy as np
import torch
from torch import Tensor

from dlqa.lab.grids import Grid, grid
from dlqa.lab.mixtures import INPUTS
from dlqa.lab.networks import Stack
from dlqa.lab.parts import Part, side_by_side
from dlqa.lab.reporting import Report, silent
from dlqa.lab.training import SGD, Adam, Snapshot, train
from dlqa.questions.convergence.approach import alignments, distances
from dlqa.questions.convergence.measures import (
    gradients,
    layers_set_back,
    nearly_monotone,
    pick,
    random_places,
    sizes_apart,
    source_places,
    step_sizes,
    weight_sizes,
)
from dlqa.questions.convergence.record import Array, Params, Record

SPANS = 60  # of the curve of step sizes: 25 steps each up to 1500


@dataclass(frozen=True)
class Setting:
    """One activation with one optimizer on every variant, by seed."""

    activation: str
    optimizer: Adam | SGD
    variants: tuple[str, ...]
    seeds: int
    steps: int

    @property
    def networks(self) -> int:
        return len(self.variants) * self.seeds


@dataclass(frozen=True)
class Run:
    """A setting with what its training left: networks at the marks, sampled weights [E, T, L, W]."""

    grid: Grid
    marked: Mapping[int, Stack]
    paths: Tensor

    @property
    def start(self) -> Stack:
        return self.marked[0]

    def by_axes(self, values: Tensor) -> Array:
        """Values [E, ...] as [V, S, ...]."""
        return self.grid.by_axes(values)[:, 0]


def run(params: Params, report: Report = silent) -> Record:
    """Trains every setting of `params` and returns its record."""
    parts: dict[str, Part[Mapping[str, Array]]] = {
        name: Part(partial(_measured, name, setting, params), setting.networks, setting.steps)
        for name, setting in _settings(params).items()
    }
    parts["picture"] = Part(partial(_picture, params), 1, params.picture)
    return _record(params, side_by_side(parts, report))


def _settings(params: Params) -> dict[str, Setting]:
    optimizers: dict[str, Adam | SGD] = {
        "adam": Adam(params.rate),
        "descent": SGD(params.descent_rate),
    }
    variants, steps = params.variants, params.horizons[-1]
    planned = {"source": Setting("sigmoid", optimizers["adam"], variants, params.seeds, steps)}
    for activation, optimizer in params.sides:
        planned[f"{activation} {optimizer}"] = Setting(
            activation, optimizers[optimizer], variants, params.side_seeds, steps
        )
    return {part: setting for part, setting in planned.items() if setting.networks}


def _measured(name: str, setting: Setting, params: Params, threads: int) -> dict[str, Array]:
    """What is kept of a setting."""
    trained = _train(setting, params, params.marks, threads)
    return (_measure if name == "source" else _measure_side)(trained, params)


def _train(setting: Setting, params: Params, marks: Sequence[int], threads: int) -> Run:
    pairs = grid(
        setting.variants,
        1,
        setting.seeds,
        steps=setting.steps,
        samples=params.samples,
        fresh=params.fresh,
        batch=params.batch,
    )
    start = pairs.start(("xavier",), params.hidden, setting.activation)
    marked = {step: _copy(start) for step in marks}
    places = random_places(start.sizes, params.sampled)

    def observe(snapshot: Snapshot) -> dict[str, Tensor]:
        if snapshot.step in marked:  # each chunk writes its own members' rows
            _write(snapshot, marked[snapshot.step])
        return {"weights": pick(snapshot.stack, places)}

    steps = range(setting.steps + 1)
    history = train(
        start,
        pairs.task,
        steps=setting.steps,
        optimizer=setting.optimizer,
        observe=observe,
        at=steps,
        threads=threads,
    )
    return Run(pairs, marked, torch.as_tensor(history.observed["weights"]))


def _picture(params: Params, threads: int) -> dict[str, Array]:
    """The weights of one network as the source draws them, and a random sample of them."""
    marks = range(0, params.picture + 1, params.picture_every)
    setting = Setting("sigmoid", Adam(params.rate), ("correlated",), 1, params.picture)
    marked = _train(setting, params, marks, threads).marked.values()
    sizes = (INPUTS, *params.hidden, 2)
    samples = (random_places(sizes, params.sampled), source_places(sizes, params.sampled))
    drawn = [torch.stack([pick(stack, places)[0] for stack in marked], 2) for places in samples]
    return {
        "picture_steps": np.asarray(marks, dtype=np.float64),
        "picture": torch.stack(drawn).double().numpy(),
    }


def _measure(run: Run, params: Params) -> dict[str, Array]:
    """Everything that is asked of the source's network."""
    first = params.horizons[0]
    sizes = step_sizes(run.paths)  # [E, T, L]
    steps = torch.stack([sizes[:, :stop].mean(1) for stop in params.stops], 1)
    spans = [span.mean(1) for span in sizes.tensor_split(SPANS, 1)]
    monotone = nearly_monotone(run.paths[:, : first + 1], params.retreat)
    approaches = _approaches(run, params.stops, params.probes)
    return {
        "bayes": run.by_axes(run.grid.data.bayes),
        "accuracy": _over(run, params, _accuracy),
        "step": run.by_axes(steps),
        "step_curve": run.by_axes(torch.stack(spans, 1)),
        "gradient": _gradient(run),
        **{name: run.by_axes(values) for name, values in approaches.items()},
        "travel": _over(run, params, _travel),
        "monotone": run.by_axes(monotone),
        "sampling": run.by_axes(_sampling(run, first, params.sampled)),
        "lost": _over(run, params, _lost),
    }


def _measure_side(run: Run, params: Params) -> dict[str, Array]:
    """What is asked of every setting, at the last horizon."""
    last = params.horizons[-1]
    approaches = _approaches(run, [last], params.probes)
    return {
        "accuracy": run.by_axes(_accuracy(run, last)),
        "step": run.by_axes(step_sizes(run.paths).mean(1)),
        "gradient": _gradient(run),
        **{name: run.by_axes(values[:, 0]) for name, values in approaches.items()},
    }


def _gradient(run: Run) -> Array:
    """Root mean square gradient of a weight before the first step, [V, S, L]."""
    task = run.grid.task
    return run.by_axes(gradients(run.start, task.inputs[task.of], task.targets[task.of]))


def _over(run: Run, params: Params, measure: Callable[[Run, int], Tensor]) -> Array:
    """A measure [E, ...] at every horizon, [V, S, H, ...]."""
    return run.by_axes(torch.stack([measure(run, horizon) for horizon in params.horizons], 1))


def _accuracy(run: Run, step: int) -> Tensor:
    return run.grid.accuracy(Snapshot(step, run.marked[step], torch.arange(run.grid.networks)))


def _travel(run: Run, step: int) -> Tensor:
    """The way from start to end over the weights at the start, both root mean squares, [E, L]."""
    return sizes_apart(run.marked[step], run.start) / weight_sizes(run.start)


def _lost(run: Run, step: int) -> Tensor:
    """Accuracy [E, L] that is gone where one layer is set back to its start."""
    members = torch.arange(run.grid.networks)
    broken = layers_set_back(run.marked[step], run.start)
    left = [run.grid.accuracy(Snapshot(step, stack, members)) for stack in broken]
    return _accuracy(run, step)[:, None] - torch.stack(left, 1)


def _approaches(run: Run, stops: Sequence[int], probes: int) -> dict[str, Tensor]:
    """How weights and representations approach those at each stop, [E, G, T, L]."""
    points = run.grid.data.fresh_inputs[run.grid.task.of, :, :probes]  # [E, I, N]
    return {
        "distance": distances(run.marked, stops),
        "alignment": alignments(run.marked, points, stops),
    }


def _sampling(run: Run, horizon: int, count: int) -> Tensor:
    """Root mean square travel of sampled weights over their layer's, [E, 2, L]."""
    start, end = run.start, run.marked[horizon]
    samples = (random_places(start.sizes, count), source_places(start.sizes, count))
    ways = [(pick(end, places) - pick(start, places)).double() for places in samples]
    travelled = torch.stack([way.square().mean(2).sqrt() for way in ways], 1)
    return travelled / sizes_apart(end, start)[:, None]


def _copy(stack: Stack) -> Stack:
    return stack.select(torch.arange(len(stack)))


def _write(snapshot: Snapshot, kept: Stack) -> None:
    """Copies the snapshot's networks to their places in a stack of all of them."""
    now = snapshot.stack
    for there, here in zip((*kept.weights, *kept.biases), (*now.weights, *now.biases), strict=True):
        there[snapshot.members] = here


def _record(params: Params, measured: Mapping[str, Mapping[str, Array]]) -> Record:
    sides = [measured[f"{activation} {optimizer}"] for activation, optimizer in params.sides]
    source, picture = measured.get("source", {}), measured["picture"]
    found = {name: source[name] for name in source} | dict(picture)
    for name in ("accuracy", "step", "distance", "alignment", "gradient"):
        found[f"side_{name}"] = np.array([side[name] for side in sides])
    empty = {field.name: np.zeros((0,)) for field in fields(Record)}
    steps = np.asarray(params.marks, dtype=np.float64)
    return Record(**{**empty, **found, "steps": steps})
