"""Question 51: what of its networks a reader may train in the page, and which settings were tested."""

from collections.abc import Iterator

import xarray as xr

from dlqa.drawing.live import Control
from dlqa.drawing.trainable import RanSetting, Trainable
from dlqa.questions.initialization.record import Params

PARAMS = Params()
DEVIATIONS = tuple(f"{each:g}" for each in PARAMS.deviations)
OWN = {
    "activation": "sigmoid",
    "width": f"{PARAMS.width}",
    "optimizer": "adam",
    "rate": f"{PARAMS.rate:g}",
}
GAUSSIANS = {"gaussian_small": "0.01", "gaussian_large": "1"}  # by their σ


def tested(record: xr.Dataset) -> Iterator[RanSetting]:
    """Every arm of the study that was trained, under the settings of the page."""
    for setting in record.setting.values.tolist():
        for data in record.data.values.tolist():
            for name in record.initializer.values.tolist():
                at = {"setting": setting, "data": data, "initializer": name}
                accuracy, loss = record.accuracy.sel(at), record.loss.sel(at)
                if accuracy.notnull().any():
                    where = OWN | _changed(setting) | {"data": data} | _start(name)
                    yield RanSetting(where, at, accuracy, loss if loss.notnull().any() else None)
    for deviation in record.deviation.values.tolist():
        if (std := f"{deviation:g}") not in GAUSSIANS.values():  # which are arms of their own
            at = {"data": PARAMS.data[0], "deviation": deviation}
            where = OWN | {"data": PARAMS.data[0], "initializer": "gaussian", "std": std}
            curves = record.spread_accuracy.sel(at), record.spread_loss.sel(at)
            yield RanSetting(where, {key: str(label) for key, label in at.items()}, *curves)


def _changed(setting: str) -> dict[str, str]:
    """In what a setting of the study differs from the source's network."""
    if setting == "descent":
        return {"optimizer": "sgd", "rate": f"{PARAMS.descent_rate:g}"}
    if setting.startswith("width_"):
        return {"width": setting.removeprefix("width_")}
    return {"activation": setting}


def _start(initializer: str) -> dict[str, str]:
    if initializer in GAUSSIANS:
        return {"initializer": "gaussian", "std": GAUSSIANS[initializer]}
    return {"initializer": initializer}


TRAINABLE = Trainable(
    controls=(
        Control(
            "initializer",
            ("zero", "constant_small", "one", "gaussian", "xavier", "he", "lecun", "orthogonal"),
            default="zero",
        ),
        Control("std", DEVIATIONS, default="0.1"),
        Control("activation", ("sigmoid", "tanh", "relu"), default="sigmoid"),
        Control("data", ("correlated", "independent", "xor"), default="correlated"),
        Control("width", ("32", "50", "100"), default="100"),
        Control("optimizer", ("adam", "sgd"), default="adam"),
        Control("rate", ("0.0003", "0.001", "0.003", "0.01", "0.03", "0.1"), default="0.003"),
    ),
    tested=tested,
    steps=1000,
    fixed={"layers": "2"},
    only={"std": ("initializer", "gaussian")},
)
