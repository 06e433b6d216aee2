"""Question 50, batch size: what is run and what is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

BATCHES = (1, 4, 16, 64, 256)
SOURCE = (1, 4, 16, 64, 256, 400)

# Learning rates by their powers of two, the first and the last, around the best that pilots found.
POWERS: Mapping[str, Mapping[int, tuple[int, int]]] = {
    "sgd": {1: (-8, -3), 4: (-7, -2), 16: (-5, 0), 64: (-7, 1), 256: (-5, 2)},
    "adam": {1: (-11, -5), 4: (-10, -4), 16: (-11, -5), 64: (-10, -3), 256: (-9, -3)},
}


@dataclass(frozen=True)
class Params:
    """The experiment's settings: the source's own, and a grid of batch sizes and learning rates.

    The grid trains ReLU networks on the XOR of `samples` points: each batch size until `epochs`
    passes and `steps` steps are both through. `parallel`: samples that the machine of the third
    budget takes at once; a batch of up to as many costs it as much as one sample does.
    """

    source: tuple[int, ...] = SOURCE
    source_samples: int = 400
    source_hidden: tuple[int, ...] = (100, 100)
    source_rate: float = 3e-3
    source_epochs: tuple[int, ...] = (5, 15, 30, 60, 100, 150)
    source_seeds: int = 12
    most_source_seeds: int = 24
    lone_seeds: int = 4  # of the source's batch size 1, whose 60,000 steps are dear
    powers: Mapping[str, Mapping[int, tuple[int, int]]] = field(default_factory=lambda: POWERS)
    hidden: tuple[int, ...] = (32, 32)
    samples: int = 256
    held_out: int = 500  # on which rates are chosen
    fresh: int = 1000
    epochs: int = 16
    steps: int = 512
    parallel: int = 64
    draws: int = 200  # of batches, whose gradients are compared with that of all samples
    seeds: int = 24  # of the grid to begin with
    most_seeds: int = 48

    def budgets(self, batch: int) -> dict[str, int]:
        """At which step of a batch size each budget ends; "end" is its last."""
        epochs, time = self.epochs * self.samples // batch, self.epochs * self.samples // 16
        ends = {"epochs": epochs, "steps": self.steps, "time": time // -(-batch // self.parallel)}
        return ends | {"end": max(ends.values())}


# The work that the source timed: six batch sizes, the last one of its four data sets.
SOURCE_WORK = Params(powers={}, draws=0, source_seeds=1, lone_seeds=1)

# Accuracies are fractions, `of` training samples, of held-out ones or of fresh ones. `plain` is the
# source's: one rate for all. `noise` is the mean square of a batch's gradient beside that of all
# samples, over the same of single samples, before training. `limit` is the best rule's accuracy.
VARIABLES = {
    "limit": ("seed",),
    "plain": ("of", "batch", "seed", "epoch"),
    "accuracy": ("of", "optimizer", "batch", "power", "seed", "step"),
    "noise": ("batch", "seed"),
}
