"""Question 102, loss functions: what is run and what is kept of it."""

from dataclasses import dataclass

SOURCE = ("cross_entropy", "squared", "absolute", "fourth", "hinge", "constant")
ADDED = ("sigmoid_squared", "softmax_absolute", "generalized", "focal")
TAUGHT = tuple(name for name in SOURCE + ADDED if name != "constant")
NOISES = (0.0, 0.2, 0.4)
EVERY = (0, 25, 50, 100, 150, 200, 250, 300, 400, 500)
LONG = (600, 700, 800, 900, 1000)
EARLY = (0, 10, 20, 30, 50, 75, 100, 150, 200, 250, 300)


@dataclass(frozen=True)
class Setting:
    """Networks that learn one task from several losses.

    sigmoid: the source's, two hidden layers of 100 sigmoids drawn as Xavier has it; if not, two of 50
    ReLUs drawn as He has it. noise: the share of training and validation labels that are turned.
    bias: what the outputs for the two classes begin with besides, once added and once subtracted, so
    that large ones are sure of the first class. neutral: a last layer of zeros. long: these losses
    are trained until the last step of LONG.
    """

    name: str
    losses: tuple[str, ...]
    data: str = "independent"
    sigmoid: bool = True
    adam: bool = True
    rate: float = 3e-3
    noise: float = 0.0
    bias: float = 0.0
    neutral: bool = False
    at: tuple[int, ...] = EARLY
    long: tuple[str, ...] = ()


PAIR = ("cross_entropy", "sigmoid_squared")
SOURCES = Setting("source", SOURCE, data="correlated", at=EVERY)
SETTINGS = (
    Setting("source", SOURCE + ADDED[:2], data="correlated", at=EVERY, long=("cross_entropy", "fourth")),
    Setting(
        "fast", ("cross_entropy", "fourth"), data="correlated", rate=0.01, at=EVERY,
        long=("cross_entropy", "fourth"),
    ),
    *(Setting(f"noise_{noise:g}", TAUGHT, sigmoid=False, noise=noise) for noise in NOISES),
    Setting("neutral", ("cross_entropy", "squared"), sigmoid=False, neutral=True),
    Setting("descent", PAIR, adam=False, rate=0.1),
    Setting("wrong_descent", PAIR, adam=False, rate=0.1, bias=5.0),
    Setting("wrong_fast_descent", PAIR, adam=False, rate=1.0, bias=5.0),
    Setting("wrong_adam", PAIR, bias=5.0),
)  # fmt: skip


@dataclass(frozen=True)
class Params:
    """The experiment's settings; data, samples, batches and steps are the source's in "source"."""

    settings: tuple[Setting, ...] = SETTINGS
    seeds: int = 24  # of every arm to begin with
    most_seeds: int = 48
    width: int = 100
    relu_width: int = 50
    samples: int = 400
    fresh: int = 1000
    held_out: int = 400  # validation samples besides


# The work that the source timed: six losses, five data sets, 500 steps.
SOURCE_WORK = Params(settings=(SOURCES,), seeds=5)

# `accuracy` is a fraction of fresh points; `validation` one of the held-out samples, whose labels are
# as noisy as those of training. `confidence` is the mean of the larger class's probability on fresh
# points in the end, of losses whose outputs are read as one. `moved` is the largest change of a weight.
# `value` and `push` are a loss and its downward slope by the right class's output minus the wrong
# one's, "lead".
VARIABLES = {
    "bayes": ("setting", "seed"),
    "accuracy": ("setting", "loss", "seed", "step"),
    "validation": ("setting", "loss", "seed", "step"),
    "confidence": ("setting", "loss", "seed"),
    "moved": ("setting", "loss", "seed"),
    "value": ("loss", "lead"),
    "push": ("loss", "lead"),
}
