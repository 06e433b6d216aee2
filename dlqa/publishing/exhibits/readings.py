"""What a page reads out of a drawing: where its panels are, and which column each mark shows.

The numbers themselves are the figure's download; a drawing says only how to find them, in its own
`<metadata>`, so that a setting's drawing brings its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from dlqa.drawing.canvas import PIXELS, Drawing, shown
from dlqa.drawing.palette import MUTED

Words = Mapping[str, str]  # of a colour


class Series(TypedDict):
    """A mark: what it is called, what kind it is, its column, and that of its places across."""

    label: str
    kind: str
    column: str
    x: str
    row: float | None


class Panel(TypedDict):
    """Corners in the figure's pixels from its upper left one; ends of both axes and if they are
    logarithmic."""

    title: str
    across: str
    box: list[float]
    x: list[float]
    y: list[float]
    series: list[Series]


def readings(drawing: Drawing) -> list[Panel]:
    """A panel for each of the figure's. Raises ValueError where a mark's places are in no column."""
    named = [_named(axes) for axes in drawing.figure.axes]
    across = [axes.get_xlabel() for axes in drawing.figure.axes]
    return [
        {
            "title": axes.get_title(loc="left"),
            "across": axes.get_xlabel() or next(filter(None, reversed(across)), ""),
            "box": _box(axes, drawing.figure),
            "x": _ends(axes.get_xlim(), axes.get_xscale()),
            "y": _ends(axes.get_ylim(), axes.get_yscale()),
            "series": list(_series(axes, drawing, _nearest(named, place))),
        }
        for place, axes in enumerate(drawing.figure.axes)
    ]


def _series(axes: Axes, drawing: Drawing, words: Words) -> Iterator[Series]:
    ticks = zip(axes.get_yticks(), axes.get_yticklabels(), strict=True)
    rows = {tick: text.get_text() for tick, text in ticks}
    for line in axes.lines:
        name, kind = _column(line, drawing)
        if not kind:
            continue
        row = (
            round(float(np.mean(np.asarray(line.get_ydata(), dtype=float))))
            if kind == "dots"
            else None
        )
        label = rows.get(row, "") if row is not None else words.get(to_hex(line.get_color()), "")
        x = "" if row is not None else _places(line, drawing)
        yield {"label": label, "kind": kind, "column": name, "x": x, "row": row}


def _column(line: Line2D, drawing: Drawing) -> tuple[str, str]:
    """The column that a line shows, and as what: a band, a curve, dots, or strands, many curves."""
    name, columns = shown(line), drawing.columns
    if f"{name}.median" in columns:
        return name, "band"
    if name in columns:
        return name, "dots" if line.get_linestyle() == "None" else "curve"
    many = name and any(column.startswith(name) for column in columns)
    return name, "strands" if many and np.isnan(line.get_xdata()).any() else ""


def _places(line: Line2D, drawing: Drawing) -> str:
    """The column that has a line's places across.

    The first may stand at the axis's end instead: a logarithm has no place for a zero.
    """
    x = np.asarray(line.get_xdata(), dtype=float)
    x = x[: int(np.argmax(np.isnan(x)))] if np.isnan(x).any() else x
    for name, column in drawing.columns.items():
        values = np.asarray(column)
        if values.dtype.kind in "iuf" and {*x[1:]} <= {*values.astype(float).ravel().tolist()}:
            return name
    raise ValueError(f"no column has the places of {shown(line)!r} across; add it for the download")


def _named(axes: Axes) -> dict[str, str]:
    """What colours are called: by labels on lines, and by a key."""
    found = {to_hex(text.get_color()): text.get_text() for text in axes.texts}
    if key := axes.get_legend():
        found |= {to_hex(text.get_color()): text.get_text() for text in key.get_texts()}
    return {colour: words for colour, words in found.items() if colour != MUTED}


def _nearest(named: Sequence[Words], place: int) -> dict[str, str]:
    """What colours are called in a panel, or else in the panel nearest to it: one key may serve all."""
    far = sorted(range(len(named)), key=lambda other: -abs(other - place))
    return {colour: words for other in far for colour, words in named[other].items()}


def _box(axes: Axes, figure: Figure) -> list[float]:
    width, height = (PIXELS * each for each in figure.get_size_inches())
    box = axes.get_position()
    corners = (box.x0 * width, (1 - box.y1) * height, box.x1 * width, (1 - box.y0) * height)
    return [round(float(each), 1) for each in corners]


def _ends(limits: tuple[float, float], scale: str) -> list[float]:
    return [*(float(f"{limit:.6g}") for limit in limits), int(scale == "log")]
