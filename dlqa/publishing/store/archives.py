"""What a record's file says that it holds, read before any of it is unpacked, and without numpy.

A file that was downloaded may say anything: its sizes are bounded, its entries are arrays of
numbers or labels and nothing else, and each is as long as its header says.
"""

import ast
import math
import zipfile
from dataclasses import dataclass
from pathlib import Path

import msgspec

LABEL = "label."  # before a dimension's name: its labels
DIMENSIONS = "dimensions"  # the entry that says which dimensions each part's variables have
MOST = 2**28  # bytes that a record may unpack to, a hundred times the largest
LONGEST = 2**16  # bytes of a header, and of the entry that names dimensions
MAGIC = b"\x93NUMPY"
LENGTHS = {1: 2, 2: 4, 3: 4}  # of the header's length, by version
# What zipfile, ast and msgspec raise of a file that may say anything: of methods of packing that
# there are not (NotImplementedError), of headers too deep or too long for Python's parser.
UNREADABLE = (
    OSError, ValueError, KeyError, SyntaxError, MemoryError, RecursionError,
    zipfile.BadZipFile, NotImplementedError, EOFError,
)  # fmt: skip
Dimensions = dict[str, dict[str, tuple[str, ...]]]  # of each part's variables


class BadRecord(ValueError):
    """A file that is no record."""


@dataclass(frozen=True)
class _Array:
    kind: str  # f, i, u, b or U
    size: int  # bytes of an element
    shape: tuple[int, ...]
    begins: int  # where its elements begin


def dimensions(path: Path) -> Dimensions:
    """Which variables each part of a record has, with their dimensions. Raises BadRecord."""
    try:
        with zipfile.ZipFile(path) as packed:
            arrays = _arrays(packed)
            dims = _dimensions(packed, arrays.pop(DIMENSIONS))
    except UNREADABLE as error:
        raise BadRecord(f"{path} is no record: {error}") from error
    if wrong := _wrong(arrays, dims):
        raise BadRecord(f"{path} is no record: {'; '.join(wrong)}")
    return dims


def _arrays(packed: zipfile.ZipFile) -> dict[str, _Array]:
    entries = packed.infolist()
    size = sum(entry.file_size for entry in entries)
    if size > MOST:
        raise BadRecord(f"unpacks to {size:,} bytes; expected {MOST:,} at most")
    found = {entry.filename.removesuffix(".npy"): _array(packed, entry) for entry in entries}
    if len(found) < len(entries):
        raise BadRecord("two entries of one name")
    return found


def _array(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> _Array:
    """An entry's header: numpy's format, versions 1 to 3."""
    with packed.open(entry) as file:
        start = file.read(8)
        if start[:6] != MAGIC or start[6] not in LENGTHS:
            raise BadRecord(f"{entry.filename!r} is no array")
        width = LENGTHS[start[6]]
        length = int.from_bytes(file.read(width), "little")
        if length > LONGEST:
            raise BadRecord(f"{entry.filename!r} has a header of {length:,} bytes")
        header = ast.literal_eval(file.read(length).decode("utf-8").strip())
    kind, shape = header["descr"], header["shape"]
    if not isinstance(kind, str) or kind[1:2] not in {*"fiubU"} or not kind[2:].isdecimal():
        raise BadRecord(f"{entry.filename!r} holds {kind!r}; expected numbers or labels")
    array = _Array(kind[1], int(kind[2:]) * (4 if kind[1] == "U" else 1), shape, 8 + width + length)
    if array.begins + array.size * math.prod(shape) != entry.file_size:
        raise BadRecord(f"{entry.filename!r} is not as long as its header says")
    return array


def _dimensions(packed: zipfile.ZipFile, array: _Array) -> Dimensions:
    if array.size > LONGEST or array.kind != "U":
        raise BadRecord("the names of its dimensions are no text, or too long")
    text = packed.read(f"{DIMENSIONS}.npy")[array.begins :].decode("utf-32-le").rstrip("\0")
    return msgspec.json.decode(text, type=Dimensions)


def _wrong(arrays: dict[str, _Array], dims: Dimensions) -> list[str]:
    wrong, told = [], set()
    for part, variables in dims.items():
        labels = {k: v for k, v in arrays.items() if k.startswith(f"{part}/{LABEL}")}
        told |= {*labels, *(f"{part}/{name}" for name in variables)}
        for name, of in variables.items():
            array = arrays.get(f"{part}/{name}")
            lengths = tuple(_length(labels.get(f"{part}/{LABEL}{dim}")) for dim in of)
            if array is None or (array.kind, array.size) != ("f", 8):
                wrong.append(f"{part}/{name}: expected doubles, got {array or 'nothing'}")
            elif array.shape != lengths:
                wrong.append(f"{part}/{name}: shape {array.shape} for {lengths} labels")
    return [*wrong, *(f"{name}: an array without dimensions" for name in arrays.keys() - told)]


def _length(labels: _Array | None) -> int | None:
    return labels.shape[0] if labels and len(labels.shape) == 1 else None
