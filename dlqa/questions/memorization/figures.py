"""Question 101: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping

import xarray as xr

from dlqa.drawing.canvas import Drawing, panels, rule
from dlqa.drawing.labelled import Columns, bands, strip
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import SERIES
from dlqa.questions.memorization.quantities import END, slower
from dlqa.questions.memorization.record import BUDGET, SHARES, SIZES, Params

SHORT = 600  # steps shown where nothing happens later
ENDS = dict(zip((0.0, 1.0), SERIES, strict=False))
BY_SIZE = dict(zip(map(str, SIZES), SERIES, strict=False))
BY_SHARE = dict(zip(map(str, SHARES), (SERIES[0], *SERIES[2:5], SERIES[1]), strict=True))


def draw_source(record: xr.Dataset, labels: Labels) -> Drawing:
    """Training accuracy of the source's network by step, with shuffled labels beyond its budget."""
    titles = [labels("size", size) for size in SIZES]
    figure, axes = panels(titles, height=175, margins=(58, 70))
    columns: Columns = {"step": record.source_step.values}
    longest = (*Params().source_at, *Params().longer)[-1]
    for panel, size in zip(axes, SIZES, strict=True):
        last = longest if size == SIZES[-1] else BUDGET
        panel.set(xlim=(0, last), ylim=(0, 1.02), yticks=(0, 0.5, 1))
        panel.set_ylabel(labels("axis", "trained"))
        found = record.source_trained.sel(size=size).dropna("seed", how="all")
        drawn = {str(share): found.sel(share=share) for share in ENDS}
        columns |= bands(panel, drawn, BY_SHARE, labels.of("ends"), f"points{size}")
        if last > BUDGET:
            rule(panel, BUDGET, across=False)
    axes[-1].set_xlabel(labels("axis", "step"))
    return Drawing(figure, columns)


def draw_budget(record: xr.Dataset, labels: Labels) -> Drawing:
    """Training accuracy of the smaller network by step: the more points, the later."""
    figure, axes = panels([labels("ends", share) for share in ENDS], height=200, margins=(58, 80))
    found = record.trained.sel(apart=1.0, step=slice(0, SHORT))
    columns: Columns = {"step": found.step.values}
    for panel, share in zip(axes, ENDS, strict=True):
        panel.set(xlim=(0, SHORT), ylim=(0, 1.02), ylabel=labels("axis", "trained"))
        drawn = {name: found.sel(share=share, size=int(name)) for name in BY_SIZE}
        columns |= bands(panel, drawn, BY_SIZE, labels.of("size"), f"shuffled{share:g}")
    axes[-1].set_xlabel(labels("axis", "step"))
    return Drawing(figure, columns)


def draw_slower(record: xr.Dataset, labels: Labels) -> Drawing:
    """How much longer shuffled labels take, where classes overlap and where they hardly do."""
    figure, (panel,) = panels([labels("panel", "slower")], height=210, margins=(118, 14))
    places = ((1.0, 50), (1.0, 150), (1.0, 300), (2.0, 150))
    drawn = {f"{apart:g}.{n}": slower(record, apart=apart, size=n) for apart, n in places}
    styles = dict(zip(drawn, SERIES, strict=False))
    columns: Columns = {"seed": record.seed.values}
    columns |= strip(panel, drawn, styles, labels.of("place"))
    rule(panel, 0, across=False)
    panel.set_xlabel(labels("axis", "doublings"))
    return Drawing(figure, columns)


def draw_tells(record: xr.Dataset, labels: Labels) -> Drawing:
    """What tells memorizing from generalizing at the end of training, and what does not."""
    marks = ("trained", "fresh", "flipped", "distance")
    figure, axes = panels([labels("mark", each) for each in marks], height=150, margins=(84, 14))
    columns: Columns = {"seed": record.seed.values}
    end = record.sel(apart=1.0, size=150).sel(step=END)
    for panel, mark in zip(axes, marks, strict=True):
        drawn = {str(share): end[mark].sel(share=share) for share in SHARES}
        columns |= strip(panel, drawn, BY_SHARE, labels.of("share"), mark)
        if mark in ("trained", "fresh"):
            panel.set_xlim(0.35, 1.02)
    return Drawing(figure, columns)


FIGURES: Mapping[str, Draw] = {
    "source": draw_source, "budget": draw_budget, "slower": draw_slower, "tells": draw_tells
}  # fmt: skip
