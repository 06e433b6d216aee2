"""The colours of our figures, with the dash and marker that do without them."""

from typing import NamedTuple

INK, MUTED, GRID = "#101010", "#505050", "#d0d0d0"


class Style(NamedTuple):
    """A colour with a dash and a marker that tell the series apart without it."""

    colour: str
    dash: str | tuple[float, tuple[float, ...]]
    marker: str


SERIES = (
    Style("#0a6ebd", "-", "o"),
    Style("#c2410c", (0, (5, 2)), "s"),
    Style("#15803d", (0, (1, 1.4)), "^"),
    Style("#7c3aed", (0, (6, 2, 1, 2)), "D"),
    Style("#a16207", (0, (3, 1)), "v"),
    Style("#be185d", (0, (8, 2)), "P"),
    Style("#0f766e", (0, (2, 2)), "X"),
    Style("#57534e", (0, (4, 1, 1, 1)), "<"),
    Style("#1e40af", (0, (1, 3)), ">"),
)
