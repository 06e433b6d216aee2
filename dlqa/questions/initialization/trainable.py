"""Question 51: what of its networks a reader may train in the page, and which settings were tested."""

from collections.abc import Iterator
from itertools import product

import xarray as xr

from dlqa.drawing.live import Control
from dlqa.drawing.trainable import RanSetting, Trainable
from dlqa.questions.initialization.record import Params

PARAMS = Params()
DEVIATIONS = tuple(f"{each:g}" for each in PARAMS.deviations)
OWN = {
    "activation": "sigmoid", "width": f"{PARAMS.width}",
    "optimizer": "adam", "rate": f"{PARAMS.rate:g}",
}  # fmt: skip
CHANGED = {  # in what a setting of the study differs from the source's network; else its activation
    "descent": {"optimizer": "sgd", "rate": f"{PARAMS.descent_rate:g}"},
    **{f"width_{width}": {"width": f"{width}"} for width in PARAMS.widths},
}
GAUSSIANS = {"gaussian_small": "0.01", "gaussian_large": "1"}  # by their σ


def tested(record: xr.Dataset) -> Iterator[RanSetting]:
    """Every arm of the study that was trained, under the settings of the page."""
    labels = [record[dim].values.tolist() for dim in ("setting", "data", "initializer")]
    for setting, data, name in product(*labels):
        at = {"setting": setting, "data": data, "initializer": name}
        accuracy, loss = record.accuracy.sel(at), record.loss.sel(at)
        if accuracy.notnull().any():
            start = _gaussian(GAUSSIANS[name]) if name in GAUSSIANS else {"initializer": name}
            where = OWN | CHANGED.get(setting, {"activation": setting}) | {"data": data} | start
            yield RanSetting(where, at, accuracy, loss if loss.notnull().any() else None)
    for deviation in record.deviation.values.tolist():
        if (std := f"{deviation:g}") not in GAUSSIANS.values():  # which are arms of their own
            at = {"data": PARAMS.data[0], "deviation": deviation}
            where = OWN | {"data": PARAMS.data[0]} | _gaussian(std)
            curves = record.spread_accuracy.sel(at), record.spread_loss.sel(at)
            yield RanSetting(where, {key: str(label) for key, label in at.items()}, *curves)


def _gaussian(std: str) -> dict[str, str]:
    return {"initializer": "gaussian", "std": std}


STARTS = ("zero", "constant_small", "one", "gaussian", "xavier", "he", "lecun", "orthogonal")
RATES = ("0.0003", "0.001", "0.003", "0.01", "0.03", "0.1")
TRAINABLE = Trainable(
    controls=(
        Control("initializer", STARTS, default="zero"),
        Control("std", DEVIATIONS, default="0.1"),
        Control("activation", ("sigmoid", "tanh", "relu"), default="sigmoid"),
        Control("data", ("correlated", "independent", "xor"), default="correlated"),
        Control("width", ("32", "50", "100"), default="100"),
        Control("optimizer", ("adam", "sgd"), default="adam"),
        Control("rate", RATES, default="0.003"),
    ),
    tested=tested,
    steps=1000,
    fixed={"layers": "2"},
    only={"std": ("initializer", "gaussian")},
)
