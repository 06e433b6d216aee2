"""The marks our figures are made of: panels, bands over seeds, dots for seeds, labels on lines.

Colours are placeholders: publishing turns each into a CSS variable of the theme, so that one file
serves light and dark. Sizes are in CSS pixels at the width of a phone's text column.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike, NDArray

from dlqa.drawing.palette import GRID, INK, MUTED, Style

Array = NDArray[np.float64]

WIDTH = 360  # pixels: labels keep their size on a phone
TEXT = 12  # pixels; a phone's column is narrower than WIDTH and leaves 11
ABOVE, BELOW = 26, 42  # pixels of a panel's height: its title, its ticks and their name
WIDE = 60  # pixels of a margin that has more than numbers
PIXELS = 72  # per inch: one point of matplotlib is one pixel of the SVG
LEAVES = "leaves"  # the mark of marks that may leave their panel


@dataclass(frozen=True)
class Drawing:
    """A figure with its numbers; its title and description stand on the page.

    `columns` are the data drawn, for the download; a shorter one ends in blanks there.
    """

    figure: Figure
    columns: Mapping[str, ArrayLike]


def panels(
    titles: Sequence[str],
    *,
    across: int = 1,
    height: int = 190,
    margins: tuple[int, int] = (48, 14),
    foot: int = BELOW,
) -> tuple[Figure, list[Axes]]:
    """A figure of one panel a title, `across` in a row, each `height` pixels tall.

    `margins` are the pixels left and right of each panel, for tick labels and labels on lines, and
    `foot` those under it. Over a wide margin, of rows' names, the title begins at the left.
    """
    down = -(-len(titles) // across)
    figure = Figure(figsize=(WIDTH / PIXELS, down * height / PIXELS), dpi=PIXELS)
    left, right = margins
    across_pixels = WIDTH / across
    axes = []
    for place, title in enumerate(titles):
        row, column = divmod(place, across)
        x = (column * across_pixels + left) / WIDTH
        y = 1 - ((row + 1) * height - foot) / (down * height)
        width = (across_pixels - left - right) / WIDTH
        panel = figure.add_axes((x, y, width, (height - foot - ABOVE) / (down * height)))
        _dress(panel, title, TEXT + (across == 1))
        if left > WIDE:
            panel.set_title(title, loc="left", x=(4 - left) / (across_pixels - left - right))
        axes.append(panel)
    return figure, axes


def leaving(*marks: Artist) -> None:
    """Marks that are meant to leave their panel; the build stops at any other that does."""
    for mark in marks:
        mark.set_gid(LEAVES)


def showing(mark: Line2D, column: str) -> None:
    """A mark that shows a column of the download, or those named `column.median` and the like.

    A page reads its numbers out. matplotlib keeps the name: labels with a "_" stand in no legend.
    """
    mark.set_label(f"_{column}" if column else "_")


def shown(mark: Line2D) -> str:
    """The column that a mark shows; "" where it was not said."""
    return str(mark.get_label()).removeprefix("_")


def band(
    axes: Axes, x: Array, curves: Array, style: Style,
    *, label: str = "", name: str = "", leaves: bool = False,
) -> None:  # fmt: skip
    """Curves [S, T]: their median, the middle half and the whole spread over seeds, with a label.

    Columns called by `name` hold them. With `leaves` they are meant to leave the panel where they
    go beyond its limits.
    """
    low, lower, middle, upper, high = np.quantile(curves, [0, 0.25, 0.5, 0.75, 1], axis=0)
    whole = axes.fill_between(x, low, high, color=style.colour, alpha=0.12, linewidth=0)
    half = axes.fill_between(x, lower, upper, color=style.colour, alpha=0.25, linewidth=0)
    (line,) = axes.plot(x, middle, color=style.colour, linestyle=style.dash, linewidth=1.6)
    showing(line, name)
    if leaves:
        leaving(whole, half, line)
    if label:
        name_line(axes, x[-1], middle[-1], label, style)


def dots(
    axes: Axes, place: float, samples: Array, style: Style,
    *, spread: float = 0.28, name: str = "", leaves: bool = False,
) -> None:  # fmt: skip
    """Samples [S] as one dot a seed around height `place`, with a bar at their median.

    The column `name` holds them. With `leaves` dots are meant to leave the panel where they lie beyond its limits.
    """
    offsets = spread * (2 * (np.arange(len(samples)) * 0.618034 % 1) - 1)  # even, not random
    seeds = axes.plot(
        samples,
        place + offsets,
        linestyle="",
        marker=style.marker,
        markersize=3.2,
        markeredgewidth=0,
        color=style.colour,
        alpha=0.65,
    )
    showing(seeds[0], name)
    if leaves:
        leaving(*seeds)
    middle = float(np.median(samples))
    axes.plot([middle, middle], [place - 0.38, place + 0.38], color=INK, linewidth=1.6)


def name_line(axes: Axes, x: float, y: float, label: str, style: Style) -> None:
    """A label to the right of a line's end; `spread_labels` keeps several apart."""
    axes.annotate(
        label, (x, y), (4, 0), textcoords="offset points", va="center", fontsize=TEXT,
        color=style.colour, annotation_clip=False,
    )  # fmt: skip


def spread_labels(axes: Axes, *, gap: float = TEXT + 1) -> None:
    """Moves the labels at the ends of lines apart vertically to `gap` pixels at least.

    None of them rises above the panel, where its title is.
    """
    labels = sorted(axes.texts, key=lambda text: text.xy[1])  # type: ignore[attr-defined]
    heights = [axes.transData.transform((0, text.xy[1]))[1] for text in labels]  # type: ignore[attr-defined]
    top = axes.transAxes.transform((0, 1))[1]
    for below, (text, height, place) in enumerate(
        reversed([*zip(labels, heights, _apart(heights, gap), strict=True)])
    ):
        text.set_position((4, min(place, top - (below + 0.4) * gap) - height))


def rows(axes: Axes, labels: Sequence[str]) -> None:
    """Names the rows of a strip plot, the first on top."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")


def name_across(axes: Sequence[Axes], label: str) -> None:
    """Names the axis across of every panel: on a wide page each stands at the foot."""
    for panel in axes:
        panel.set_xlabel(label)


def rule(axes: Axes, value: float, *, across: bool = True) -> None:
    """A dashed line at a value that the data are compared with."""
    draw = axes.axhline if across else axes.axvline
    draw(value, color=MUTED, linewidth=0.9, linestyle=(0, (2, 2)))


def _dress(axes: Axes, title: str, size: int) -> None:
    axes.set_title(title, fontsize=size, color=INK, loc="left", pad=6)
    axes.tick_params(labelsize=TEXT, colors=MUTED, length=3, width=0.8)
    axes.xaxis.label.set(fontsize=TEXT, color=MUTED)
    axes.yaxis.label.set(fontsize=TEXT, color=MUTED)
    for side, spine in axes.spines.items():
        spine.set(visible=side in {"left", "bottom"}, color=MUTED, linewidth=0.8)
    axes.grid(color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.patch.set_visible(False)


def _apart(heights: Sequence[float], gap: float) -> list[float]:
    """Places at least `gap` apart, in the same order, near the given ones (ascending)."""
    groups: list[list[float]] = []  # each: sum of wished starts, count
    for height in heights:
        groups.append([height, 1.0])
        while len(groups) > 1 and _top(groups[-2], gap) > _start(groups[-1], gap):
            wished, count = groups.pop()
            groups[-1][0] += wished
            groups[-1][1] += count
    places = []
    for group in groups:
        start = _start(group, gap) + gap / 2
        places += [start + index * gap for index in range(int(group[1]))]
    return places


def _start(group: list[float], gap: float) -> float:
    return group[0] / group[1] - group[1] * gap / 2


def _top(group: list[float], gap: float) -> float:
    return group[0] / group[1] + group[1] * gap / 2
