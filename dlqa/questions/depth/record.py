"""Question 45, depth: what is run and what is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass

# Hidden layers by arm, of about 150 parameters each. In the shared ones the layers above the first
# are one layer of 10 × 10, applied two, three or four times.
ARMS: Mapping[str, tuple[int, ...]] = {
    "shared2": (10,) * 3,
    "shared3": (10,) * 4,
    "shared4": (10,) * 5,
    "wide": (37,),
    "four": (6,) * 4,
}
# Hidden layers by depth: of about 600 parameters for the targets of eight inputs, of about 300 for
# the folded tent.
TARGETS: Mapping[str, Mapping[int, tuple[int, ...]]] = {
    "nested": {1: (59,), 2: (19,) * 2, 3: (14,) * 3},
    "added": {1: (59,), 2: (19,) * 2},
    "folded": {1: (100,), 4: (9,) * 4},
}


@dataclass(frozen=True)
class Params:
    """The experiment's settings: 16 points, a rate of 0.003 and 15,000 steps as in the source.

    shifts: deviations of what is added to the weights of the tent set by hand; folds: up to how many
    it is folded by hand.
    """

    arms: tuple[str, ...] = tuple(ARMS)
    inputs: tuple[str, ...] = ("raw", "scaled")
    targets: tuple[str, ...] = tuple(TARGETS)
    shifts: tuple[float, ...] = (0.0, 0.01, 0.03, 0.1, 0.3)
    folds: int = 6
    points: int = 16
    rate: float = 3e-3
    at: tuple[int, ...] = (0, 500, 1000, 2000, 3000, 5000, 7500, 10000, 12500, 15000)
    shift_steps: int = 3000
    rates: tuple[float, ...] = (0.003, 0.01, 0.03)
    target_steps: int = 6000
    samples: int = 4000
    fresh: int = 1000
    seeds: int = 24
    most_seeds: int = 48
    target_seeds: int = 12
    most_target_seeds: int = 24


# The work that the source timed: its layer applied two, three and four times, one network each.
SOURCE_WORK = Params(
    arms=("shared2", "shared3", "shared4"), inputs=("raw",), targets=(), shifts=(), folds=0, seeds=1
)

# `accuracy` is the share of the training points whose label a network gives, `pieces` the number of
# straight pieces between the first point and the last after training. `built` is the accuracy of the
# tent that was set by hand and shifted, before training and after. `left` is the mean squared error
# over the target's variance, half-way and at the end. `tent` is what networks set by hand put out
# at places from 0 to 1, `fitted` their accuracy on the points.
VARIABLES = {
    "accuracy": ("arm", "inputs", "seed", "step"),
    "pieces": ("arm", "inputs", "seed"),
    "built": ("shift", "moment", "seed"),
    "left": ("target", "depth", "rate", "split", "phase", "seed"),
    "tent": ("folds", "place"),
    "fitted": ("folds",),
}
