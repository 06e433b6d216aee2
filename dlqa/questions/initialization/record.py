"""Question 51, weight initialization: what is run and what is kept of it.

Axes: V variants of the data, K initializers, A activations, W widths, G standard deviations,
S seeds, T observed steps.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

EVERY = (0, 10, 20, 30, 40, 50, 75, 100, 150, 200, 250, 300, 350, 400, 450, 500)
SOURCE = ("xavier", "zero", "one", "gaussian_small", "gaussian_large")
ADDED = ("constant_small", "he", "lecun", "orthogonal")


@dataclass(frozen=True)
class Params:
    """The experiment's settings; the source's unless the page says otherwise.

    `seeds` serve the sigmoid network of the source, `side_seeds` the variations around it,
    `spread_seeds` N(0, σ²) for every one of `deviations`, on the first variant's data alone.
    """

    variants: tuple[str, ...] = ("correlated", "independent")
    initializers: tuple[str, ...] = SOURCE + ADDED
    long_initializers: tuple[str, ...] = ("xavier", "zero", "gaussian_large")
    side_initializers: tuple[str, ...] = ("xavier", "zero", "gaussian_small")
    activations: tuple[str, ...] = ("tanh", "relu")
    descent_initializers: tuple[str, ...] = ("xavier", "gaussian_small", "gaussian_large")
    widths: tuple[int, ...] = (32, 50)
    deviations: tuple[float, ...] = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
    width: int = 100
    at: tuple[int, ...] = EVERY
    long_at: tuple[int, ...] = (600, 700, 800, 900, 1000)
    seeds: int = 24
    side_seeds: int = 12
    spread_seeds: int = 8
    rate: float = 3e-3
    descent_rate: float = 0.1
    batch: int = 64
    samples: int = 400
    fresh: int = 1000


# The work that the source timed: five initializations, five data sets, 500 steps, its plots' data.
SOURCE_WORK = Params(
    variants=("correlated",),
    initializers=SOURCE,
    long_initializers=(),
    side_initializers=(),
    activations=(),
    descent_initializers=(),
    widths=(),
    deviations=(),
    long_at=(),
    seeds=5,
    side_seeds=5,
)


@dataclass(frozen=True)
class Record:
    """What the runs left. Accuracies are fractions of fresh points, losses squared errors.

    `bayes` is each data set's own limit, `linear_gap` how far the best linear rule misses it on the
    fresh points. `saturated` is the share of hidden units' outputs outside 0.05..0.95 before the
    first and after the last step, `logits` the root mean square of the outputs after the last,
    `disagreement` the largest difference between units of one hidden layer relative to the layer's
    largest weight. K lists `Params.initializers`, J `long_initializers` and so on.
    """

    steps: Array  # [T]
    long_steps: Array  # [L], the long runs'
    bayes: Array  # [V, S]
    linear_gap: Array  # [V, S]
    accuracy: Array  # [V, K, S, T]
    loss: Array  # [V, K, S, T], on the training samples
    saturated: Array  # [V, K, S, 2]
    logits: Array  # [V, K, S]
    long_accuracy: Array  # [V, J, S, L]
    long_loss: Array  # [V, J, S, L]
    disagreement: Array  # [V, J, S]
    side_accuracy: Array  # [A, V, M, S', T], other activations
    descent_accuracy: Array  # [V, D, S', T], plain gradient descent
    width_accuracy: Array  # [W, V, 1, S', L], constant 0 in narrower networks
    xor_bayes: Array  # [1, S']
    xor_accuracy: Array  # [1, J, S', L], on a problem that no line solves
    spread_accuracy: Array  # [1, G, S'', T], from N(0, σ²), the first variant's data
    spread_loss: Array  # [1, G, S'', T]
    spread_saturated: Array  # [1, G, S'', 2]
