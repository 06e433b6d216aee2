"""Whole pages of conditions whose seeds grow until they are decided: wrong sides and seeds.

Of each page every condition has a population of its own, moved to lie so many standard deviations
above the margin; at a distance of 0 every decision is wrong.
"""

from collections.abc import Iterator

import numpy as np

from calibration._tables import Row, Table
from calibration.coverage import drawn
from calibration.populations import Population, populations
from dlqa.evidence.looks import deciding_look
from dlqa.evidence.sides import Border, Side

CONDITIONS = 40
FIRST = 24
LOOKS = 4
DISTANCES = (0.0, 0.2, 0.5, 1.0, 2.0)


def tables(repeats: int) -> Iterator[Table]:
    """`repeats` is shared out: a page costs as much as some hundred samples of other tables."""
    pages = max(20, repeats // 300)
    shapes = [shape for shape in populations() if not shape.hidden]
    yield Table(
        "pages",
        f"pages of {CONDITIONS} conditions, {FIRST} seeds at first, at most {LOOKS} looks",
        [_row(shapes, distance, pages) for distance in DISTANCES],
        shares=["pages with a wrong side", "conditions decided"],
    )


def _row(shapes: list[Population], distance: float, pages: int) -> Row:
    wrong_pages, decided, seeds = np.zeros(pages, dtype=bool), 0, 0
    for condition in range(CONDITIONS):
        shape = shapes[condition % len(shapes)]
        many = drawn(shape, FIRST * 2 ** (LOOKS - 1), pages * (1 + CONDITIONS // len(shapes)))
        spread = float(many[np.isfinite(many)].std())
        margin = max(shape.low, shape.mean - distance * spread)
        border = Border(margin, low=shape.low, high=shape.high)
        start = condition // len(shapes) * pages
        for page, samples in enumerate(many[start : start + pages]):
            look = deciding_look(samples, FIRST, CONDITIONS, border)
            wrong = look.side is Side.BELOW or (distance == 0 and look.side is Side.ABOVE)
            wrong_pages[page] |= wrong
            decided += look.side is not Side.UNDECIDED
            seeds += look.seeds
    tried = pages * CONDITIONS
    cells = {
        "pages with a wrong side": float(wrong_pages.mean()),
        "conditions decided": decided / tried,
        "seeds, as multiples of the first look": seeds / tried / FIRST,
    }
    return Row(f"{distance:g} standard deviations from the margin", cells)
