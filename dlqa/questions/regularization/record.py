"""Question 53, regularization: what is run and what is kept of it.

Axes: V variants of the data, A arms (see `arms`), S seeds, T observed steps, L weight layers,
Q thresholds, F the fifty weights that are followed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FIFTY = 50  # weights of a layer that the source follows
STRENGTHS = ("mild", "strong", "extreme")  # what the strengths are called in names
SHOWN = ("none", "l1_mild", "l1_strong", "l2_strong", "proximal_strong", "decay_strong")


@dataclass(frozen=True)
class Params:
    """The experiment's settings; the source's unless the page says otherwise.

    `seeds` serve the source's two penalties under Adam, `side_seeds` the proximal step and decoupled
    weight decay, `activation_seeds` tanh and ReLU. `matched` is the strength of the L2 penalty whose
    own coefficient in the middle layer one more arm applies as decoupled decay.
    """

    variants: tuple[str, ...] = ("correlated", "independent")
    penalties: tuple[str, ...] = ("l1", "l2")
    alternatives: tuple[str, ...] = ("proximal", "decay")
    strengths: tuple[float, ...] = (0.1, 1.0, 10.0)
    matched: float = 1.0
    activations: tuple[str, ...] = ("tanh", "relu")
    activation_variant: str = "independent"
    activation_strengths: tuple[float, ...] = (0.1, 1.0)
    width: int = 50
    at: tuple[int, ...] = (0, 5, 10, 20, 30, 50, 75, 100, 150, 200, 250, 300, 400, 500, 600, 750)
    seeds: int = 32
    side_seeds: int = 16
    activation_seeds: int = 24
    rate: float = 3e-3
    batch: int = 64
    samples: int = 400
    fresh: int = 2000


# The work that the source timed: each penalty without and with two strengths, so six networks.
# The networks without a penalty learn from two data sets, as they did there.
SOURCE_WORK = Params(
    variants=("correlated",), strengths=(0.1, 1.0), alternatives=(), activations=(), seeds=1
)


def arms(params: Params) -> list[str]:
    """What is compared: no regularization, then each way in each strength, then activations."""
    strengths = STRENGTHS[: len(params.strengths)]
    names = ["none"]
    names += [f"{how}_{word}" for how in params.penalties for word in strengths]
    names += [f"{how}_{word}" for how in params.alternatives for word in strengths]
    names += ["decay_matched"] if "decay" in params.alternatives else []
    of_activation = ("none", *STRENGTHS[: len(params.activation_strengths)])
    return names + [f"{name}_{word}" for name in params.activations for word in of_activation]


@dataclass(frozen=True)
class Record:
    """What the runs left; NaN where an arm has fewer seeds or leaves out a variant.

    Accuracies are fractions, of fresh points or (`fitted`) of the training samples. `demand` is the
    length of the Bayes rule's normal, `size` the mean of |w| in each layer, `fifty` the mean over
    fifty of them alone, drawn at random or the source's last. `below` is the share of all weights
    with |w| at most a threshold, the first being 0. `paths` follow the same fifty weights of each
    layer in the first network of the first variant.
    """

    steps: Array  # [T]
    thresholds: Array  # [Q]
    weights: Array  # [L], how many a layer has
    bayes: Array  # [V, S]
    demand: Array  # [V, S]
    accuracy: Array  # [V, A, S]
    unpaired_accuracy: Array  # [V, S], without regularization, on other data sets
    fitted: Array  # [V, A, S]
    size: Array  # [V, A, S, T, L]
    fifty: Array  # [V, A, S, L, 2]
    below: Array  # [V, A, S, Q]
    paths: Array  # [SHOWN, T, L, 2, F]
