"""A record as a file: labelled arrays in one compressed npz, read without pickle."""

import json
import zipfile
from pathlib import Path

import numpy as np
import xarray as xr

RECORD = "record.npz"
LABEL = "label."  # before a dimension's name: its labels
DIMENSIONS = "dimensions"  # the entry that says which dimensions each variable has
MOST = 2**30  # bytes that a record may unpack to


class BadRecord(ValueError):
    """A file that is no record."""


def save(record: xr.Dataset, folder: Path) -> None:
    """Writes the record's variables, dimensions and labels."""
    dims = {str(name): list(values.dims) for name, values in record.data_vars.items()}
    arrays = {str(name): values.values for name, values in record.data_vars.items()}
    labels = {f"{LABEL}{name}": values.values for name, values in record.coords.items()}
    text = np.array(json.dumps(dims))
    # a stored file of this name would be taken for numpy's own argument
    np.savez_compressed(folder / RECORD, **{**arrays, **labels, DIMENSIONS: text})


def load(folder: Path) -> xr.Dataset:
    """The record that lies in a folder. Raises BadRecord."""
    path = folder / RECORD
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > MOST:
            raise BadRecord(f"{path}: unpacks to {size:,} bytes; expected {MOST:,} at most")
        with np.load(path, allow_pickle=False) as arrays:
            dims = json.loads(str(arrays[DIMENSIONS]))
            coords = {
                name.removeprefix(LABEL): arrays[name]
                for name in arrays.files
                if name.startswith(LABEL)
            }
            return xr.Dataset({name: (of, arrays[name]) for name, of in dims.items()}, coords)
    except BadRecord:
        raise
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise BadRecord(f"{path} is no record: {error}") from error
