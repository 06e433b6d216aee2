"""A measured interval beside the margin it is tried against, drawn small enough for a table."""

from collections.abc import Sequence

from dlqa.publishing.fragments import fragment
from dlqa.publishing.store.findings import FoundCondition

WIDTH, HEIGHT, EDGE = 100.0, 10.0, 4.0


def ends(condition: FoundCondition) -> list[float]:
    """Every end of a condition's two intervals that there is, and its effect."""
    bounds = (condition.least, condition.low, condition.high, condition.most)
    return [condition.effect, *(each for each in bounds if each is not None)]


def span(values: Sequence[float], margin: float) -> tuple[float, float]:
    """The values at the left and right edge that several intervals and their margin need."""
    least, most = min(margin, *values), max(margin, *values)
    return (least, most) if most > least else (margin - 1, margin + 1)


def interval(condition: FoundCondition, margin: float, shown: tuple[float, float]) -> str:
    """An SVG of the margin as a line, the plain interval as a bar, and the one that decides as thin
    whiskers beyond it; an end that is not there runs to the edge. The numbers stand beside it."""

    def place(value: float | None, edge: float = 0) -> str:
        if value is None:
            return f"{edge:g}"
        share = (value - shown[0]) / (shown[1] - shown[0])
        return f"{EDGE + share * (WIDTH - 2 * EDGE):.4g}"

    edges = {"low": 0.0, "least": 0.0, "effect": 0.0, "high": WIDTH, "most": WIDTH}
    drawn = {name: place(getattr(condition, name), edge) for name, edge in edges.items()}
    size = {"width": f"{WIDTH:g}", "height": f"{HEIGHT:g}"}
    return fragment("interval.html", margin=place(margin), **size, **drawn)
