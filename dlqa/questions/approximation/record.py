"""Question 44, one hidden layer and continuous functions: what is run and what is kept of it."""

from dataclasses import dataclass

TARGETS = ("sin", "polynomial", "abs")


@dataclass(frozen=True)
class Params:
    """The experiment's settings: 100 equally spaced points, N(0, 1) at the start, as in the source.

    Each target is learned by each width under each activation, the sine by `wide` units besides, and
    networks are looked at at the steps `at`. Those of `long` units go on with the sine to the steps
    `later`; `wide` units learn it from `few` points too. `drawn`: seeds whose fit is kept.
    """

    activations: tuple[str, ...] = ("sigmoid", "relu")
    targets: tuple[str, ...] = TARGETS
    widths: tuple[int, ...] = (2, 4, 16)
    wide: int = 64
    at: tuple[int, ...] = (0, 500, 1000, 2500, 4000, 6000, 8000, 10_000)
    long: int = 16
    later: tuple[int, ...] = (15_000, 20_000, 30_000, 40_000)
    few: int = 12
    seeds: int = 24  # to begin with
    most_seeds: int = 48
    drawn: int = 4
    rate: float = 3e-3
    points: int = 100


# The work that the source timed: three targets, three widths, one run each.
SOURCE_WORK = Params(activations=("sigmoid",), wide=0, long=0, few=0, seeds=1)

# Errors are mean squares: at the points that are learned, half-way between them, and outside, up to
# 1.5 on both sides. `closed` is the error at the points where the hidden layer stays as it was drawn
# and least squares finds the last one, with what single or double precision can tell apart; `hand` the
# same where the hidden ReLUs are set by hand, their kinks equally spaced. `pieces` counts the straight
# pieces of a ReLU network between −1 and 1. `few` is `error` at the end where there are few points.
# `fit` is what some networks give at the end, `wanted` what they should.
VARIABLES = {
    "error": ("activation", "target", "width", "place", "seed", "step"),
    "closed": ("activation", "target", "width", "precision", "seed"),
    "pieces": ("target", "width", "moment", "seed"),
    "fit": ("activation", "target", "width", "seed", "x"),
    "few": ("activation", "place", "seed"),
    "hand": ("target", "width"),
    "wanted": ("target", "x"),
}
