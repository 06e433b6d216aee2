"""Records as labelled arrays: how the blocks of a study become one, and how they are read.

A record is an `xarray.Dataset`. Its dimensions are what a study varies (data, initializer, seed,
step …), its coordinates their labels; a label that a record does not have raises KeyError instead
of reading a wrong column. NaN stands where the study ran nothing.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import xarray as xr
from numpy.typing import NDArray

SEED = "seed"
Variables = Mapping[str, tuple[str, ...]]  # a variable's name -> its dimensions
Array = NDArray[np.float64]


def gathered(blocks: Iterable[xr.Dataset]) -> xr.Dataset:
    """One record of all blocks; what two of them hold must be equal there.

    Labels keep the order in which they come, numbers (seeds, steps) are sorted. Raises ValueError
    where blocks contradict one another or give a variable other dimensions.
    """
    blocks = list(blocks)
    coords: dict[str, list[object]] = {}
    shapes: dict[str, tuple[str, ...]] = {}
    for block in blocks:
        for name, labels in block.coords.items():
            coords[str(name)] = _merged(coords.get(str(name), []), labels.values.tolist())
        for name, values in block.data_vars.items():
            if shapes.setdefault(str(name), _dims(values)) != _dims(values):
                raise ValueError(
                    f"{name}: {_dims(values)} in one block, {shapes[str(name)]} before"
                )
    found = {
        name: (dims, np.full([len(coords[dim]) for dim in dims], np.nan))
        for name, dims in shapes.items()
    }
    record = xr.Dataset(found, coords=coords)
    for block in blocks:
        for name, values in block.data_vars.items():
            _fill(record[name], values)
    return record


def check(record: xr.Dataset, variables: Variables) -> None:
    """Raises ValueError where a record does not hold what its question says that it holds."""
    found = {str(name): _dims(values) for name, values in record.data_vars.items()}
    wrong = [
        f"{name}: expected {variables.get(name, 'no such variable')}, got {found.get(name, 'none')}"
        for name in sorted({*found, *variables})
        if found.get(name) != variables.get(name)
    ]
    for name, values in record.data_vars.items():
        if values.dtype != np.float64:
            wrong.append(f"{name}: expected float64, got {values.dtype}")
        elif values.size == 0 or not np.isfinite(values.values).any():
            wrong.append(f"{name}: no number in it")
    if wrong:
        raise ValueError("a record of other variables than declared:\n  " + "\n  ".join(wrong))


def samples(values: xr.DataArray) -> Array:
    """One number a seed as a plain array [S]; a record's last seeds that were not run are left out.

    Raises ValueError where another dimension is left, or a seed is missing in between.
    """
    if values.dims != (SEED,):
        raise ValueError(f"expected one number a seed, got dimensions {values.dims}")
    numbers = np.asarray(values.values, dtype=np.float64)
    ran = np.flatnonzero(~np.isnan(numbers))
    return numbers[: ran[-1] + 1 if len(ran) else 0]


def ran(values: xr.DataArray) -> xr.DataArray:
    """The values of those seeds for which there is any. Raises KeyError where there is no seed."""
    found = values.dropna(SEED, how="all")
    if not found.sizes[SEED]:
        raise KeyError(f"{values.name}: nothing was run there")
    return found


def mean_height(curves: xr.DataArray, along: str = "step") -> xr.DataArray:
    """The area under curves over the span of their unevenly spaced labels (trapezoids)."""
    at = curves[along]
    return curves.integrate(along) / float(at[-1] - at[0])


def _dims(values: xr.DataArray) -> tuple[str, ...]:
    return tuple(str(dim) for dim in values.dims)


def _merged(old: Sequence[object], new: Sequence[object]) -> list[object]:
    merged = list(dict.fromkeys([*old, *new]))
    numbers = all(isinstance(label, int | float) for label in merged)
    return sorted(merged, key=float) if numbers else merged  # type: ignore[arg-type]


def _fill(target: xr.DataArray, block: xr.DataArray) -> None:
    """Writes a block's numbers into their places in the whole."""
    places = [target.get_index(dim).get_indexer(block.get_index(dim)) for dim in target.dims]
    where = np.ix_(*places)
    old, new = target.values[where], block.values
    both = ~np.isnan(old) & ~np.isnan(new)
    if not np.array_equal(old[both], new[both]):
        raise ValueError(
            f"{block.name}: two blocks of a study give different numbers for one place"
        )
    target.values[where] = np.where(np.isnan(new), old, new)
