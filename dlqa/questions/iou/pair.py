"""Question 55: the two boxes of the picture to drag, and the numbers written below them."""

from typing import NamedTuple


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
SHARED = Box(*map(max, TRUTH[:2], PREDICTED[:2]), *map(min, TRUTH[2:], PREDICTED[2:]))
AROUND = Box(*map(min, TRUTH[:2], PREDICTED[:2]), *map(max, TRUTH[2:], PREDICTED[2:]))
UNION = TRUTH.area + PREDICTED.area - SHARED.area
OVERLAP = SHARED.area / UNION
GENERALIZED = OVERLAP - (AROUND.area - UNION) / AROUND.area
