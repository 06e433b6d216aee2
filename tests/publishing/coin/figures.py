"""Question 7: its figure."""

import xarray as xr

from dlqa.drawing.canvas import Drawing, panels
from dlqa.drawing.labelled import strip
from dlqa.drawing.labels import Labels
from dlqa.drawing.palette import SERIES


def tossed(record: xr.Dataset, labels: Labels) -> Drawing:
    figure, (axes,) = panels([labels("quantity", "heads")])
    samples = {"heads": record.heads.sel(coin="whole")}
    columns = strip(axes, samples, {"heads": SERIES[0]}, labels.of("side"))
    return Drawing(figure, columns)


FIGURES = {"tossed": tossed}
