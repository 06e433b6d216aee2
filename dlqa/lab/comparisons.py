"""Arms compared on mixtures: trained in one stack, on the same data and batches seed by seed.

Axes: E networks in the order [data, arm, seed]. What comes out is labelled by these three.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import torch
import xarray as xr
from numpy.typing import ArrayLike
from torch import Tensor

from dlqa.lab.grids import Grid, grid
from dlqa.lab.histories import History, Snapshot
from dlqa.lab.initializers import Draw
from dlqa.lab.losses import Loss, LossFunction
from dlqa.lab.networks import Activation, Stack, concatenate
from dlqa.lab.parts import Part
from dlqa.lab.penalties import Penalty, Proximal
from dlqa.lab.training import SGD, Adam, train

Labelled = tuple[tuple[str, ...], ArrayLike]  # dimensions after the three, and values [E, ...]
Keep = Callable[["Trained"], xr.Dataset]
Observe = Callable[[Grid, Snapshot], dict[str, Tensor]]


@dataclass(frozen=True)
class Recipe:
    """How the networks of a grid learn."""

    optimizer: Adam | SGD
    penalty: Penalty | None = None
    proximal: Proximal | None = None
    loss: str | Loss | LossFunction = "squared error"


@dataclass(frozen=True)
class Comparison:
    """Which networks learn what.

    data: names of distributions. arms: an initializer for each label of the dimension `over`.
    at: the steps observed, of which the last ends training. recipe: of a grid, whose arms may
    differ in it. place: labels of dimensions in which all these networks are one.
    """

    data: tuple[str, ...]
    over: str
    arms: Mapping[str, Draw | str] | Mapping[float, Draw | str]
    at: Sequence[int]
    hidden: tuple[int, ...]
    recipe: Callable[[Grid], Recipe]
    activation: str | Activation = "sigmoid"
    place: Mapping[str, str] = field(default_factory=dict)
    samples: int = 400
    fresh: int = 1000
    batch: int | None = 64

    @property
    def networks(self) -> int:
        """How many a seed has."""
        return len(self.data) * len(self.arms)

    def part(
        self, keep: Keep, seeds: int = 0, *, most: int | None = None,
        observe: Observe | None = None, marks: Sequence[int] = (), only: Sequence[int] = (),
    ) -> Part:  # fmt: skip
        """The part of a study that trains these networks and keeps of them what `keep` says.

        most: see `Part`. only: these seeds, once, however many the study has.
        """

        def run(seeds: Sequence[int], threads: int) -> xr.Dataset:
            return keep(self.train(only or seeds, threads, observe, marks))

        networks = self.networks * max(1, len(only))
        return Part(run, seeds, networks, self.at[-1], most=most)

    def train(
        self, seeds: Sequence[int], threads: int, observe: Observe | None = None,
        marks: Sequence[int] = (),
    ) -> "Trained":  # fmt: skip
        """Trains every network; `observe` says what is kept at each step of `at`.

        marks: steps of `at` at which whole networks are kept, for measures between them. Raises
        FloatingPointError where one diverges: NaN in a record stands for what was not run.
        """
        pairs = grid(
            self.data, len(self.arms), seeds, steps=self.at[-1],
            samples=self.samples, fresh=self.fresh, batch=self.batch,
        )  # fmt: skip
        start = pairs.start(list(self.arms.values()), self.hidden, self.activation)
        recipe = self.recipe(pairs)
        kept: dict[int, list[Snapshot]] = {mark: [] for mark in marks}

        def watch(snapshot: Snapshot) -> dict[str, Tensor]:
            if snapshot.step in kept:  # a chunk of the networks, in whatever order chunks come
                own = snapshot.stack.select(range(len(snapshot.members)))
                kept[snapshot.step].append(replace(snapshot, stack=own))
            return observe(pairs, snapshot) if observe else {}

        history = train(
            start,
            pairs.task,
            steps=self.at[-1],
            optimizer=recipe.optimizer,
            penalty=recipe.penalty,
            proximal=recipe.proximal,
            loss=recipe.loss,
            observe=watch,
            at=self.at if observe or marks else (),
            threads=threads,
        )
        if (lost := np.flatnonzero(history.diverged_at >= 0)).size:
            arm = list(self.arms)[lost[0] // len(seeds) % len(self.arms)]
            raise FloatingPointError(
                f"{self.over} {arm!r}, seed {seeds[lost[0] % len(seeds)]}: a weight was not finite "
                f"after step {history.diverged_at[lost[0]]}"
            )
        marked = {mark: _joined(chunks) for mark, chunks in kept.items()}
        return Trained(self, pairs, start, history, marked)


@dataclass(frozen=True)
class Trained:
    """A comparison with what its training left, and all networks at the marked steps."""

    comparison: Comparison
    grid: Grid
    start: Stack
    history: History
    marked: Mapping[int, Stack]

    @property
    def final(self) -> Stack:
        return self.history.final

    @property
    def sets(self) -> list[tuple[str, int]]:
        """The data sets by name and seed, in their order [data · seed]."""
        return [(name, seed) for name in self.comparison.data for seed in self.grid.which]

    def accuracy(self, stack: Stack) -> Tensor:
        """The share [E] of fresh points that all networks, as they are there, classify rightly."""
        return self.grid.accuracy(Snapshot(0, stack, torch.arange(len(stack), device="cpu")))

    def observed(self) -> dict[str, Labelled]:
        """What was kept by step, each [E, step, ...]; of one number a network and step."""
        return {name: (("step",), values) for name, values in self.history.observed.items()}

    def of_data(self, **values: ArrayLike) -> xr.Dataset:
        """One number a data set, [data · seed], as a block of the record."""
        names, seeds = list(self.comparison.data), list(self.grid.which)
        return xr.Dataset(
            {
                name: (
                    ("data", "seed"),
                    np.asarray(each, np.float64).reshape(len(names), len(seeds)),
                )
                for name, each in values.items()
            },
            coords={"data": names, "seed": seeds},
        )

    def block(
        self, values: Mapping[str, Labelled], coords: Mapping[str, Sequence[object]] | None = None
    ) -> xr.Dataset:
        """Values [E, ...] as a block of the record, with the labels of what dimensions they add."""
        three = ("data", self.comparison.over, "seed")
        found = {
            name: ((*three, *dims), self.grid.by_axes(v)) for name, (dims, v) in values.items()
        }
        labels = {"step": list(self.comparison.at), **(coords or {})}
        own: dict[str, Sequence[object]] = {
            "data": self.comparison.data,
            self.comparison.over: list(self.comparison.arms),
            "seed": self.grid.which,
        }
        used = {dim for dims, _ in found.values() for dim in dims}
        own |= {dim: each for dim, each in labels.items() if dim in used}
        block = xr.Dataset(found, coords={dim: list(each) for dim, each in own.items()})
        return block.expand_dims({dim: [label] for dim, label in self.comparison.place.items()})


def _joined(chunks: Sequence[Snapshot]) -> Stack:
    """All networks in their order."""
    return concatenate(
        [each.stack for each in sorted(chunks, key=lambda each: int(each.members[0]))]
    )
