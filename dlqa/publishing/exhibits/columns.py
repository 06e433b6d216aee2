"""The numbers that a figure shows, as CSV and as JSON."""

import csv
import json
import math
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

Columns = Mapping[str, ArrayLike]


def without_number(columns: Columns) -> Iterator[str]:
    """In words, the columns that hold no finite number: nothing was drawn of them."""
    for name, column in columns.items():
        values = np.asarray(column)
        drawn = np.isfinite(values).any() if values.dtype.kind == "f" else values.size
        if not drawn:
            yield f"column {name!r} holds no number; was it run?"


def write_columns(path: Path, columns: Columns) -> None:
    """A CSV, whose shorter columns end in blanks, and beside it a list of numbers a column."""
    arrays = {name: np.asarray(column).ravel().tolist() for name, column in columns.items()}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(arrays)
        for row in zip_longest(*arrays.values(), fillvalue=""):
            writer.writerow([_cell(each) for each in row])
    short = {name: [_short(each) for each in column] for name, column in arrays.items()}
    path.with_suffix(".json").write_text(json.dumps(short, ensure_ascii=False) + "\n", "utf-8")


def write_json(path: Path, content: object) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", "utf-8")


def _cell(value: object) -> object:
    """A number in six digits; nothing for one that is none."""
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.6g}"
    return value


def _short(value: object) -> object:
    """A number with as many digits as the CSV has; JSON has no word for one that is none."""
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    return value
