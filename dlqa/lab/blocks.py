"""Blocks of a record: measured numbers with the labels of the dimensions that they belong to."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from dlqa.evidence.records import SEED, Variables

Labels = Mapping[str, Sequence[object]]  # a dimension -> its labels
Measured = Mapping[str, ArrayLike]  # a variable -> its numbers


def block(values: Measured, variables: Variables, labels: Labels, **place: object) -> xr.Dataset:
    """Numbers by variable as a block of the record.

    Their axes are the dimensions that `variables` declares, in that order, but for those of `place`,
    of which the whole block has one label. Raises ValueError where axes and labels do not fit.
    """
    axes = {name: _axes(variables[name], place) for name in values}
    found = {name: (axes[name], np.asarray(each, np.float64)) for name, each in values.items()}
    used = {dim for dims in axes.values() for dim in dims}
    coords = {dim: list(each) for dim, each in labels.items() if dim in used}
    whole = xr.Dataset(found, coords).expand_dims({dim: [label] for dim, label in place.items()})
    return whole.map(lambda each: each.transpose(*variables[str(each.name)]))


def by_seed(
    seeds: Sequence[int],
    measure: Callable[[int], Measured],
    variables: Variables,
    labels: Labels,
    **place: object,
) -> xr.Dataset:
    """A block of what `measure` finds with one seed after another; its arrays have no axis of seeds."""
    found = [measure(seed) for seed in seeds]
    values = {
        name: np.stack([each[name] for each in found], _axes(variables[name], place).index(SEED))
        for name in found[0]
    }
    return block(values, variables, {**labels, SEED: seeds}, **place)


def _axes(dims: Sequence[str], place: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(dim for dim in dims if dim not in place)
