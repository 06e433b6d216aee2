"""Question 51, weight initialization: what is run and what is kept of it."""

from dataclasses import dataclass

DATA = ("correlated", "independent")
EVERY = (0, 10, 20, 30, 40, 50, 75, 100, 150, 200, 250, 300, 350, 400, 450, 500)
LONG = (600, 700, 800, 900, 1000)
SOURCE = ("xavier", "zero", "one", "gaussian_small", "gaussian_large")
ADDED = ("constant_small", "he", "lecun", "orthogonal")


@dataclass(frozen=True)
class Params:
    """The experiment's settings; the source's unless the page says otherwise.

    N(0, σ²) is run for every one of `deviations`, on the first data alone; `depth` hidden layers
    are looked at before training, for each of `untrained`, an activation with an initializer.
    """

    data: tuple[str, ...] = DATA
    initializers: tuple[str, ...] = SOURCE + ADDED
    long_initializers: tuple[str, ...] = ("xavier", "zero", "gaussian_large")
    side_initializers: tuple[str, ...] = ("xavier", "zero", "gaussian_small")
    activations: tuple[str, ...] = ("tanh", "relu")
    xor_initializers: tuple[str, ...] = ("xavier", "zero")
    descent_initializers: tuple[str, ...] = ("xavier", "gaussian_small", "gaussian_large")
    widths: tuple[int, ...] = (32, 50)
    deviations: tuple[float, ...] = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
    untrained: tuple[tuple[str, str], ...] = (
        ("relu", "he"), ("relu", "xavier"), ("sigmoid", "xavier"),
        ("tanh", "xavier"), ("tanh", "gaussian_small"), ("tanh", "gaussian_large"),
    )  # fmt: skip
    depth: int = 10
    width: int = 100
    at: tuple[int, ...] = EVERY
    long_at: tuple[int, ...] = LONG
    seeds: int = 24  # of every arm to begin with
    most_seeds: int = 48  # of an arm in the end, where a claim stays open
    rate: float = 3e-3
    descent_rate: float = 0.1
    batch: int = 64
    samples: int = 400
    fresh: int = 1000


# The work that the source timed: five initializations, five data sets, 500 steps, its plots' data.
SOURCE_WORK = Params(
    data=("correlated",), initializers=SOURCE, long_initializers=(), side_initializers=(),
    activations=(), xor_initializers=(), descent_initializers=(), widths=(), deviations=(),
    untrained=(), long_at=(), seeds=5,
)  # fmt: skip

# Setting: the source's sigmoid network, another activation, plain gradient descent ("descent"), or
# another width ("width_32"). Accuracies are fractions of fresh points, losses squared errors on the
# training samples. `bayes` is a data set's own limit, `linear_gap` how far the best linear rule
# misses it on the fresh points. `saturated` is the share of hidden units' outputs outside 0.05..0.95
# at the start and the end. Of the units of one hidden layer, `gradients_apart` is the largest
# difference between first gradients relative to the largest, `units_apart` that between weights
# after training. What begins with `spread` starts from N(0, deviation²), on correlated data.
# `signal` and `error` are mean squares in deep networks before training: of a layer's outputs, and
# of the loss's gradient by them, over that by the last hidden layer's.
VARIABLES = {
    "bayes": ("data", "seed"),
    "linear_gap": ("data", "seed"),
    "accuracy": ("setting", "data", "initializer", "seed", "step"),
    "loss": ("setting", "data", "initializer", "seed", "step"),
    "saturated": ("setting", "data", "initializer", "seed", "moment"),
    "gradients_apart": ("setting", "data", "initializer", "seed"),
    "units_apart": ("setting", "data", "initializer", "seed"),
    "spread_accuracy": ("data", "deviation", "seed", "step"),
    "spread_loss": ("data", "deviation", "seed", "step"),
    "spread_saturated": ("data", "deviation", "seed", "moment"),
    "signal": ("setting", "initializer", "seed", "layer"),
    "error": ("setting", "initializer", "seed", "layer"),
}
