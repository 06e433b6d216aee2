"""Question 51: the quantities that its claims and figures are about, one number a seed, [S].

"Attained" is the share of what can be won over guessing: (accuracy − ½) / (Bayes limit − ½).
"""

import numpy as np

from dlqa.questions.initialization.record import Array, Params, Record

PARAMS = Params()


def attained(record: Record, variant: str, name: str, step: int) -> Array:
    """Of the source's network, at a step up to 500."""
    return _attained(_at(curves(record, variant, name), record.steps, step), record, variant)


def attained_long(record: Record, variant: str, name: str, step: int) -> Array:
    """Of the source's network, at a step up to 1000."""
    accuracy = _at(long_curves(record, variant, name), record.long_steps, step)
    return _attained(accuracy, record, variant)


def attained_elsewhere(record: Record, activation: str, variant: str, name: str) -> Array:
    """With another activation, at step 500."""
    return _attained(side_curves(record, activation, variant, name)[:, -1], record, variant)


def attained_narrow(record: Record, width: int, variant: str) -> Array:
    """From constant 0 in a narrower network, at step 1000."""
    accuracy = record.width_accuracy[PARAMS.widths.index(width), _variant(variant), 0, :, -1]
    return _attained(accuracy, record, variant)


def attained_on_xor(record: Record, name: str) -> Array:
    """On XOR, at step 1000."""
    accuracy = record.xor_accuracy[0, PARAMS.long_initializers.index(name), :, -1]
    return np.asarray((accuracy - 0.5) / (record.xor_bayes[0] - 0.5))


def area_gap(record: Record, variant: str, first: str, second: str) -> Array:
    """Area under one initializer's accuracy curve minus another's, same data and batches."""
    gap = curves(record, variant, first) - curves(record, variant, second)
    return _mean_height(gap, record.steps)


def area_gap_elsewhere(
    record: Record, activation: str, variant: str, first: str, second: str
) -> Array:
    """The same with another activation, or with "descent" for sigmoid under gradient descent."""
    one, two = (side_curves(record, activation, variant, name) for name in (first, second))
    return _mean_height(one - two, record.steps)


def loss_gap(record: Record, variant: str, step: int) -> Array:
    """Training loss of N(0, 1) minus Xavier's, at a step up to 1000."""
    losses = (long_losses(record, variant, name) for name in ("gaussian_large", "xavier"))
    large, xavier = (_at(loss, record.long_steps, step) for loss in losses)
    return large - xavier


def accuracy_gap(record: Record, variant: str) -> Array:
    """Accuracy on fresh points of Xavier minus that of N(0, 1), at step 1000."""
    ends = (long_curves(record, variant, name)[:, -1] for name in ("xavier", "gaussian_large"))
    xavier, large = ends
    return xavier - large


def curves(record: Record, variant: str, name: str) -> Array:
    """Accuracy [S, T] of the source's network."""
    return np.asarray(record.accuracy[_variant(variant), PARAMS.initializers.index(name)])


def long_curves(record: Record, variant: str, name: str) -> Array:
    """Accuracy [S, L] of the long runs."""
    return np.asarray(record.long_accuracy[_variant(variant), PARAMS.long_initializers.index(name)])


def long_losses(record: Record, variant: str, name: str) -> Array:
    """Training loss [S, L] of the long runs."""
    return np.asarray(record.long_loss[_variant(variant), PARAMS.long_initializers.index(name)])


def side_curves(record: Record, activation: str, variant: str, name: str) -> Array:
    """Accuracy [S', T] with another activation, or with "descent" for sigmoid."""
    place = _variant(variant)
    if activation == "descent":
        return np.asarray(record.descent_accuracy[place, PARAMS.descent_initializers.index(name)])
    of_activation = record.side_accuracy[PARAMS.activations.index(activation), place]
    return np.asarray(of_activation[PARAMS.side_initializers.index(name)])


def _attained(accuracy: Array, record: Record, variant: str) -> Array:
    """Side runs have fewer seeds: the first of the data sets' limits are theirs."""
    bayes = record.bayes[_variant(variant), : len(accuracy)]
    return np.asarray((accuracy - 0.5) / (bayes - 0.5))


def _mean_height(heights: Array, steps: Array) -> Array:
    """Of curves [..., T] over unevenly spaced steps [T]."""
    return np.asarray(np.trapezoid(heights, steps, axis=-1) / (steps[-1] - steps[0]))


def _at(values: Array, steps: Array, step: int) -> Array:
    return np.asarray(values[..., np.flatnonzero(steps == step)[0]])


def _variant(name: str) -> int:
    return PARAMS.variants.index(name)
