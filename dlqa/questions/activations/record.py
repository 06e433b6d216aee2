"""Question 49, activation functions: what is run and what is kept of it."""

from dataclasses import dataclass

SOURCE = ("relu", "tanh", "square", "sin", "sign", "identity")
ADDED = ("leaky_relu", "gelu", "silu", "sigmoid", "sign_through")


@dataclass(frozen=True)
class Params:
    """The experiment's settings: two moons, hidden layers of 30, 800 steps as in the source.

    All activations are tried in two hidden layers, those of `deep` in as many as `depths` says
    besides, and ReLU at each of `rates`. `side`: points along a side of the grid on which one seed's
    networks are looked at.
    """

    activations: tuple[str, ...] = SOURCE + ADDED
    deep: tuple[str, ...] = ("relu", "tanh", "sigmoid")
    depths: tuple[int, ...] = (5, 10, 20)
    rates: tuple[float, ...] = (0.003, 0.01, 0.03, 0.1, 0.3)
    at: tuple[int, ...] = (0, 25, 50, 75, 100, 150, 200, 300, 400, 500, 600, 700, 800)
    seeds: int = 24  # of every arm in two layers to begin with
    most_seeds: int = 48
    deep_seeds: int = 12
    most_deep_seeds: int = 24
    rate: float = 3e-3
    width: int = 30
    samples: int = 400
    fresh: int = 1000
    batch: int = 64
    noise: float = 0.25  # deviation around the two half circles, whose radius is 1
    side: int = 41


# The work that the source timed: six functions, three data sets.
SOURCE_WORK = Params(activations=SOURCE, deep=(), rates=(), seeds=3, side=0)

# Accuracies are fractions of fresh points. `limit` is what the best rule reaches on these points.
# `bent` is the share of the variance of a trained network's outputs that no affine function of its
# inputs explains; `moved` the largest change of a weight below the last layer. `fading` is the
# decimal logarithm of the mean square of the loss's gradient by the first hidden layer's outputs,
# over that by the last one's, before training. `dead` is the share of hidden ReLUs that are 0 on
# every training sample: half-way, at the end, and at both. `surface` is the output for one class
# minus that for the other, of seed 0; `value` and `slope` are what the trainer makes of a sum.
VARIABLES = {
    "limit": ("seed",),
    "accuracy": ("depth", "activation", "seed", "step"),
    "bent": ("activation", "seed"),
    "moved": ("activation", "seed"),
    "fading": ("depth", "activation", "seed"),
    "dead": ("rate", "moment", "seed"),
    "rate_accuracy": ("rate", "seed"),
    "surface": ("activation", "y", "x"),
    "value": ("activation", "sum"),
    "slope": ("activation", "sum"),
}
