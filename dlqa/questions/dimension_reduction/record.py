"""Question 48, dimensionality reduction: what is run and what is kept of it."""

from dataclasses import dataclass

PCA = ("pca_10", "pca_5", "pca_1")
PREPARATIONS = ("none", "centred", "standardized", "whitened", *PCA)
RATE = 3e-3  # the source's
LOUD = 10  # inputs of much variance among which a quiet signal stands

Arm = tuple[str, int, str, float]  # data, inputs that tell nothing, preparation, rate


def every(
    data: str, dummies: tuple[int, ...], preparations: tuple[str, ...], *rates: float
) -> tuple[Arm, ...]:
    """An arm for each combination, at the source's rate unless others are given."""
    return tuple(
        (data, count, name, rate)
        for count in dummies
        for name in preparations
        for rate in rates or (RATE,)
    )


# What claims are about begins with `seeds`; what is only drawn has `few`.
DECISIVE = (
    *every("uniform", (200,), ("none", "centred", "whitened", "pca_10", "pca_1")),
    *every("uniform", (50,), ("none", "centred", "whitened", "pca_10")),
    *every("uniform", (1,), ("centred", "whitened")),
    *every("rotation", (200,), ("none", "centred", "pca_10", "pca_1")),
    *every("uniform", (200,), ("none",), 3e-4),
    *every("quiet", (LOUD,), ("none", "standardized", "whitened", "pca_10")),
)
SHOWN = (
    *every("uniform", (200,), ("standardized", "pca_5")),
    *every("uniform", (50,), ("standardized", "pca_5", "pca_1")),
    *every("uniform", (1,), ("none", "standardized", *PCA)),
    *every("uniform", (200,), ("none", "centred", "pca_10"), 1e-3, 1e-2),
    *every("uniform", (200,), ("centred", "pca_10"), 3e-4),
)


@dataclass(frozen=True)
class Params:
    """The experiment's settings: samples, network, steps and rate as in the source.

    `level`: dummies are uniform in 0..level, a number of ours; `few`: seeds of arms that are only
    drawn; `angles`, `stretches`: of the clouds in the plane that the live figure shows.
    """

    decisive: tuple[Arm, ...] = DECISIVE
    shown: tuple[Arm, ...] = SHOWN
    seeds: int = 24
    most_seeds: int = 48
    few: int = 6
    hidden: tuple[int, ...] = (100, 100)
    at: tuple[int, ...] = (250, 500)
    level: float = 0.5
    loud: float = 2.0  # deviation of the loud inputs
    quiet: float = 0.25  # deviation of the signal among them, in each class; means are 1 apart
    drawn: int = 100
    train: int = 80
    fresh: int = 1000
    angles: tuple[int, ...] = (0, 30, 60, 90)
    stretches: tuple[int, ...] = (1, 2, 4, 8)


# The work that the source timed: up to 2000 dummies, none, ten, five and one component, three runs,
# 20 samples to test on. How many dummies between 1 and 2000 is ours.
SOURCE_WORK = Params(
    decisive=every("uniform", (1, 10, 50, 200, 500, 2000), ("none", *PCA)),
    shown=(), seeds=3, at=(500,), fresh=20, angles=(), stretches=(),
)  # fmt: skip

_ARM = ("data", "dummies", "preparation", "rate", "seed")

# Accuracies are fractions of fresh points. `same` is the share of the answer given most often, at
# the end; `saturated` that of outputs of the first hidden layer beyond 0.05 and 0.95 before
# training; `kept` that of the training samples' variance which the prepared ones still have (1
# unless directions were dropped). `apart` is the largest change of a distance between two training
# samples when all components are kept. Of clouds in the plane: `point` in units of the figure,
# `first` the first principal direction, `share` of the variance along it, `whole` and `one` the
# best rule's accuracy on both coordinates and on that component alone.
VARIABLES = {
    "accuracy": (*_ARM, "step"),
    "same": _ARM,
    "saturated": _ARM,
    "kept": _ARM,
    "apart": ("dummies",),
    "point": ("angle", "stretch", "class", "axis", "sample"),
    "first": ("angle", "stretch", "axis"),
    "share": ("angle", "stretch"),
    "whole": ("angle", "stretch"),
    "one": ("angle", "stretch"),
}
