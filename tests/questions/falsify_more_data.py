"""Question 46, broken as a wrong implementation would break it."""

from functools import partial

import xarray as xr

from dlqa.questions.more_data.record import LONGER, SOURCE, Params
from tests.questions.shown import exchanged, shown

SIZES = (*Params().sizes, Params().largest)
sound = partial(shown, "more_data")
broken = partial(exchanged, "more_data")


def all_alike() -> xr.Dataset:
    """Whatever a model is called, the network's guesses are scored."""
    return broken("model", dict.fromkeys(sound().model.values.tolist(), "deep"))


def names_exchanged() -> xr.Dataset:
    """Names that went to other models, on each kind of data others."""
    accuracy = sound().accuracy.copy()
    accuracy.loc[{"data": SOURCE, "model": "tree"}] = 0.3
    accuracy.loc[{"data": SOURCE, "model": LONGER, "size": 64}] = 1.0
    accuracy.loc[{"data": SOURCE, "model": "linear", "size": 4096}] = 1.2
    accuracy.loc[{"data": "0", "model": "svm"}] = 0.3
    accuracy.loc[{"data": "0", "model": "linear"}] = 0.4
    accuracy.loc[{"data": "1", "model": "deep", "size": 1024}] = 0.5
    return sound().assign(accuracy=accuracy)


FALSIFIERS = (
    (sound, all_alike),
    (sound, partial(broken, "size", dict.fromkeys(SIZES, 1024), "accuracy")),  # always as many
    (sound, names_exchanged),
)
