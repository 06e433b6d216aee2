"""Question 48: its figures, each a pure function of a record and the words of a language."""

from collections.abc import Mapping

import xarray as xr

from dlqa.drawing.canvas import Drawing, name_across, panels
from dlqa.drawing.labelled import Columns, bands, strips
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw
from dlqa.drawing.palette import SERIES
from dlqa.questions.dimension_reduction.quantities import END, accuracies
from dlqa.questions.dimension_reduction.record import LOUD, RATE

GROUPS = {
    "source": ("none", "pca_10", "pca_5", "pca_1"),
    "scaling": ("none", "centred", "standardized", "whitened"),
}
RATED = ("none", "centred", "pca_10")
STYLES = dict(zip(("none", "centred", "pca_10", "pca_5", "pca_1"), SERIES, strict=False))
STYLES |= {"standardized": STYLES["pca_10"], "whitened": STYLES["pca_5"]}  # in another panel


def draw_dummies(record: xr.Dataset, labels: Labels) -> Drawing:
    """Accuracy by the number of dummies after the source's matrix, its arms and the others."""
    titles = [labels("panel", each) for each in GROUPS]
    figure, axes = panels(titles, height=220, margins=(52, 92))
    columns: Columns = {}
    for panel, (group, names) in zip(axes, GROUPS.items(), strict=True):
        drawn = {}
        for name in names:
            at = {"data": "uniform", "preparation": name, "rate": RATE, "step": END}
            drawn[name] = _shared(record.accuracy.sel(at, drop=True))
        panel.set(xscale="log", xlim=(1, 200), ylim=(0.4, 1), ylabel=labels("axis", "accuracy"))
        panel.set_xticks([1, 10, 50, 200], ["1", "10", "50", "200"])
        panel.minorticks_off()
        for name, curves in drawn.items():
            columns[f"{group}.{name}.dummies"] = curves.dummies.values.astype(float)
        columns |= bands(panel, drawn, STYLES, labels.of("preparation"), group)
    name_across(axes, labels("axis", "dummies"))
    return Drawing(figure, columns)


def draw_matrices(record: xr.Dataset, labels: Labels) -> Drawing:
    """Accuracy in every seed with 200 dummies, after the source's matrix and after a rotation."""
    arms = {
        "uniform": ("none", "centred", "whitened", "pca_10", "pca_1"),
        "rotation": ("none", "centred", "pca_10", "pca_1"),
    }
    found = {
        data: {name: accuracies(record, data, 200, name) for name in names}
        for data, names in arms.items()
    }
    titles = [labels("data", data) for data in arms]
    figure, columns = strips(
        found, titles, labels.of("preparation"), (230, 110), labels("axis", "accuracy"),
        limits=(0.4, 1), at=0.5,
    )  # fmt: skip
    return Drawing(figure, columns)


def draw_quiet(record: xr.Dataset, labels: Labels) -> Drawing:
    """Accuracy in every seed where the signal has little variance."""
    names = ("none", "standardized", "whitened", "pca_10")
    found = {"quiet": {name: accuracies(record, "quiet", LOUD, name) for name in names}}
    figure, columns = strips(
        found, [labels("data", "quiet")], labels.of("preparation"), (200, 110),
        labels("axis", "accuracy"), limits=(0.4, 1), at=0.5,
    )  # fmt: skip
    return Drawing(figure, columns)


def draw_rates(record: xr.Dataset, labels: Labels) -> Drawing:
    """Accuracy by learning rate with 200 dummies after the source's matrix."""
    figure, (panel,) = panels([labels("panel", "rates")], height=230, margins=(52, 92))
    drawn = {}
    for name in RATED:
        at = {"data": "uniform", "dummies": 200, "preparation": name, "step": END}
        drawn[name] = _shared(record.accuracy.sel(at, drop=True))
    columns: Columns = {"rate": drawn["none"].rate.values}
    panel.set(xscale="log", ylim=(0.4, 1), ylabel=labels("axis", "accuracy"))
    panel.set(xlim=(3e-4, 1e-2), xlabel=labels("axis", "rate"))
    panel.set_xticks([3e-4, 1e-3, 3e-3, 1e-2], ["0.0003", "0.001", "0.003", "0.01"])
    panel.minorticks_off()
    columns |= bands(panel, drawn, STYLES, labels.of("preparation"))
    return Drawing(figure, columns)


FIGURES: Mapping[str, Draw] = {
    "dummies": draw_dummies, "matrices": draw_matrices, "quiet": draw_quiet, "rates": draw_rates
}  # fmt: skip


def _shared(curves: xr.DataArray) -> xr.DataArray:
    """Curves where they were run, of the seeds that were run everywhere there."""
    (along,) = (dim for dim in curves.dims if dim != "seed")
    return curves.dropna(along, how="all").dropna("seed", how="any")
