"""Question 47, class imbalance: what is run and what is kept of it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

SHOWN = ("separate", "shared", "moved")
READS = ("as_is", "shifted")
THRESHOLDS = (0.9, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.002)
EDGES = np.arange(-16, 8.01, 0.5)  # of intervals of log odds
LIMITS = np.union1d(EDGES, [math.log(each / (1 - each)) for each in THRESHOLDS])
BALANCING = ("copies", "weights", "smote", "under")  # arms that learn as if classes were alike
# Of 0.001, 0.003, 0.01 and 0.03 the rate with an arm's lowest loss on validation points of pilot
# seeds, the faster one where two were within 1 %.
RATES = {
    "plain": 0.003, "copies": 0.001, "weights": 0.003, "smote": 0.001, "under": 0.001, "focal": 0.003,
    "more": 0.003,
}  # fmt: skip


@dataclass(frozen=True)
class Params:
    """The experiment's settings.

    `source_…`: the source's network, 500 steps as there, but on batches and at fewer ratios; at 1:1
    without copies, which there are the same. `rates`: of every arm that is compared on each kind of
    data, "plain" at 1:1 and each of `ratios`, "copies" at each of these, others at the last; "more"
    is "plain" with `plenty` times the samples. `at`: steps at which a network may be judged.
    """

    source_ratios: tuple[int, ...] = (1, 10, 100)
    source_steps: int = 500
    source_width: int = 100
    source_rate: float = 3e-3
    source_batch: int | None = 256  # None: all samples at every step
    source_fresh: int = 300
    source_seeds: int = 24
    kinds: tuple[str, ...] = ("line", "ring")
    ratios: tuple[int, ...] = (10, 100)
    rates: Mapping[str, float] = field(default_factory=lambda: RATES)
    at: tuple[int, ...] = (0, 25, 50, 100, 150, 200, 300, 400, 600, 800, 1000)
    samples: int = 1200
    plenty: int = 10
    width: int = 32
    batch: int = 64
    gamma: float = 2.0  # of the focal loss
    validation: int = 1000
    fresh: int = 4000
    seeds: int = 24
    most_seeds: int = 48  # of the source's network at its last ratio twice as many


# The last of seven ratios, on one of the five data sets whose work the source timed.
SOURCE_WORK = Params(source_ratios=(100,), source_batch=None, source_seeds=1, kinds=())

# Accuracies are balanced: the mean of both classes' accuracies on fresh points, of which there are
# as many of each. `shown`: fresh points scaled by themselves, as in training, and with the threshold
# moved besides. `rule` is the best rule for training's ratio. `read` is how log odds are read: as
# they are, or shifted by the ratio's logarithm from training's prior to the other one (balanced for
# what learned the ratio, the ratio for what learned balanced classes). `brier` and `promised`, the
# mean probability of the rare class, are for fresh points in training's ratio. `stop` is the step
# at which a network's own loss on validation points was lowest, at which all of these are taken.
# `above` is the share of a class whose log odds are above a limit, of "plain" on "line".
VARIABLES = {
    "source_accuracy": ("arm", "ratio", "shown", "seed"),
    "accuracy": ("kind", "arm", "ratio", "read", "seed"),
    "area": ("kind", "arm", "ratio", "seed"),
    "brier": ("kind", "arm", "ratio", "read", "seed"),
    "promised": ("kind", "arm", "ratio", "read", "seed"),
    "stop": ("kind", "arm", "ratio", "seed"),
    "rule": ("kind", "ratio", "seed"),
    "above": ("ratio", "label", "limit", "seed"),
}
