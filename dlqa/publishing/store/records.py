"""Blocks of a record as a file: labelled arrays in one compressed npz, read without pickle."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import xarray as xr

from dlqa.publishing.store.results import RECORD

LABEL = "label."  # before a dimension's name: its labels
DIMENSIONS = "dimensions"  # the entry that says which dimensions each part's variables have
MOST = 2**30  # bytes that a record may unpack to


class BadRecord(ValueError):
    """A file that is no record."""


def save(blocks: Mapping[str, xr.Dataset], folder: Path) -> None:
    """Writes what each part of a study gave: its variables, their dimensions and labels."""
    dims = {
        part: {str(name): list(values.dims) for name, values in block.data_vars.items()}
        for part, block in blocks.items()
    }
    arrays = {DIMENSIONS: np.array(json.dumps(dims))}
    for part, block in blocks.items():
        arrays |= {f"{part}/{name}": values.values for name, values in block.data_vars.items()}
        arrays |= {f"{part}/{LABEL}{name}": labels.values for name, labels in block.coords.items()}
    np.savez_compressed(folder / RECORD, **arrays)  # type: ignore[arg-type]  # of numpy's own options


def load(folder: Path) -> dict[str, xr.Dataset]:
    """What lies in a folder, by part. Raises BadRecord."""
    path = folder / RECORD
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > MOST:
            raise BadRecord(f"{path}: unpacks to {size:,} bytes; expected {MOST:,} at most")
        with np.load(path, allow_pickle=False) as arrays:
            dims = json.loads(str(arrays[DIMENSIONS]))
            return {part: _block(arrays, part, of) for part, of in dims.items()}
    except BadRecord:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise BadRecord(f"{path} is no record: {error}") from error


def _block(
    arrays: Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]],
    part: str,
    dims: Mapping[str, list[str]],
) -> xr.Dataset:
    prefix = f"{part}/{LABEL}"
    labels = {name.removeprefix(prefix): arrays[name] for name in arrays if name.startswith(prefix)}
    return xr.Dataset({name: (of, arrays[f"{part}/{name}"]) for name, of in dims.items()}, labels)
