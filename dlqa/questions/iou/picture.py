"""Question 55: the picture of an object with its two boxes, which iou.js turns into one to drag.

The panel is as many pixels as the figure, so that coordinates are those of the SVG; the object
carries an id by which the script finds it.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from dlqa.drawing.canvas import PIXELS, TEXT, WIDTH, Drawing
from dlqa.drawing.palette import INK, MUTED, SERIES
from dlqa.questions.iou.record import Record

HEIGHT, LINES = 270, 44  # pixels: the picture, and the text below it
FIRST_WHEEL, SECOND_WHEEL, RADIUS = (124, 174), (244, 174), 40


class Box(NamedTuple):
    """Corners in pixels, y pointing down."""

    x1: int
    y1: int
    x2: int
    y2: int

    @property
    def area(self) -> int:
        return max(0, self.x2 - self.x1) * max(0, self.y2 - self.y1)


TRUTH, PREDICTED = Box(84, 70, 284, 214), Box(112, 52, 316, 200)  # where iou.js starts, too


def draw_overlap(_: Record, language: str) -> Drawing:
    """A drawn bicycle, its true box, a predicted one, and their areas in numbers."""
    shared = Box(*map(max, TRUTH[:2], PREDICTED[:2]), *map(min, TRUTH[2:], PREDICTED[2:]))
    around = Box(*map(min, TRUTH[:2], PREDICTED[:2]), *map(max, TRUTH[2:], PREDICTED[2:]))
    union = TRUTH.area + PREDICTED.area - shared.area
    overlap = shared.area / union
    generalized = overlap - (around.area - union) / around.area
    figure, axes = _canvas()
    _rectangle(axes, shared, facecolor=SERIES[3].colour, alpha=0.4, linewidth=0)
    _outline(axes, TRUTH, PREDICTED)
    _rectangle(axes, around, edgecolor=MUTED, linewidth=1, linestyle=(0, (4, 3)), fill=False)
    _rectangle(axes, TRUTH, edgecolor=SERIES[0].colour, linewidth=2, fill=False)
    _rectangle(
        axes, PREDICTED, edgecolor=SERIES[1].colour, linewidth=2, linestyle=(0, (4, 2)), fill=False
    )
    axes.add_patch(_bicycle())
    words = {
        "zh": ("真实框", "预测框", "交集", "并集"),
        "en": ("ground truth", "predicted", "intersection", "union"),
    }[language]
    axes.text(88, 210, words[0], fontsize=TEXT, color=SERIES[0].colour)
    axes.text(300, 64, words[1], fontsize=TEXT, color=SERIES[1].colour, ha="right")
    axes.text(
        4,
        HEIGHT + 18,
        f"IoU = {words[2]} {shared.area} / {words[3]} {union} = {overlap:.3f}",
        fontsize=TEXT + 2,
        color=INK,
    )
    axes.text(
        4, HEIGHT + 36, f"GIoU = {generalized:.3f}", fontsize=TEXT + 2, color=INK
    )  # fmt: skip
    return Drawing(
        figure,
        {
            "zh": "预测框与真实框：交集、并集（粗轮廓）与 GIoU 的外接框（虚线）",
            "en": "A predicted and a true box: intersection, union (thick outline) and GIoU’s "
            "enclosing box (dashed)",
        }[language],
        {
            "zh": "一辆画出来的自行车。真实框紧贴车身，预测框偏向右上方，两框相交的部分着色；"
            "并集的轮廓有八个角，不是矩形；虚线的外接框在左上和右下各多出一角。"
            f"交集 {shared.area}，并集 {union}，IoU {overlap:.3f}，GIoU {generalized:.3f}。",
            "en": "A drawn bicycle. The true box fits it; the predicted one lies to the upper "
            "right; where they overlap is shaded. The outline of the union has eight corners and "
            "is no rectangle; the dashed enclosing box adds a corner at the upper left and lower "
            f"right. Intersection {shared.area}, union {union}, IoU {overlap:.3f}, "
            f"GIoU {generalized:.3f}.",
        }[language],
        {
            "box": ["truth", "predicted", "intersection", "enclosing"],
            "x1": [box.x1 for box in (TRUTH, PREDICTED, shared, around)],
            "y1": [box.y1 for box in (TRUTH, PREDICTED, shared, around)],
            "x2": [box.x2 for box in (TRUTH, PREDICTED, shared, around)],
            "y2": [box.y2 for box in (TRUTH, PREDICTED, shared, around)],
            "area": [box.area for box in (TRUTH, PREDICTED, shared, around)],
        },
    )


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
