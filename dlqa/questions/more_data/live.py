"""Question 46: the figure with a control: how curved the best boundary is, and who learns it."""

from collections.abc import Mapping

import numpy as np
import xarray as xr

from dlqa.drawing.canvas import Drawing, panels, rule
from dlqa.drawing.labelled import Columns, bands
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.evidence.values import Values, percent
from dlqa.questions.more_data.figures import STYLES, by_size
from dlqa.questions.more_data.quantities import curves, means
from dlqa.questions.more_data.record import Params


def draw_bend(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """Accuracy by training points of five rivals, under the limit, at one curvature."""
    data, params = setting["curvature"], Params()
    limit = float(record.limit.sel(data=data).mean())
    figure, (panel,) = panels([labels("panel", "bend")], height=300, margins=(52, 110))
    by_size(panel, labels, params.sizes)
    rule(panel, limit)
    drawn = {model: curves(record, model, data) for model in params.rivals}
    columns: Columns = {"size": np.asarray(params.sizes)}
    columns |= bands(panel, drawn, STYLES, labels.of("model"))
    panel.set_xlabel(labels("axis", "size"))
    return Drawing(figure, columns)


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """What the caption says of a curvature: means over seeds, and the limit."""
    data = setting["curvature"]
    found = means(record, data)
    return {
        "limit": percent(record.limit.sel(data=data).mean(), 1),
        **{
            f"{model}_{size}": percent(found.sel(model=model, size=size), 1)
            for model in Params().rivals
            for size in (64, 1024)
        },
    }


CURVATURE = Control(
    "curvature", tuple(f"{each:g}" for each in Params().curvatures), default="1", scale=True
)
LIVE: Mapping[str, Live] = {"bend": Live((CURVATURE,), draw_bend, numbers)}
