"""Marks of labelled arrays, each with the columns of numbers that it shows.

A figure's function collects the columns: `columns |= band_of(…)`. Seeds that a study did not run
are left out; where none was run, KeyError is raised.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from dlqa.drawing.canvas import (
    BELOW,
    TEXT,
    band,
    dots,
    name_across,
    panels,
    rows,
    rule,
    showing,
    spread_labels,
)
from dlqa.drawing.palette import SERIES, Style

Columns = dict[str, NDArray[np.float64]]
Corner = Literal["upper left", "upper right", "lower left", "lower right"]
QUANTILES = {"low": 0.0, "lower": 0.25, "median": 0.5, "upper": 0.75, "high": 1.0}


def band_of(
    axes: Axes, curves: xr.DataArray, style: Style, name: str,
    *, label: str = "", leaves: bool = False,
) -> Columns:  # fmt: skip
    """Curves over a dimension beside "seed": median, middle half and whole spread over seeds."""
    drawn = curves.dropna("seed", how="all")
    (along,) = (dim for dim in drawn.dims if dim != "seed")
    drawn = drawn.dropna(along, how="all").transpose("seed", along)
    if not drawn.size:
        raise KeyError(f"{name}: nothing was run of it")
    x = drawn[along].values.astype(float)
    band(axes, x, drawn.values, style, label=label, name=name, leaves=leaves)
    return quantiles(drawn, name)


def bands(
    axes: Axes, curves: Mapping[str, xr.DataArray], styles: Mapping[str, Style], words: Mapping[str, str],
    name: str = "",
) -> Columns:  # fmt: skip
    """A band for each of the curves, at its end a label by `words`, if there is one.

    Set scales and limits before: labels are kept apart where they then stand.
    """
    columns: Columns = {}
    for row, drawn in curves.items():
        columns |= band_of(
            axes, drawn, styles[row], f"{name}.{row}" if name else row, label=words.get(row, "")
        )
    spread_labels(axes)
    return columns


def quantiles(curves: xr.DataArray, name: str) -> Columns:
    """What a band shows of curves, for the download."""
    return {
        f"{name}.{word}": np.asarray(curves.quantile(at, "seed", skipna=True).values)
        for word, at in QUANTILES.items()
    }


def strip(
    axes: Axes, samples: Mapping[str, xr.DataArray], styles: Mapping[str, Style], words: Mapping[str, str],
    name: str = "",
) -> Columns:  # fmt: skip
    """A row of dots, one a seed, for each of the samples; named by `words`, the first on top."""
    columns: Columns = {}
    for place, (row, values) in enumerate(samples.items()):
        drawn = values.dropna("seed").values
        if not drawn.size:
            raise KeyError(f"{row}: nothing was run of it")
        column = f"{name}.{row}" if name else row
        dots(axes, place, drawn, styles[row], name=column)
        columns[column] = drawn
    rows(axes, [words[row] for row in samples])
    return columns


def strips(
    samples: Mapping[str, Mapping[str, xr.DataArray]],
    titles: Sequence[str],
    words: Mapping[str, str],
    size: tuple[int, int],
    xlabel: str,
    *,
    limits: tuple[float, float],
    at: float,
) -> tuple[Figure, Columns]:
    """A figure of a strip plot for each of several settings, the same rows in the same colours.

    size: of each the height, and the margin for its rows' names, in pixels. All have the same
    limits and a rule `at` a value. Shown are the seeds that all rows of a panel have. Columns are
    named "panel.row", besides "seed".
    """
    height, margin = size
    figure, axes = panels(titles, height=height, margins=(margin, 12))
    columns: Columns = {}
    for panel, (name, found) in zip(axes, samples.items(), strict=True):
        shared = xr.align(*(values.dropna("seed") for values in found.values()), join="inner")
        shown = dict(zip(found, shared, strict=True))
        columns["seed"] = shared[0].seed.values
        columns |= strip(panel, shown, dict(zip(shown, SERIES, strict=False)), words, name)
        panel.set_xlim(limits)
        rule(panel, at, across=False)
    name_across(axes, xlabel)
    return figure, columns


def lines(axes: Axes, curves: xr.DataArray, style: Style, name: str, *, every: int = 1) -> Columns:
    """Single curves [curve, along] as thin lines, in one stroke so that the file stays small.

    every: drawn are only the first, the so-many-th after it and so on of their points.
    """
    of, along = map(str, curves.dims)
    drawn = curves[:, ::every]
    gap = np.full((len(drawn), 1), np.nan)
    x = np.tile(np.append(drawn[along], np.nan), len(drawn))
    y = np.hstack([drawn, gap]).ravel()
    (strands,) = axes.plot(x, y, color=style.colour, linewidth=0.6, alpha=0.7)
    showing(strands, f"{name}.{of}")
    return {f"{name}.{of}{curve[of].item()}": curve.values for curve in curves}


def span(*drawn: xr.DataArray, log: bool = False) -> tuple[float, float]:
    """Limits of an axis that hold all that is drawn on it, with a little room at both ends.

    A live figure gives what all of its settings draw, so that its scale stays.
    """
    low, high = min(float(each.min()) for each in drawn), max(float(each.max()) for each in drawn)
    if log:
        room = (high / low) ** 0.03
        return low / room, high * room
    room = 0.03 * (high - low)
    return low - room, high + room


def key(
    axes: Axes, styles: Mapping[str, Style], where: Corner | Literal["beside", "below"]
) -> None:
    """Names lines by a sample of each: in a corner of the panel, right of it or in a row below."""
    for name, style in styles.items():
        axes.plot([], [], color=style.colour, linestyle=style.dash, linewidth=1.6, label=name)
    box = axes.bbox  # in pixels
    outside = {
        "beside": (1.0, 1.0),
        "below": ((4 - box.x0) / box.width, -(BELOW - 2) / box.height),
    }.get(where)
    corner: Corner = "upper left" if where == "beside" or where == "below" else where
    axes.legend(
        loc=corner, bbox_to_anchor=outside, frameon=False, fontsize=TEXT,
        labelcolor="linecolor", handlelength=1.8, handletextpad=0.5, borderpad=0.1, labelspacing=0.2,
        ncols=len(styles) if where == "below" else 1, columnspacing=1.3,
    )  # fmt: skip
