"""Question 55: the picture of an object with its two boxes, which iou.js turns into one to drag.

The panel is as many pixels as the figure, so that coordinates are those of the SVG; the object
carries an id by which the script finds it.
"""

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from dlqa.drawing.canvas import PIXELS, TEXT, WIDTH, Drawing
from dlqa.drawing.labels import Labels
from dlqa.drawing.palette import INK, MUTED, SERIES
from dlqa.questions.iou import pair
from dlqa.questions.iou.pair import PREDICTED, TRUTH, Box

HEIGHT, LINES = 270, 44  # pixels: the picture, and the text below it
FIRST_WHEEL, SECOND_WHEEL, RADIUS = (124, 174), (244, 174), 40


def draw_overlap(_: xr.Dataset, labels: Labels) -> Drawing:
    """A drawn bicycle, its true box, a predicted one, and their areas in numbers."""
    figure, axes = _canvas()
    _rectangle(axes, pair.SHARED, facecolor=SERIES[3].colour, alpha=0.4, linewidth=0)
    _outline(axes, TRUTH, PREDICTED)
    _rectangle(axes, pair.AROUND, edgecolor=MUTED, linewidth=1, linestyle=(0, (4, 3)), fill=False)
    _rectangle(axes, TRUTH, edgecolor=SERIES[0].colour, linewidth=2, fill=False)
    _rectangle(
        axes, PREDICTED, edgecolor=SERIES[1].colour, linewidth=2, linestyle=(0, (4, 2)), fill=False
    )
    axes.add_patch(_bicycle())
    below, above = TRUTH.y2 + TEXT + 4, PREDICTED.y1 - 5  # outside the boxes, over no wheel
    axes.text(TRUTH.x1, below, labels("box", "truth"), fontsize=TEXT, color=SERIES[0].colour)
    axes.text(
        PREDICTED.x2, above, labels("box", "predicted"), fontsize=TEXT, color=SERIES[1].colour,
        ha="right",
    )  # fmt: skip
    shared, union = (
        f"{labels('box', 'shared')} {pair.SHARED.area}",
        f"{labels('box', 'union')} {pair.UNION}",
    )
    lines = [f"IoU = {shared} / {union} = {pair.OVERLAP:.3f}", f"GIoU = {pair.GENERALIZED:.3f}"]
    for row, line in enumerate(lines, start=1):
        axes.text(4, HEIGHT + 18 * row, line, fontsize=TEXT + 2, color=INK)
    boxes = {
        "truth": TRUTH,
        "predicted": PREDICTED,
        "intersection": pair.SHARED,
        "enclosing": pair.AROUND,
    }
    edges = {
        name: [getattr(box, name) for box in boxes.values()] for name in (*Box._fields, "area")
    }
    return Drawing(figure, {"box": list(boxes), **edges})


def _canvas() -> tuple[Figure, Axes]:
    """A figure whose data coordinates are its pixels, y pointing down."""
    height = HEIGHT + LINES
    figure = Figure(figsize=(WIDTH / PIXELS, height / PIXELS), dpi=PIXELS)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(height, 0))
    axes.axis("off")
    return figure, axes


def _rectangle(axes: Axes, box: Box, **look: object) -> None:
    sides = (box.x2 - box.x1, box.y2 - box.y1)
    axes.add_patch(Rectangle(box[:2], *sides, **look))  # type: ignore[arg-type]


def _outline(axes: Axes, one: Box, other: Box) -> None:
    """The true outline of the union, of a box and another that reaches out of it up and right."""
    corners = [
        (one.x1, one.y1), (other.x1, one.y1), (other.x1, other.y1), (other.x2, other.y1),
        (other.x2, other.y2), (one.x2, other.y2), (one.x2, one.y2), (one.x1, one.y2),
    ]  # fmt: skip
    outline = Path([*corners, corners[0]], closed=True)
    axes.add_patch(PathPatch(outline, facecolor=SERIES[4].colour, alpha=0.18, linewidth=0))
    axes.add_patch(PathPatch(outline, edgecolor=INK, linewidth=5, alpha=0.35, fill=False))


def _bicycle() -> PathPatch:
    """Two wheels, a frame, a saddle and handlebars as one path, with an id of its own."""
    strokes = [
        [(124, 174), (156, 108), (220, 108), (180, 174), (124, 174)],  # frame
        [(150, 94), (156, 108), (180, 174)],
        [(244, 174), (214, 82), (236, 76)],  # fork and handlebars
        [(136, 92), (164, 92)],  # saddle
    ]
    angles = np.linspace(0, 2 * np.pi, 49)
    for x, y in (FIRST_WHEEL, SECOND_WHEEL):
        around = zip(x + RADIUS * np.cos(angles), y + RADIUS * np.sin(angles), strict=True)
        strokes.append([*around])
    path = Path.make_compound_path(*[Path(points) for points in strokes])
    patch = PathPatch(path, edgecolor=INK, linewidth=3, fill=False, capstyle="round", clip_on=False)
    patch.set_gid("overlap-object")
    return patch
