"""Draws a page's preview, the picture beside a shared link: its claims' intervals and verdicts.

No Chinese is drawn: the building machine needs no Chinese font, and where the link is shown, the
page's title stands beside the picture in its own language.
"""

import importlib.metadata
import textwrap
from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyBboxPatch

from dlqa.evidence.verdicts import Verdict
from dlqa.publishing.formulas.font import CARRIER, STIX
from dlqa.publishing.verdicts import SYMBOLS

WIDTH, HEIGHT = 1200, 630  # pixels, what OpenGraph's readers crop least
PAPER, INK, RULE = "#fdfcf9", "#1b2026", "#cfc9bb"  # the colours of site.css
AZURITE, GOLD = "#123a5c", "#ffbe4d"  # and of the favicon
VERDICTS = {
    "holds": "#14652f",
    "does not hold": "#a3210f",
    "practically equal": "#0b5688",
    "depends": "#7a4b00",
    "undecided": "#4f545c",
}


@dataclass(frozen=True)
class Interval:
    """A measured effect with its interval and verdict, on a scale where the margin is 0."""

    low: float
    effect: float
    high: float
    verdict: str


@dataclass(frozen=True)
class Preview:
    """What a preview shows: a number or a name, a title if it is Latin, verdicts and intervals.

    Of a page it counts the verdicts; a claim's own has no number, None.
    """

    name: str
    title: str
    counts: tuple[tuple[Verdict, int | None], ...]  # verdict, how many claims have it
    intervals: tuple[Interval, ...]


def write_preview(preview: Preview, path: Path) -> None:
    """Writes the picture as a PNG of 1200 × 630 pixels; the same preview gives the same bytes."""
    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=PAPER)
    canvas = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(0, HEIGHT))
    canvas.set_axis_off()
    _draw_mark(figure)
    serif = importlib.metadata.distribution(CARRIER).locate_file(STIX)
    font = FontProperties(fname=str(serif))
    canvas.text(
        70, 356, preview.name, font=font, size=118, color=INK, va="center", parse_math=False
    )
    lines, size = textwrap.wrap(preview.title, 27), 25
    if len(lines) > 3:
        lines, size = textwrap.wrap(preview.title, 34, max_lines=4, placeholder=" …"), 19
    text = "\n".join(lines)
    canvas.text(
        74, 262, text, font=font, size=size, color=INK, va="top", linespacing=1.25, parse_math=False
    )
    for place, (verdict, count) in enumerate(preview.counts):
        text = SYMBOLS[verdict] if count is None else f"{SYMBOLS[verdict]} {count}"
        canvas.text(74 + 134 * place, 74, text, size=27, color=VERDICTS[verdict], weight="bold")
    _draw_intervals(figure, preview.intervals)
    figure.savefig(path, metadata={"Software": None})


def _draw_mark(figure: Figure) -> None:
    """The site's mark: an interval clear of its margin, its effect a dot."""
    axes = figure.add_axes((70 / WIDTH, 474 / HEIGHT, 84 / WIDTH, 84 / HEIGHT))
    axes.set(xlim=(0, 32), ylim=(32, 0))
    axes.set_axis_off()
    ground = FancyBboxPatch((7, 7), 18, 18, boxstyle="round,pad=7", color=AZURITE, lw=0)
    axes.add_patch(ground)
    axes.plot([8, 8], [7.2, 25.2], color="white", lw=3.6, dash_capstyle="round", ls=(0, (0.01, 2)))
    for line in ([13.2, 26.4], [16, 16]), ([13.2] * 2, [11.4, 20.6]), ([26.4] * 2, [11.4, 20.6]):
        axes.plot(*line, color="white", lw=4.9, solid_capstyle="round")
    axes.add_patch(Circle((19.6, 16), 4.2, color=GOLD, zorder=3))


def _draw_intervals(figure: Figure, intervals: tuple[Interval, ...]) -> None:
    """One line an interval about the dotted margin, sorted by effect."""
    axes = figure.add_axes((0.5, 0.1, 0.45, 0.8), xlim=(-1.06, 1.06))
    axes.set_axis_off()
    ordered = sorted(intervals, key=lambda each: each.effect)
    axes.set_ylim(-0.8, max(len(ordered), 6) - 0.2)
    axes.axvline(0, color=RULE, lw=3, ls=(0, (0.01, 2.4)), dash_capstyle="round")
    thick = min(5.0, 110 / max(len(ordered), 1))
    for y, each in enumerate(ordered):
        (line,) = axes.plot([each.low, each.high], [y, y], lw=thick, solid_capstyle="round")
        line.set_color(VERDICTS[each.verdict])
        (dot,) = axes.plot([each.effect], [y], "o", color=GOLD, ms=2.3 * thick)
        dot.set(markeredgecolor=PAPER, markeredgewidth=thick / 3)
