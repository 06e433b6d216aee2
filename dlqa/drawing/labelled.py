"""Marks of labelled arrays, each with the columns of numbers that it shows.

A figure's function collects the columns: `columns |= band_of(…)`. Seeds that a study did not run
are left out; where none was run, KeyError is raised.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from numpy.typing import NDArray

from dlqa.drawing.canvas import TEXT, band, dots, rows
from dlqa.drawing.palette import INK, Style

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
    band(axes, drawn[along].values.astype(float), drawn.values, style, label=label, leaves=leaves)
    return quantiles(drawn, name)


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
        dots(axes, place, drawn, styles[row])
        columns[f"{name}.{row}" if name else row] = drawn
    rows(axes, [words[row] for row in samples])
    return columns


def key(axes: Axes, styles: Mapping[str, Style], corner: Corner, *, outside: bool = False) -> None:
    """Names lines by a sample of each, in a corner of the panel or right of it."""
    for name, style in styles.items():
        axes.plot([], [], color=style.colour, linestyle=style.dash, linewidth=1.6, label=name)
    axes.legend(
        loc=corner, bbox_to_anchor=(1, 1) if outside else None, frameon=False, fontsize=TEXT,
        labelcolor=INK, handlelength=1.8, handletextpad=0.5, borderpad=0.1, labelspacing=0.2,
    )  # fmt: skip
