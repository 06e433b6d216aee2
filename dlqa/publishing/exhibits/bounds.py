"""What of a drawing lies outside its panels, where no reader would see it."""

from collections.abc import Iterator
from typing import cast

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.transforms import Transform
from numpy.typing import NDArray

from dlqa.drawing.canvas import LEAVES

Points = NDArray[np.float64]  # [N, 2], in the coordinates of data
TOLERANCE = 1e-6  # of a panel's height or width; limits are rounded numbers too


def outside(figure: Figure) -> Iterator[str]:
    """In words, a datum of each line, marker or area that leaves its panel and is not meant to.

    Limits are those of the drawing when it has been rendered.
    """
    for number, axes in enumerate(figure.axes, start=1):
        panel = axes.get_title(loc="left") or axes.get_title() or str(number)
        for kind, artist, points, transform in _marks(axes):
            if artist.get_visible() and artist.get_gid() != LEAVES:
                found = _outside(axes, points, transform)
                yield from (f"panel {panel!r}: a {kind} {each}" for each in found)


def _marks(axes: Axes) -> Iterator[tuple[str, Artist, Points, Transform]]:
    """Everything that shows data: what it is, its points, and how they are placed."""
    for line in axes.lines:
        kind = "marker" if line.get_linestyle() == "None" else "line"
        yield kind, line, np.asarray(line.get_xydata(), dtype=float), line.get_transform()
    for each in axes.collections:
        offsets: Points = np.ma.filled(np.ma.asarray(each.get_offsets(), dtype=float), np.nan)
        if _in_data(axes, each.get_offset_transform()) != (False, False) and len(offsets):
            yield "marker", each, offsets, each.get_offset_transform()
        elif paths := _vertices(each):
            yield "filled area", each, np.concatenate(paths), each.get_transform()
    for patch in axes.patches:
        points = patch.get_patch_transform().transform(patch.get_path().vertices)
        yield "filled area", patch, points, patch.get_data_transform()


def _vertices(collection: Collection) -> list[Points]:
    return [np.asarray(path.vertices, dtype=float) for path in collection.get_paths()]


def _outside(axes: Axes, points: Points, transform: Transform) -> Iterator[str]:
    """The farthest datum outside in each direction that counts; where one is NaN nothing is."""
    points = points[~np.isnan(points).any(axis=1)]
    limits = np.array([axes.get_xlim(), axes.get_ylim()])
    for place, counts in enumerate(_in_data(axes, transform)):
        alone = np.full_like(points, limits[1 - place, 0])
        alone[:, place] = points[:, place]
        with np.errstate(invalid="ignore"):
            placed = (axes.transScale + axes.transLimits).transform(alone)[:, place]  # 0..1 inside
        beyond = np.where(np.isfinite(placed), np.abs(placed - 0.5), np.inf)
        if counts and len(points) and beyond.max() > 0.5 + TOLERANCE:
            x, y = points[int(beyond.argmax())]
            low, high = sorted(limits[place])
            yield f"at x = {x:g}, y = {y:g} lies outside {'xy'[place]} {low:g} to {high:g}"


def _in_data(axes: Axes, transform: Transform) -> tuple[bool, bool]:
    """Whether x and whether y of a mark are data; a rule across a panel has one that is not."""
    return cast(tuple[bool, bool], transform.contains_branch_seperately(axes.transData))
