"""Question 101, memorizing or generalizing: what is run and what is kept of it."""

from dataclasses import dataclass

SIZES = (50, 150, 300)
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
# How far the means are apart in each input, the number of samples, the share of shuffled labels.
ARMS = (
    *((1.0, 150, share) for share in SHARES),
    *((1.0, size, share) for size in (50, 300) for share in (0.0, 1.0)),
    *((2.0, 150, share) for share in (0.0, 1.0)),
)
BUDGET = 2500  # steps that the source gives every network


@dataclass(frozen=True)
class Params:
    """The experiment's settings: six inputs, batches of 64, Adam at 0.003, as in the source's code.

    source: pairs of a size and a share that the source's network is trained on, to `budget`, with the
    largest size and shuffled labels to `longer`. arms: those of the smaller network, see `ARMS`.
    """

    source: tuple[tuple[int, float], ...] = tuple((n, share) for n in SIZES for share in (0.0, 1.0))
    source_at: tuple[int, ...] = (0, 100, 250, 500, 750, 1000, 1250, 1500, 1750, 2000, 2250, BUDGET)
    longer: tuple[int, ...] = (3000, 3500, 4000, 4500, 5000, 5500, 6000, 6500, 7000, 7500)
    source_seeds: int = 3
    source_hidden: tuple[int, ...] = (200, 200, 200)
    arms: tuple[tuple[float, int, float], ...] = ARMS
    at: tuple[int, ...] = (
        0,
        10,
        25,
        50,
        75,
        100,
        150,
        200,
        250,
        300,
        400,
        500,
        600,
        800,
        1000,
        1200,
    )
    seeds: int = 24  # of every arm to begin with
    most_seeds: int = 48
    hidden: tuple[int, ...] = (64, 64)
    rate: float = 3e-3
    batch: int = 64
    fresh: int = 1000
    nudge: float = 0.3  # deviation, in each input, of what fresh points are moved by


# An eighteenth of the work that the source timed: 150 points, one set of three, both kinds of labels.
SOURCE_WORK = Params(source=((150, 0.0), (150, 1.0)), longer=(), source_seeds=1, arms=())

# Accuracies are fractions: of the training samples by the labels that they were given, and of fresh
# points by their class. `kept`: of the training samples whose given label is wrong, those that are
# answered with their class all the same. `memorized`: the first of the steps `at` with a training
# accuracy of 1, or the last where there is none. At the end: `flipped`, the share of fresh points
# whose answer changes when they are nudged, and `distance`, how far a training sample is from the
# boundary by a linear estimate, as a median.
VARIABLES = {
    "source_trained": ("size", "share", "seed", "source_step"),
    "source_fresh": ("size", "share", "seed", "source_step"),
    "trained": ("apart", "size", "share", "seed", "step"),
    "fresh": ("apart", "size", "share", "seed", "step"),
    "kept": ("apart", "size", "share", "seed", "step"),
    "memorized": ("apart", "size", "share", "seed"),
    "flipped": ("apart", "size", "share", "seed"),
    "distance": ("apart", "size", "share", "seed"),
}
