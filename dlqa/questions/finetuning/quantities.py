"""Question 54: what its claims compare, each one number a seed.

Axes as in the record. Whatever has to be chosen (a depth, a rate, a first head) is chosen seed by
seed on the validation split; what is returned is test accuracy. The first S probe seeds are the
seeds that train, with the same images.
"""

import numpy as np

from dlqa.questions.finetuning.names import PARAMS
from dlqa.questions.finetuning.record import HEADS, TASKS, Array, Record

SIZES = ("small", "large")
LAST, MIDDLE = -1, len(PARAMS.rates) // 2


def at(task: str) -> int:
    return TASKS.index(task)


def probed(record: Record, task: str, size: str, depth: int | None = None) -> Array:
    """Of a ridge probe [P] at a depth, or at the one that validation prefers."""
    return _deep(record.probed[at(task), SIZES.index(size)], depth)


def random_weights(record: Record, task: str, size: str) -> Array:
    """Of a ridge probe [P] on features of random weights, at the depth that validation prefers."""
    return _deep(record.control[at(task), SIZES.index(size)], None)


def vectors(record: Record, task: str, depth: int | None = None) -> Array:
    """Of a linear SVM [P], small set."""
    return _deep(record.vectors[at(task)], depth)


def tuned(record: Record, task: str, size: str) -> Array:
    """Of fine-tuning all layers [S], first head and rate as validation on the small set prefers."""
    if size == "large":
        return np.asarray(record.tuned_large[at(task), :, 1])
    return tuned_from(record, task)


def tuned_from(record: Record, task: str, head: str | None = None) -> Array:
    """The same on the small set, from one of the first heads where it is named."""
    heads = [HEADS.index(head)] if head else range(len(HEADS))
    return _chosen(np.concatenate([record.tuned[at(task), place] for place in heads]))


def at_rate(record: Record, task: str, head: str, place: int) -> Array:
    """Of fine-tuning all layers [S] at one of the rates, small set."""
    return np.asarray(record.tuned[at(task), HEADS.index(head), place, :, 1])


def last_stage(record: Record, task: str, size: str) -> Array:
    """Of training the last stage, the head and the classifier alone [S]."""
    return _chosen(record.last[at(task), SIZES.index(size)])


def scratch(record: Record, task: str, size: str) -> Array:
    """Of training from random weights [S]: as long as fine-tuning, on the large set to the end."""
    if size == "small":
        return np.asarray(record.scratch_small[at(task), :, 1])
    return np.asarray(record.scratch[at(task), :, -1])


def kept(record: Record, head: str, place: int) -> Array:
    """The share of old decisions [S] that fine-tuning on digits leaves, at one of the rates."""
    return np.asarray(record.kept[HEADS.index(head), place])


def moved(record: Record, head: str, place: int) -> Array:
    """How far the filters moved [S], relative to their norm, at one of the rates."""
    return np.asarray(record.moved[HEADS.index(head), place])


def best_depth(record: Record, task: str, size: str) -> Array:
    """The depth [P] that validation prefers for the ridge probe, from 0."""
    return np.asarray(record.probed[at(task), SIZES.index(size), :, :, 0].argmax(0))


def _deep(accuracies: Array, depth: int | None) -> Array:
    """[P] of [D, P, 2]."""
    return _chosen(accuracies) if depth is None else np.asarray(accuracies[depth, :, 1])


def _chosen(accuracies: Array) -> Array:
    """Test accuracy [S] of [choices, S, 2] where validation accuracy is highest, the first of equals."""
    best = accuracies[:, :, 0].argmax(0)
    return np.asarray(accuracies[best, np.arange(accuracies.shape[1]), 1])
