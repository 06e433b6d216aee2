"""Question 53: the quantities that its claims and figures are about, one number a seed, [S].

Differences are paired: an arm and what it is compared with share data, first weights and batches.
"""

import numpy as np

from dlqa.questions.regularization.names import ACTIVATIONS, PARAMS
from dlqa.questions.regularization.record import Array, Record, arms

ARMS = arms(PARAMS)
NEAR = 1e-3  # below this a weight counts as near zero
FIRST, MIDDLE = 0, 1  # weight layers


def accuracy(record: Record, variant: str, arm: str) -> Array:
    """On fresh points."""
    return of_arm(record.accuracy, variant, arm)


def gain(record: Record, variant: str, arm: str) -> Array:
    """Accuracy on fresh points minus that of the same network without regularization."""
    return difference(record, variant, arm, without(arm))


def difference(record: Record, variant: str, first: str, second: str) -> Array:
    """Accuracy on fresh points of one arm minus another's, over the seeds that both have."""
    return _paired(accuracy(record, variant, first), accuracy(record, variant, second))


def unpaired_gain(record: Record, variant: str, arm: str) -> Array:
    """The same as `gain`, but the network without regularization has a data set of its own."""
    alone = record.unpaired_accuracy[_variant(variant)]
    return np.asarray(accuracy(record, variant, arm) - alone)


def excess_deviation(record: Record, variant: str, arm: str) -> Array:
    """How much farther an unpaired difference lies from its median than a paired one from its."""
    unpaired, paired = (f(record, variant, arm) for f in (unpaired_gain, gain))
    return np.abs(unpaired - np.median(unpaired)) - np.abs(paired - np.median(paired))


def short_of_limit(record: Record, variant: str, arm: str) -> Array:
    """The data set's Bayes limit minus the accuracy on fresh points."""
    reached = accuracy(record, variant, arm)
    return np.asarray(record.bayes[_variant(variant), : len(reached)] - reached)


def shrunk(record: Record, variant: str, arm: str) -> Array:
    """Mean of |w| over all weights after training, relative to that without regularization."""
    here, plain = (
        of_arm(record.size, variant, each)[:, -1] @ record.weights for each in (arm, without(arm))
    )
    return _ratio(here, plain)


def shrunk_middle(record: Record, variant: str, arm: str) -> Array:
    """The same for the middle layer alone."""
    here, plain = (
        of_arm(record.size, variant, each)[:, -1, MIDDLE] for each in (arm, without(arm))
    )
    return _ratio(here, plain)


def less_shrunk(record: Record, variant: str, first: str, second: str) -> Array:
    """`shrunk_middle` of one arm minus another's."""
    return _paired(*(shrunk_middle(record, variant, arm) for arm in (first, second)))


def exact_zeros(record: Record, variant: str, arm: str) -> Array:
    """Share of weights that are exactly 0."""
    return of_arm(record.below, variant, arm)[:, 0]


def near_zeros(record: Record, variant: str, arm: str) -> Array:
    """Share of weights with |w| at most 0.001, exact zeros included."""
    place = int(np.argmin(np.abs(record.thresholds - NEAR)))
    return of_arm(record.below, variant, arm)[:, place]


def worse_sample(record: Record, variant: str, arm: str) -> Array:
    """Relative error of the first layer's mean |w| from the source's fifty weights, minus that from
    fifty drawn at random."""
    fifty = of_arm(record.fifty, variant, arm)[:, FIRST]  # [S, 2]
    whole = of_arm(record.size, variant, arm)[:, -1, FIRST]
    random, last = np.abs(fifty / whole[:, None] - 1).T
    return np.asarray(last - random)


def harder_hit(record: Record, variant: str, arm: str) -> Array:
    """`gain` where the best boundary needs long normals minus where it needs short ones, [S / 2].

    Seeds are ordered by that length; one of the upper half is set against one of the lower.
    """
    order = np.argsort(record.demand[_variant(variant)], kind="stable")
    gains = gain(record, variant, arm)[order]
    half = len(gains) // 2
    return np.asarray(gains[-half:] - gains[:half])


def overfit(record: Record, variant: str, arm: str) -> Array:
    """Accuracy on the training samples minus accuracy on fresh points."""
    return of_arm(record.fitted, variant, arm) - accuracy(record, variant, arm)


def more_overfit(record: Record, variant: str, activation: str) -> Array:
    """`overfit` of another activation's networks minus that of the sigmoid's, unregularized."""
    arms = (f"{activation}_none", "none")
    return _paired(*(overfit(record, variant, arm) for arm in arms))


def without(arm: str) -> str:
    """The arm without regularization that an arm is compared with."""
    way = arm.split("_")[0]
    return f"{way}_none" if way in ACTIVATIONS else "none"


def of_arm(values: Array, variant: str, arm: str) -> Array:
    """Of values [V, A, S, ...] an arm's, [S, ...], for the seeds that it was run with."""
    found = values[_variant(variant), ARMS.index(arm)]
    return np.asarray(found[: min(_seeds(arm), len(found))])


def _seeds(arm: str) -> int:
    way = arm.split("_")[0]
    if way in ACTIVATIONS:
        return PARAMS.activation_seeds
    return PARAMS.side_seeds if way in PARAMS.alternatives else PARAMS.seeds


def _paired(first: Array, second: Array) -> Array:
    """The difference over the seeds that both have, which are the first ones."""
    seeds = min(len(first), len(second))
    return np.asarray(first[:seeds] - second[:seeds])


def _ratio(first: Array, second: Array) -> Array:
    seeds = min(len(first), len(second))
    return np.asarray(first[:seeds] / second[:seeds])


def _variant(name: str) -> int:
    return PARAMS.variants.index(name)
