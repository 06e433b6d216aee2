"""A calibration's table: rows with a number a column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """cells: a number a column; None where there is none."""

    name: str
    cells: Mapping[str, float | None]


@dataclass(frozen=True)
class Table:
    """name: of its file. notes: what its numbers do not say, a line each. shares: columns whose
    numbers are parts of a whole."""

    name: str
    title: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    shares: Sequence[str] = ()
