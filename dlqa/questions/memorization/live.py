"""Question 101: the figure with a control: the share of shuffled labels, and what is learned when."""

from collections.abc import Mapping

import xarray as xr

from dlqa.drawing.canvas import Drawing, panels
from dlqa.drawing.labelled import Columns, band_of, key
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import SERIES
from dlqa.evidence.values import Values, percent, value
from dlqa.questions.memorization.quantities import EARLY, END
from dlqa.questions.memorization.record import SHARES

TRAINED, FRESH, KEPT = SERIES[:3]
SHORT = 400  # steps shown


def draw_shares(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """Training and fresh accuracy by step, and what becomes of samples with a wrong label."""
    found = _of(record, setting).sel(step=slice(0, SHORT))
    figure, axes = panels([labels("panel", each) for each in ("both", "kept")], height=215)
    columns: Columns = {"step": found.step.values}
    for panel in axes:
        panel.set(xlim=(0, SHORT), ylim=(0, 1.02), xlabel=labels("axis", "step"))
    columns |= band_of(axes[0], found.trained, TRAINED, "trained")
    columns |= band_of(axes[0], found.fresh, FRESH, "fresh")
    key(
        axes[0],
        {labels("curve", "trained"): TRAINED, labels("curve", "fresh"): FRESH},
        "lower right",
    )
    if found.kept.notnull().any():  # true labels leave no sample with a wrong one
        columns |= band_of(axes[1], found.kept, KEPT, "kept")
    return Drawing(figure, columns)


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """What the caption says of a share: means over seeds, and the median of steps."""
    found = _of(record, setting)
    fresh = found.fresh.mean("seed")
    return {
        "steps": value(found.memorized.median(), ".0f"),
        "early": percent(fresh.sel(step=EARLY)),
        "end": percent(fresh.sel(step=END)),
        "trained": percent(found.trained.sel(step=END).mean()),
    }


def _of(record: xr.Dataset, setting: Setting) -> xr.Dataset:
    return record.sel(apart=1.0, size=150, share=int(setting["share"]) / 100)


SHARE = Control("share", tuple(f"{share:.0%}".rstrip("%") for share in SHARES), "50", scale=True)
LIVE: Mapping[str, Live] = {"shares": Live((SHARE,), draw_shares, numbers)}
