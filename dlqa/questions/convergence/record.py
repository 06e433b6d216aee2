"""Question 52, convergence of layers: what is run and what is kept of it."""

from dataclasses import dataclass

DATA = ("correlated", "independent")
LAYERS = (1, 2, 3, 4)  # of weights, from input to output
HORIZONS = (750, 1500)  # steps: the source's, and twice as many

# Marks lie closer where weights move faster; trapezoids between them carry the areas.
SHORT = (0, 10, 20, 40, 70, 100, 150, 200, 250, 300, 400, 500, 600, 750)
MARKS = (*SHORT, 900, 1050, 1200, 1350, 1500)


@dataclass(frozen=True)
class Params:
    """The experiment's settings; the source's unless the page says otherwise.

    `sides` are run beside the source's network (sigmoid, Adam), each an activation with an
    optimizer. Every run goes on to the last horizon; what is "final" is judged at each, and shown
    at every one of `stops`, marks among which the horizons are.
    `picture` is the length of the one run that is drawn weight by weight, every `picture_every`
    steps. `sampled` weights of a layer are watched, `probes` fresh points carry representations.
    """

    data: tuple[str, ...] = DATA
    sides: tuple[tuple[str, str], ...] = (
        ("tanh", "adam"),
        ("relu", "adam"),
        ("sigmoid", "descent"),
        ("tanh", "descent"),
        ("relu", "descent"),
    )
    hidden: tuple[int, ...] = (50, 50, 50)
    horizons: tuple[int, int] = HORIZONS
    stops: tuple[int, ...] = (250, 500, 750, 1050, 1500)
    marks: tuple[int, ...] = MARKS
    picture: int = 750
    picture_every: int = 15
    seeds: int = 24  # of every arm to begin with
    most_seeds: int = 48  # of an arm in the end, where a claim stays open
    rate: float = 3e-3
    descent_rate: float = 0.1
    batch: int = 64
    samples: int = 400
    fresh: int = 1000
    probes: int = 128
    sampled: int = 50
    retreat: float = 0.1  # of its range: how far a nearly monotone weight may go back


# The work that the source timed: one network, 750 steps, fifty weights of each layer on the way.
SOURCE_WORK = Params(data=("correlated",), sides=(), seeds=0)

# What is "final" is so at a stop; beyond it is NaN. Side settings are judged at the last stop,
# `accuracy`, `travel` and `lost` at the horizons. `step_size` is the root mean square change of a
# sampled weight in a step, averaged over the steps to a stop, `step_size_curve` the same in equal
# spans by their middles. `distance` is that to the final weights over that at the start, `travel`
# the way from start to end over the norm at the start, `alignment` linear CKA to the final
# representation on fresh points. `monotone` is the share of sampled weights that are nearly so up
# to the first horizon, `sampling` the root mean square travel to there of fifty weights over their
# layer's, `gradient` the root mean square gradient of a weight before the first step. `accuracy` is
# a fraction of fresh points, `lost` what of it goes where one layer is re-initialized,
# `bayes` a data set's limit. `picture` follows single weights of one network.
RUNS = ("optimizer", "data", "activation", "seed")
VARIABLES = {
    "bayes": ("data", "seed"),
    "accuracy": (*RUNS, "stop"),
    "step_size": (*RUNS, "stop", "layer"),
    "step_size_curve": (*RUNS, "middle", "layer"),
    "distance": (*RUNS, "stop", "step", "layer"),
    "alignment": (*RUNS, "stop", "step", "layer"),
    "travel": (*RUNS, "stop", "layer"),
    "lost": (*RUNS, "stop", "layer"),
    "monotone": (*RUNS, "layer"),
    "sampling": (*RUNS, "sample", "layer"),
    "gradient": (*RUNS, "layer"),
    "picture": ("sample", "layer", "weight", "moment"),
}
