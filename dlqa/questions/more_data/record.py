"""Question 46, more data: what is run and what is kept of it."""

from dataclasses import dataclass

SOURCE = "source"  # the source's data; all others are named by how curved the best boundary is
WORK = ("svm", "tree", "shallow", "deep")  # what the source compared
LONGER, WHITENED = "longer", "whitened"  # "deep" for more steps, and on whitened inputs


@dataclass(frozen=True)
class Params:
    """The experiment's settings.

    `models` learn the source's data at `sizes`, and all but the forest at `largest`, with fewer
    seeds; all sizes count training points alone. `epochs` are those of scikit-learn's networks, which stop by
    themselves at about `cap` steps where data are many. `longer`: sizes at which "deep" is given
    `cap` steps besides; `whitened`: those at which it is shown inputs whitened by the training set. `rivals` learn data of each of `curvatures`, of which the `ends` have
    claims and so more seeds; networks see them for `at` steps, with `validation` points to stop by.
    """

    models: tuple[str, ...] = ("linear", *WORK, "forest")
    sizes: tuple[int, ...] = (16, 64, 256, 1024)
    largest: int = 4096
    longer: tuple[int, ...] = (64,)
    whitened: tuple[int, ...] = (64, 256)
    epochs: int = 200
    cap: int = 2500
    source_batch: int = 200
    seeds: int = 12
    most_seeds: int = 48
    largest_seeds: int = 8
    most_largest_seeds: int = 16
    rivals: tuple[str, ...] = ("linear", "quadratic", "svm", "deep")
    curvatures: tuple[float, ...] = (0.0, 0.25, 0.5, 0.75, 1.0)
    ends: tuple[float, ...] = (0.0, 1.0)
    between_seeds: int = 4
    at: tuple[int, ...] = (0, 25, 50, 100, 150, 200, 300, 400, 500)
    rate: float = 3e-3
    batch: int = 64
    trees: int = 30
    width: int = 100
    validation: int = 1000
    fresh: int = 2000


# The work that the source timed, for one of its three data sets.
SOURCE_WORK = Params(
    models=WORK, largest=8000, longer=(), whitened=(), curvatures=(), seeds=1, largest_seeds=1
)

# Accuracies are fractions of fresh points; `limit` is what the best rule reaches on these. `stop`
# is the step at which a network was most often right on validation points, at which it is judged.
VARIABLES = {
    "accuracy": ("data", "model", "size", "seed"),
    "stop": ("data", "size", "seed"),
    "limit": ("data", "seed"),
}
