"""Question 46: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping

import xarray as xr
from matplotlib.axes import Axes

from dlqa.drawing.canvas import Drawing, panels, rule
from dlqa.drawing.labelled import Columns, bands, strip
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import SERIES, Style
from dlqa.questions.more_data.quantities import curves, lead
from dlqa.questions.more_data.record import LONGER, SOURCE, WHITENED, WORK, Params

ORDER = ("deep", "linear", "svm", "forest", "quadratic", "tree", "shallow", LONGER, WHITENED)
STYLES: Mapping[str, Style] = dict(zip(ORDER, SERIES, strict=True))
SIZES = (*Params().sizes, Params().largest)


def by_size(panel: Axes, labels: Labels, sizes: tuple[int, ...] = SIZES) -> None:
    """Sizes across on a log scale, accuracy upwards."""
    panel.set(xscale="log", xlim=(sizes[0], sizes[-1]), ylim=(0.3, 1.0))
    panel.set_xticks(sizes, [f"{size:,}" for size in sizes])
    panel.minorticks_off()
    panel.set_ylabel(labels("axis", "accuracy"))


def draw_learning(record: xr.Dataset, labels: Labels) -> Drawing:
    """Accuracy by training points on the source's data: its models, and those that it left out."""
    groups = {"source": WORK, "added": ("deep", "linear", "forest")}
    titles = [labels("panel", each) for each in groups]
    figure, axes = panels(titles, height=240, margins=(52, 110))
    columns: Columns = {"size": record["size"].values}
    limit = float(record.limit.sel(data=SOURCE).mean())
    for panel, (group, models) in zip(axes, groups.items(), strict=True):
        by_size(panel, labels)
        rule(panel, limit)
        drawn = {model: curves(record, model) for model in models}
        columns |= bands(panel, drawn, STYLES, labels.of("model"), group)
    axes[-1].set_xlabel(labels("axis", "size"))
    return Drawing(figure, columns)


def draw_lead(record: xr.Dataset, labels: Labels) -> Drawing:
    """How far the linear model is ahead of the deep network, a row a size."""
    figure, (panel,) = panels([labels("panel", "lead")], height=220, margins=(92, 14))
    found = {str(size): lead(record, model="linear", beside="deep", size=size) for size in SIZES}
    shared = xr.align(*(each.dropna("seed") for each in found.values()), join="inner")
    styles = dict(zip(found, SERIES, strict=False))
    columns: Columns = {"seed": shared[0].seed.values}
    columns |= strip(panel, dict(zip(found, shared, strict=True)), styles, labels.of("size"))
    panel.set_xlabel(labels("axis", "lead"))
    return Drawing(figure, columns)


def draw_help(record: xr.Dataset, labels: Labels) -> Drawing:
    """What more steps, whitened inputs and the linear model are ahead of the network on 64 points."""
    figure, (panel,) = panels([labels("panel", "help")], height=160, margins=(130, 14))
    models = (LONGER, WHITENED, "linear")
    found = {each: lead(record, model=each, beside="deep", size=64) for each in models}
    shared = xr.align(*(each.dropna("seed") for each in found.values()), join="inner")
    columns: Columns = {"seed": shared[0].seed.values}
    columns |= strip(panel, dict(zip(found, shared, strict=True)), STYLES, labels.of("model"))
    panel.set_xlabel(labels("axis", "help"))
    return Drawing(figure, columns)


FIGURES: Mapping[str, Draw] = {"learning": draw_learning, "lead": draw_lead, "help": draw_help}
