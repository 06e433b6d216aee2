"""Question 101: trains networks on true, partly and wholly shuffled labels until they hold them.

Axes: E networks, one a seed; I inputs; N samples.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import torch
import xarray as xr
from torch import Tensor

from dlqa.lab.blocks import Measured, block
from dlqa.lab.histories import History, Snapshot
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot, shuffled_batches
from dlqa.lab.networks import Stack
from dlqa.lab.parts import Part
from dlqa.lab.training import Adam, Task, train
from dlqa.questions.memorization.record import SIZES, VARIABLES, Params

INPUTS = 6
NETWORK, BATCH, SHUFFLE, NUDGE = 10_000, 20_000, 30_000, 40_000  # streams; data sets count from 0


def parts(params: Params) -> dict[str, Part]:
    """A size and a share of shuffled labels each, of the source's network and of the smaller one."""
    found = dict[str, Part]()
    for size, share in params.source:
        at = params.source_at + (params.longer if (size, share) == (SIZES[-1], 1.0) else ())
        run = partial(_source, params, size, share, at)
        few = params.source_seeds
        found[f"source, {size} points, {share:.0%}"] = Part(run, few, 1, at[-1], most=few)
    for apart, size, share in params.arms:
        run = partial(_smaller, params, apart, size, share)
        name = f"{apart:g} apart, {size} points, {share:.0%}"
        found[name] = Part(run, params.seeds, 1, params.at[-1], most=params.most_seeds)
    return found


@dataclass(frozen=True)
class Lesson:
    """Data sets by seed, with the labels that were given and the classes that they hide."""

    params: Params
    inputs: Tensor  # [E, I, N]
    classes: Tensor  # [E, N]
    given: Tensor  # [E, N]
    fresh_inputs: Tensor
    fresh_classes: Tensor
    seeds: Sequence[int]

    @classmethod
    def of(
        cls, params: Params, apart: float | None, size: int, share: float, seeds: Sequence[int]
    ) -> "Lesson":
        """Without `apart`: the means 1 apart, the covariance drawn as the source's code does."""
        drawn = [gaussians(apart, SIZES[-1] + params.fresh, seed) for seed in seeds]
        inputs, classes = (torch.stack(each) for each in zip(*drawn, strict=True))
        own = classes[:, :size]
        pairs = zip(own, seeds, strict=True)
        given = torch.stack([shuffled(each, share, SHUFFLE + seed) for each, seed in pairs])
        rest = slice(SIZES[-1], None)
        return cls(
            params, inputs[..., :size], own, given, inputs[..., rest], classes[:, rest], seeds
        )

    def train(self, start: Stack, at: Sequence[int], threads: int) -> History:
        batches = shuffled_batches(
            [BATCH + seed for seed in self.seeds],
            samples=self.given.shape[1], steps=at[-1], size=self.params.batch,
        )  # fmt: skip
        task = Task(self.inputs, one_hot(self.given), batches, torch.arange(len(self.seeds)))
        history = train(
            start, task, steps=at[-1], loss="cross entropy", optimizer=Adam(self.params.rate),
            observe=self.see, at=at, threads=threads,
        )  # fmt: skip
        if (history.diverged_at >= 0).any():
            raise FloatingPointError(f"a weight was not finite: {history.diverged_at.tolist()}")
        return history

    def see(self, seen: Snapshot) -> dict[str, Tensor]:
        """Accuracies, and `kept` (see the record), [e] each."""
        of = seen.members
        answers = seen.stack.outputs(self.inputs[of]).argmax(1)
        fresh = seen.stack.outputs(self.fresh_inputs[of]).argmax(1)
        wrong = self.given[of] != self.classes[of]
        kept = (wrong & (answers == self.classes[of])).sum(1) / wrong.sum(1)
        return {
            "trained": (answers == self.given[of]).float().mean(1),
            "fresh": (fresh == self.fresh_classes[of]).float().mean(1),
            "kept": kept,
        }

    def networks(self, draw: str, hidden: Sequence[int], activation: str) -> Stack:
        seeds = [NETWORK + seed for seed in self.seeds]
        return initialize(draw, (INPUTS, *hidden, 2), seeds, activation=activation)


def gaussians(apart: float | None, count: int, seed: int) -> tuple[Tensor, Tensor]:
    """Points [I, N] of two Gaussians and their classes [N], in turn; see `Lesson.of`."""
    generator = torch.Generator().manual_seed(seed)
    factor = torch.eye(INPUTS) if apart else torch.rand(INPUTS, INPUTS, generator=generator)
    classes = torch.arange(count) % 2
    points = torch.randn(count, INPUTS, generator=generator) @ factor
    return (points + (apart or 1.0) * classes[:, None]).T, classes


def shuffled(classes: Tensor, share: float, seed: int) -> Tensor:
    """Labels of which so large a share, drawn by chance, changed places among themselves."""
    generator = torch.Generator().manual_seed(seed)
    chosen = torch.randperm(len(classes), generator=generator)[: round(share * len(classes))]
    order = torch.randperm(len(chosen), generator=generator)
    given = classes.clone()
    given[chosen] = classes[chosen[order]]
    return given


def _source(
    params: Params, size: int, share: float, at: tuple[int, ...], seeds: Sequence[int], threads: int
) -> xr.Dataset:
    lesson = Lesson.of(params, None, size, share, seeds)
    start = lesson.networks("xavier", params.source_hidden, "sigmoid")
    seen = lesson.train(start, at, threads).observed
    values = {f"source_{name}": seen[name] for name in ("trained", "fresh")}
    labels = {"seed": seeds, "source_step": at}
    return block(values, VARIABLES, labels, size=size, share=share)


def _smaller(
    params: Params, apart: float, size: int, share: float, seeds: Sequence[int], threads: int
) -> xr.Dataset:
    lesson = Lesson.of(params, apart, size, share, seeds)
    start = lesson.networks("he", params.hidden, "relu")
    history = lesson.train(start, params.at, threads)
    full = torch.from_numpy(history.observed["trained"]) == 1
    full[:, -1] = True
    values: Measured = {
        **history.observed,
        "memorized": torch.tensor(params.at)[full.int().argmax(1)],
        "flipped": _flipped(lesson, history.final),
        "distance": _distance(history.final, lesson.inputs),
    }
    labels = {"seed": seeds, "step": params.at}
    return block(values, VARIABLES, labels, apart=apart, size=size, share=share)


def _flipped(lesson: Lesson, stack: Stack) -> Tensor:
    """The share [E] of fresh points that are answered otherwise when they are nudged."""
    points = lesson.fresh_inputs
    noise = [
        torch.randn(points.shape[1:], generator=torch.Generator().manual_seed(NUDGE + seed))
        for seed in lesson.seeds
    ]
    nudged = points + lesson.params.nudge * torch.stack(noise)
    changed = stack.outputs(points).argmax(1) != stack.outputs(nudged).argmax(1)
    return changed.float().mean(1)


def _distance(stack: Stack, inputs: Tensor) -> Tensor:
    """The median [E] over samples of the outputs' difference over the length of its gradient."""
    points = inputs.clone().requires_grad_()
    outputs = stack.outputs(points)
    lead = outputs[:, 1] - outputs[:, 0]  # [E, N]
    (slopes,) = torch.autograd.grad(lead.sum(), points)
    return (lead.detach().abs() / slopes.norm(dim=1)).median(1).values
