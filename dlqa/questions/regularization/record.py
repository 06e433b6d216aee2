"""Question 53, regularization: what is run and what is kept of it."""

from dataclasses import dataclass

DATA = ("correlated", "independent")
LAYERS = (1, 2, 3)  # of weights, from input to output
STRENGTHS = ("mild", "strong", "extreme")  # what the strengths are called in names
FOLLOWED = ("none", "l2_strong", "decay_strong", "l1_mild", "l1_strong", "proximal_strong")


@dataclass(frozen=True)
class Params:
    """The experiment's settings; the source's unless the page says otherwise.

    Every arm starts with `seeds` and gets more, at most `most_seeds`, while a claim of it is open.
    `matched` is the strength of the L2 penalty whose own coefficient in the middle layer one more
    arm applies as decoupled decay.
    """

    data: tuple[str, ...] = DATA
    penalties: tuple[str, ...] = ("l1", "l2")
    alternatives: tuple[str, ...] = ("proximal", "decay")
    strengths: tuple[float, ...] = (0.1, 1.0, 10.0)
    matched: float = 1.0
    activations: tuple[str, ...] = ("tanh", "relu")
    activation_data: tuple[str, ...] = ("independent",)
    activation_strengths: tuple[float, ...] = (0.1, 1.0)
    width: int = 50
    at: tuple[int, ...] = (0, 5, 10, 20, 30, 50, 75, 100, 150, 200, 250, 300, 400, 500, 600, 750)
    seeds: int = 24
    most_seeds: int = 96
    rate: float = 3e-3
    batch: int = 64
    samples: int = 400
    fresh: int = 2000


# The work that the source timed: each penalty without and with two strengths, so six networks.
# The networks without a penalty learn from two data sets, as they did there.
SOURCE_WORK = Params(
    data=("correlated",), strengths=(0.1, 1.0), alternatives=(), activations=(), seeds=1
)

# An arm is a way of regularizing with its strength ("l1_mild"), or an activation with an L2 penalty
# ("tanh_none", "tanh_strong"). Accuracies are fractions, of fresh points or (`fitted`) of the
# training samples; `unpaired_accuracy` is that without regularization on other data sets. `bayes` is
# a data set's limit, `demand` the length of the Bayes rule's normal. `weights` is how many a layer
# has, `size` the mean of |w| in each. `below` is the share of all weights with |w| at most a
# threshold, the first being 0. `paths` follow first-layer weights of the first network on the first
# data, drawn at random.
VARIABLES = {
    "bayes": ("data", "seed"),
    "demand": ("data", "seed"),
    "unpaired_accuracy": ("data", "seed"),
    "accuracy": ("data", "arm", "seed"),
    "fitted": ("data", "arm", "seed"),
    "size": ("data", "arm", "seed", "step", "layer"),
    "below": ("data", "arm", "seed", "threshold"),
    "paths": ("arm", "step", "weight"),
    "weights": ("layer",),
}
