"""What the networks of one arm learn from, one a seed, and the fresh points that they are shown.

Axes: E networks; N samples, the rare class first; M points of either class.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from dlqa.lab.class_weights import balanced, weighted
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot, shuffled_batches
from dlqa.lab.networks import Stack
from dlqa.lab.training import Task
from dlqa.questions.class_imbalance.clouds import Pair, draw, pair
from dlqa.questions.class_imbalance.resampling import resampled

# Streams of seeds; covariances count from 0.
SAMPLES, FRESH, VALIDATION, SYNTHETIC, NETWORK, BATCH = range(100_000, 700_000, 100_000)

Scale = tuple[Tensor, Tensor]  # what is subtracted and what is divided by, each [2, 1]


def by_range(points: Tensor) -> Scale:
    """To 0 … 1 in each input, as the source scales."""
    low = points.amin(1, keepdim=True)
    return low, points.amax(1, keepdim=True) - low


def by_deviation(points: Tensor) -> Scale:
    return points.mean(1, keepdim=True), points.std(1, keepdim=True)


def scaled(points: Tensor, scale: Scale) -> Tensor:
    return (points - scale[0]) / scale[1]


@dataclass(frozen=True)
class Plan:
    """One arm: its data, its network and for how many steps it learns."""

    kind: str
    arm: str
    ratio: int
    samples: int
    network: tuple[str, int, str]  # initializer, width of two hidden layers, activation
    steps: int
    batch: int | None


@dataclass(frozen=True)
class Lesson:
    """Networks with their task; the clouds and scale of each one's training set."""

    seeds: Sequence[int]
    clouds: list[Pair]
    scales: list[Scale]
    start: Stack
    task: Task

    @classmethod
    def of(cls, plan: Plan, seeds: Sequence[int]) -> "Lesson":
        few = plan.samples // (plan.ratio + 1)
        measure = by_range if plan.kind == "source" else by_deviation
        clouds, scales, sets = [pair(plan.kind, seed) for seed in seeds], [], []
        for each, seed in zip(clouds, seeds, strict=True):
            drawn = draw(each, few, plan.samples - few, SAMPLES + seed)
            scales.append(measure(torch.cat(drawn, 1)))
            rare, frequent = (scaled(points, scales[-1]) for points in drawn)
            rare, frequent = resampled(plan.arm, rare, frequent, SYNTHETIC + seed)
            sets.append(torch.cat([rare, frequent], 1))
        inputs = torch.stack(sets).float()
        labels = torch.arange(inputs.shape[2], device="cpu") < rare.shape[1]
        targets = one_hot(labels.long().expand(len(seeds), -1))
        if plan.arm == "weights":
            targets = weighted(targets, balanced(targets))
        batches, samples, orders = None, inputs.shape[2], [BATCH + seed for seed in seeds]
        if plan.batch:
            batches = shuffled_batches(orders, samples=samples, steps=plan.steps, size=plan.batch)
        initializer, width, activation = plan.network
        drawn_from, sizes = [NETWORK + seed for seed in seeds], (2, width, width, 2)
        start = initialize(initializer, sizes, drawn_from, activation=activation)
        task = Task(inputs, targets, batches, torch.arange(len(seeds), device="cpu"))
        return cls(seeds, clouds, scales, start, task)

    def fresh(self, each: int, stream: int = FRESH) -> list[Tensor]:
        """So many points of either class for each network, [2, 2·M]."""
        pairs = zip(self.clouds, self.seeds, strict=True)
        return [torch.cat(draw(clouds, each, each, stream + seed), 1) for clouds, seed in pairs]

    def seen(self, points: Sequence[Tensor]) -> Tensor:
        """Points as networks see them, scaled by their training sets, [E, 2, 2·M]."""
        pairs = zip(points, self.scales, strict=True)
        return torch.stack([scaled(each, scale) for each, scale in pairs]).float()
