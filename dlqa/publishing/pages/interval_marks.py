"""A measured interval beside the margin it is tried against, drawn small enough for a table."""

from collections.abc import Sequence

WIDTH, HEIGHT, EDGE = 100.0, 10.0, 4.0


def span(bounds: Sequence[tuple[float, float]], margin: float) -> tuple[float, float]:
    """The values at the left and right edge that several intervals and their margin need."""
    least = min(margin, *(low for low, _ in bounds))
    most = max(margin, *(high for _, high in bounds))
    return (least, most) if most > least else (margin - 1, margin + 1)


def interval(
    effect: float, low: float, high: float, margin: float, shown: tuple[float, float]
) -> str:
    """An SVG of the margin as a line and the interval as a bar; the numbers stand beside it."""

    def place(value: float) -> str:
        share = (value - shown[0]) / (shown[1] - shown[0])
        return f"{EDGE + share * (WIDTH - 2 * EDGE):.4g}"

    at, left, right = place(margin), place(low), place(high)
    return (
        f'<svg class="interval" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" aria-hidden="true">'
        f'<path class="margin" d="M{at} 0V{HEIGHT:g}"/>'
        f'<path d="M{left} 5H{right}M{left} 2.5v5M{right} 2.5v5"/>'
        f'<circle cx="{place(effect)}" cy="5" r="2.3"/></svg>'
    )
