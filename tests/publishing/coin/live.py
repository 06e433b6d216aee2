"""Question 7: its figure with controls."""

import numpy as np
import xarray as xr

from dlqa.drawing.canvas import Drawing, band, panels
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import SERIES
from dlqa.evidence.values import Values, value


def running(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    figure, (axes,) = panels([labels("quantity", "heads")], margins=(44, 60))
    drawn = chosen(record, setting).values
    means = np.cumsum(drawn) / np.arange(1, len(drawn) + 1)
    at = np.arange(float(len(drawn)))
    band(axes, at, np.stack([means, drawn]), SERIES[1], label=labels("side", setting["side"]))
    return Drawing(figure, {"mean": means})


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    return {"last": value(chosen(record, setting).mean())}


def chosen(record: xr.Dataset, setting: Setting) -> xr.DataArray:
    heads = record.heads.sel(coin="whole", seed=list(range(int(setting["coins"]))))
    return heads if setting["side"] == "heads" else 1 - heads


COINS = Control("coins", ("3", "6", "12"), default="12", scale=True)
SIDE = Control("side", ("heads", "tails"), default="heads")
LIVE = {"running": Live((COINS, SIDE), running, numbers)}
