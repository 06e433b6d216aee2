"""Blocks of a record as a file: labelled arrays in one compressed npz, read without pickle."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlqa.publishing.store.archives import DIMENSIONS, LABEL, BadRecord, dimensions
from dlqa.publishing.store.reading import receipt
from dlqa.publishing.store.results import RECEIPT, RECORD
from dlqa.publishing.store.shelves import Damaged
from dlqa.publishing.store.stages import Promise

if TYPE_CHECKING:
    import xarray as xr  # takes half a second, which a build that changes nothing should not wait


def save(blocks: "Mapping[str, xr.Dataset]", folder: Path) -> None:
    """Writes what each part of a study gave: its variables, their dimensions and labels."""
    import numpy as np

    dims = {
        part: {str(name): list(values.dims) for name, values in block.data_vars.items()}
        for part, block in blocks.items()
    }
    arrays = {DIMENSIONS: np.array(json.dumps(dims))}
    for part, block in blocks.items():
        arrays |= {f"{part}/{name}": values.values for name, values in block.data_vars.items()}
        arrays |= {f"{part}/{LABEL}{name}": labels.values for name, labels in block.coords.items()}
    np.savez_compressed(folder / RECORD, **arrays)  # type: ignore[arg-type]  # of numpy's own options


def load(folder: Path) -> "dict[str, xr.Dataset]":
    """What lies in a folder, by part. Raises BadRecord."""
    import numpy as np

    path = folder / RECORD
    dims = dimensions(path)
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return {part: _block(arrays, part, of) for part, of in dims.items()}
    except (OSError, ValueError) as error:
        raise BadRecord(f"{path} is no record: {error}") from error


def promised(declared: Mapping[str, tuple[str, ...]], *, whole: bool) -> Promise:
    """What a study's block holds: declared variables, all of them in the first, and a receipt."""

    def check(folder: Path) -> None:
        receipt(folder / RECEIPT)
        try:
            found = {k: v for part in dimensions(folder / RECORD).values() for k, v in part.items()}
        except BadRecord as error:
            raise Damaged(str(error)) from error
        expected = {k: v for k, v in declared.items() if whole or k in found}
        if not found or found != expected:
            raise Damaged(f"{folder / RECORD}: expected {expected}, got {found}")

    return check


def _block(
    arrays: Mapping[str, Any], part: str, dims: Mapping[str, tuple[str, ...]]
) -> "xr.Dataset":
    import xarray as xr

    prefix = f"{part}/{LABEL}"
    labels = {name.removeprefix(prefix): arrays[name] for name in arrays if name.startswith(prefix)}
    return xr.Dataset({name: (of, arrays[f"{part}/{name}"]) for name, of in dims.items()}, labels)
