"""Question 49: trains networks of every activation on two moons, deeper ones and faster ones besides.

Axes: E networks, one a seed; O units; N samples.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import torch
import xarray as xr
from torch import Tensor

from dlqa.lab.activations import CURVES
from dlqa.lab.blocks import Measured, block
from dlqa.lab.histories import History, Snapshot
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot, shuffled_batches
from dlqa.lab.networks import ACTIVATIONS, Stack
from dlqa.lab.parts import Part
from dlqa.lab.training import Adam, Task, train
from dlqa.questions.activations.moons import best_rule, moons
from dlqa.questions.activations.record import VARIABLES, Params

FRESH, NETWORK, BATCH = 50_000, 10_000, 20_000  # streams of seeds; data sets count from 0
KIN = ("relu", "leaky_relu", "gelu", "silu")  # half of whose units are near 0: drawn as He has it
SUMS = (-3.0, 3.0, 61)
EDGES = {"x": (-1.5, 2.5), "y": (-1.2, 1.7)}


def parts(params: Params) -> dict[str, Part]:
    """An activation in a depth, or at a rate, each; seed 0's networks of two layers are looked at."""
    steps, found = params.at[-1], dict[str, Part]()
    few, many = params.deep_seeds, params.most_deep_seeds
    for depth in sorted(params.depths, reverse=True):  # what takes longest begins first
        for name in params.deep:
            run = partial(_deep, params, name, depth)
            found[f"{depth} layers, {name}"] = Part(run, few, 1, steps, most=many)
    for name in params.activations:
        run = partial(_shallow, params, name)
        found[f"2 layers, {name}"] = Part(run, params.seeds, 1, steps, most=params.most_seeds)
    for rate in params.rates:
        run = partial(_dying, params, rate)
        found[f"rate {rate:g}"] = Part(run, params.seeds, 1, steps, most=params.most_seeds)
    if params.side:
        networks = len(params.activations)
        found["surfaces"] = Part(partial(_surfaces, params), 0, networks, steps)
    return found


@dataclass(frozen=True)
class _Lesson:
    """Data sets by seed, and networks of one activation that learn from them."""

    params: Params
    start: Stack
    task: Task
    fresh_inputs: Tensor  # [E, 2, N]
    fresh_labels: Tensor  # [E, N]

    @classmethod
    def of(cls, params: Params, name: str, depth: int, seeds: Sequence[int]) -> "_Lesson":
        drawn = [moons(params.samples, params.noise, seed) for seed in seeds]
        fresh = [moons(params.fresh, params.noise, FRESH + seed) for seed in seeds]
        inputs, labels, fresh_inputs, fresh_labels = (
            torch.stack(each) for each in (*zip(*drawn, strict=True), *zip(*fresh, strict=True))
        )
        batches = shuffled_batches(
            [BATCH + seed for seed in seeds],
            samples=params.samples, steps=params.at[-1], size=params.batch,
        )  # fmt: skip
        start = initialize(
            "he" if name in KIN else "lecun",
            (2, *[params.width] * depth, 2),
            [NETWORK + seed for seed in seeds],
            activation=CURVES.get(name, name),
        )
        task = Task(inputs, one_hot(labels), batches, torch.arange(len(seeds)))
        return cls(params, start, task, fresh_inputs, fresh_labels)

    def train(
        self, threads: int, observe: Callable[[Snapshot], dict[str, Tensor]], rate: float = 0.0
    ) -> History:
        history = train(
            self.start, self.task, steps=self.params.at[-1], loss="cross entropy",
            optimizer=Adam(rate or self.params.rate), observe=observe, at=self.params.at,
            threads=threads,
        )  # fmt: skip
        if (history.diverged_at >= 0).any():
            raise FloatingPointError(f"a weight was not finite: {history.diverged_at.tolist()}")
        return history

    def accuracy(self, seen: Snapshot) -> dict[str, Tensor]:
        """The share [e] of fresh points whose larger output is their class."""
        outputs = seen.stack.outputs(self.fresh_inputs[seen.members])
        right = (outputs[:, 1] > outputs[:, 0]) == self.fresh_labels[seen.members].bool()
        return {"accuracy": right.float().mean(1)}

    def accuracy_and_silence(self, seen: Snapshot) -> dict[str, Tensor]:
        """Besides, which hidden units [e, L·O] are 0 on every training sample."""
        hidden = seen.stack.hidden(self.task.inputs[seen.members])
        silent = torch.cat([(layer == 0).all(2) for layer in hidden], 1)
        return {**self.accuracy(seen), "silent": silent}


def _shallow(params: Params, name: str, seeds: Sequence[int], threads: int) -> xr.Dataset:
    lesson = _Lesson.of(params, name, 2, seeds)
    history = lesson.train(threads, lesson.accuracy)
    limits = [
        (best_rule(points, params.noise) == labels).double().mean().item()
        for points, labels in zip(lesson.fresh_inputs, lesson.fresh_labels, strict=True)
    ]
    values: Measured = {
        "limit": limits,
        "accuracy": history.observed["accuracy"],
        "bent": _bent(history.final.outputs(lesson.task.inputs), lesson.task.inputs),
        "moved": _moved(lesson.start, history.final),
    }
    return _labelled(values, params, seeds, depth=2, activation=name)


def _deep(params: Params, name: str, depth: int, seeds: Sequence[int], threads: int) -> xr.Dataset:
    lesson = _Lesson.of(params, name, depth, seeds)
    history = lesson.train(threads, lesson.accuracy)
    values: Measured = {
        "accuracy": history.observed["accuracy"],
        "fading": _fading(lesson.start, lesson.task),
    }
    return _labelled(values, params, seeds, depth=depth, activation=name)


def _dying(params: Params, rate: float, seeds: Sequence[int], threads: int) -> xr.Dataset:
    lesson = _Lesson.of(params, "relu", 2, seeds)
    history = lesson.train(threads, lesson.accuracy_and_silence, rate)
    half = params.at.index(params.at[-1] // 2)
    silent = torch.from_numpy(history.observed["silent"])
    half_way, end = silent[:, half], silent[:, -1]
    shares = [each.double().mean(1) for each in (half_way, end, half_way & end)]
    values: Measured = {
        "dead": torch.stack(shares),
        "rate_accuracy": history.observed["accuracy"][:, -1],
    }
    return _labelled(values, params, seeds, rate=rate)


def _surfaces(params: Params, _seeds: Sequence[int], threads: int) -> xr.Dataset:
    """Outputs of seed 0's networks on a grid of inputs, and the activations themselves."""
    x, y = (torch.linspace(*EDGES[axis], params.side) for axis in ("x", "y"))
    points = torch.stack([x.repeat(params.side), y.repeat_interleave(params.side)])[None]
    found = []
    for name in params.activations:
        lesson = _Lesson.of(params, name, 2, [0])
        outputs = lesson.train(threads, lesson.accuracy).final.outputs(points)[0]
        found.append((outputs[1] - outputs[0]).view(params.side, params.side))
    sums = torch.linspace(*SUMS)
    shapes = [_shape(name, sums) for name in params.activations]
    values, slopes = (torch.stack(each) for each in zip(*shapes, strict=True))
    measured = {"surface": torch.stack(found), "value": values, "slope": slopes}
    labels = {
        "activation": params.activations,
        "y": y.tolist(),
        "x": x.tolist(),
        "sum": sums.tolist(),
    }
    return block(measured, VARIABLES, labels)


def _shape(name: str, sums: Tensor) -> tuple[Tensor, Tensor]:
    """An activation's values and slopes at sums."""
    if name in CURVES:
        return CURVES[name].value(sums), CURVES[name].slope(sums).to(sums.dtype)
    sums = sums.clone().requires_grad_()
    values = ACTIVATIONS[name](sums)
    (slopes,) = torch.autograd.grad(values.sum(), sums)
    return values.detach(), slopes


def _labelled(
    values: Measured, params: Params, seeds: Sequence[int], **place: object
) -> xr.Dataset:
    """The block of the record, each variable with those of the labels that it has."""
    labels = {"seed": seeds, "step": params.at, "moment": ("half", "end", "both")}
    blocks = []
    for name, each in values.items():
        own = {dim: label for dim, label in place.items() if dim in VARIABLES[name]}
        blocks.append(block({name: each}, VARIABLES, labels, **own))
    return xr.merge(blocks, join="exact")


def _bent(outputs: Tensor, inputs: Tensor) -> Tensor:
    """The share [E] of the outputs' variance that the best affine function leaves, of [E, ·, N]."""
    columns = torch.cat([inputs, torch.ones_like(inputs[:, :1])], 1).mT.double()
    wanted = outputs.mT.double()
    left = wanted - columns @ torch.linalg.lstsq(columns, wanted).solution
    spread = wanted - wanted.mean(1, keepdim=True)
    return left.square().sum((1, 2)) / spread.square().sum((1, 2))


def _moved(start: Stack, final: Stack) -> Tensor:
    """The largest change [E] of a weight or bias below the last layer."""
    changes = [
        (after - before).abs().amax((1, 2))
        for kind in ("weights", "biases")
        for before, after in zip(getattr(start, kind)[:-1], getattr(final, kind)[:-1], strict=True)
    ]
    return torch.stack(changes).amax(0)


def _fading(stack: Stack, task: Task) -> Tensor:
    """See `fading` in the record, [E]."""
    weights = (stack.weights[0].clone().requires_grad_(), *stack.weights[1:])
    hidden, flowing = list[Tensor](), task.inputs
    for weight, bias in zip(weights, stack.biases, strict=True):
        flowing = torch.baddbmm(bias, weight, flowing)
        if len(hidden) < len(weights) - 1:
            flowing = stack.activate(flowing)
            hidden.append(flowing)
    loss = -(task.targets * flowing.log_softmax(1)).sum()
    first, last = torch.autograd.grad(loss, (hidden[0], hidden[-1]))
    squares = [each.double().square().mean((1, 2)) for each in (first, last)]
    return (squares[0] / squares[1]).log10()
