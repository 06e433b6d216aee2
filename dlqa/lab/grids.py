"""Paired comparisons: every arm on the same data sets and batches, seed by seed.

Axes: V variants of the data, A arms (what is compared), S seeds; E = V·A·S networks in that order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from dlqa.lab.arguments import check_count, check_kind, check_seeds, check_sequence
from dlqa.lab.histories import Snapshot
from dlqa.lab.initializers import Draw, initialize
from dlqa.lab.mixtures import INPUTS, Sampled, one_hot, sample, shuffled_batches
from dlqa.lab.networks import Activation, Stack, concatenate
from dlqa.lab.tasks import Task

# Samples seen at once: more, and a chunk's activations leave the cache (2.5 times the time at 500).
BLOCK = 64

# Seeds of data sets count from 0; networks and batches draw from streams of their own.
NETWORK_SEEDS, BATCH_SEEDS = 10_000, 20_000


@dataclass(frozen=True)
class Grid:
    """The data sets of V variants and S seeds, and which of them each network learns from."""

    variants: int
    arms: int
    which: tuple[int, ...]  # the seeds
    data: Sampled
    task: Task

    @property
    def seeds(self) -> int:
        return len(self.which)

    @property
    def networks(self) -> int:
        return self.variants * self.arms * self.seeds

    def by_arm(self, values: Sequence[float]) -> Tensor:
        """One number an arm as one a network, float64 [E]."""
        self._check_arms("values", values, "numbers")
        return (
            torch.tensor(values, dtype=torch.float64, device="cpu")
            .repeat_interleave(self.seeds)
            .repeat(self.variants)
        )

    def by_axes(self, values: ArrayLike) -> NDArray[np.float64]:
        """Values [E, ...] as [V, A, S, ...]."""
        array = np.asarray(values, dtype=np.float64)
        return array.reshape(self.variants, self.arms, self.seeds, *array.shape[1:])

    def start(
        self, draws: Sequence[Draw | str], hidden: Sequence[int], activation: str | Activation
    ) -> Stack:
        """The untrained networks: arm a drawn by `draws[a]`, the same for every variant."""
        self._check_arms("draws", draws, "initializers")
        check_sequence("hidden", hidden, "whole numbers")
        sizes = (INPUTS, *hidden, 2)
        seeds = [NETWORK_SEEDS + seed for seed in self.which]
        arms = [initialize(draw, sizes, seeds, activation=activation) for draw in draws]
        return concatenate(arms * self.variants)

    def accuracy(self, snapshot: Snapshot) -> Tensor:
        """The share [e] of fresh points whose larger output is their class."""
        check_kind("snapshot", snapshot, Snapshot, "a Snapshot")
        of = self.task.of[snapshot.members]
        outputs = _outputs(snapshot.stack, self.data.fresh_inputs[of])  # [e, 2, M]
        guesses = outputs[:, 1] > outputs[:, 0]
        return (guesses == self.data.fresh_labels[of].bool()).float().mean(1)

    def loss(self, snapshot: Snapshot) -> Tensor:
        """Mean squared error [e] on the training samples, without any penalty."""
        check_kind("snapshot", snapshot, Snapshot, "a Snapshot")
        of = self.task.of[snapshot.members]
        errors = _outputs(snapshot.stack, self.task.inputs[of]) - self.task.targets[of]
        return errors.square().mean((1, 2))

    def _check_arms(self, what: str, given: Sequence[object], of: str) -> None:
        check_sequence(what, given, of)
        if len(given) != self.arms:
            raise ValueError(f"{what} holds {len(given)} {of}: expected {self.arms}, one an arm")


def grid(
    variants: Sequence[str],
    arms: int,
    seeds: int | Sequence[int],
    *,
    steps: int,
    samples: int = 400,
    fresh: int = 1000,
    batch: int | None = 64,
) -> Grid:
    """Draws data sets and batches; a seed's are the same in every arm and however many there are.

    seeds: how many, from 0 on, or which. batch: None for all samples at every step. Raises TypeError
    or ValueError for an unknown variant, a count below 1, no seed, or an odd number of samples.
    """
    check_sequence("variants", variants, "names", 1)
    if isinstance(seeds, int):
        check_count("seeds", seeds, 1)
    else:
        check_seeds(seeds)
    size = samples if batch is None else batch
    for what, count, least in (("arms", arms, 1), ("steps", steps, 0), ("batch", size, 1)):
        check_count(what, count, least)
    which = tuple(range(seeds)) if isinstance(seeds, int) else tuple(seeds)
    drawn = [sample(name, which, samples=samples, fresh=fresh) for name in variants]
    data = Sampled(
        *(torch.cat([getattr(each, field.name) for each in drawn]) for field in fields(Sampled))
    )
    batches = None
    if batch is not None:
        streams = [BATCH_SEEDS + seed for seed in which]
        drawn_batches = shuffled_batches(streams, samples=samples, steps=steps, size=batch)
        batches = drawn_batches.repeat(len(variants), 1, 1)
    of = torch.arange(len(variants) * len(which), device="cpu").view(len(variants), 1, len(which))
    of = of.expand(-1, arms, -1).flatten()  # [V·A·S]
    task = Task(data.inputs, one_hot(data.labels), batches, of)
    return Grid(len(variants), arms, which, data, task)


def _outputs(stack: Stack, inputs: Tensor) -> Tensor:
    """Outputs [e, O, N] of inputs [e, I, N], a block of samples after another."""
    starts = range(0, inputs.shape[2], BLOCK)
    return torch.cat([stack.outputs(inputs[:, :, at : at + BLOCK]) for at in starts], dim=2)
