"""Tested settings beside the reader's run: their numbers, and the conditions that were tried there."""

import numpy as np
import pytest
import xarray as xr

from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control
from dlqa.drawing.trainable import KNOBS, RanSetting, Trainable
from dlqa.evidence.claims import holds, measured
from dlqa.evidence.quantities import quantity
from dlqa.publishing.exhibits.tested_arms import trainer

LABELS = {
    "en": Labels("en", {"control": {"width": "Width"}, "width": {"each": "{} units"}}),
}
FIXED = {k: values[0] if values else "1" for k, values in KNOBS.items() if k != "width"}


@quantity(resolution=0.1)
def reached(record: xr.Dataset, *, width: int, data: str, step: int) -> xr.DataArray:
    """Accuracy at a step."""
    return record.accuracy.sel(width=width, data=data, step=step)


def offered() -> Trainable:
    def tested(record: xr.Dataset) -> list[RanSetting]:
        at = {"width": 5, "data": "xor"}
        return [RanSetting({"width": "5"}, at, record.accuracy.sel(at))]

    control = Control("width", ("5", "9"), default="9")
    return Trainable((control,), tested, 20, FIXED)


def record() -> xr.Dataset:
    curves = np.array([[[[0.1, 0.3, np.nan], [0.2, 0.4, np.nan], [np.nan] * 3]]])
    dims = ("width", "data", "seed", "step")
    return xr.Dataset(
        {"accuracy": (dims, curves)},
        {"width": [5], "data": ["xor"], "seed": [0, 1, 2], "step": [0, 10, 20]},
    )


def test_an_arm_has_what_was_run_and_the_conditions_that_name_it() -> None:
    claims = (
        measured("c1", "A", reached, holds(width=(5, 9), data="xor"), above=0, step=10),
        measured("c2", "A", reached, holds(width=5), above=0, step=10),  # names no data
    )
    found = trainer(offered(), record(), claims, LABELS)
    (arm,) = found.arms
    assert arm.claims == {"c1": "5_xor"}
    assert arm.step == [0, 10]
    assert arm.ends == [0.3, 0.4]
    assert arm.accuracy[1] == pytest.approx([0.3, 0.325, 0.35, 0.375, 0.4])
    assert found.tested(found.default | {"width": "5"}) is arm
    assert found.tested(found.default) is None
    (knob,) = found.knobs
    assert knob.options == {"5": {"en": "5 units"}, "9": {"en": "9 units"}}


def test_what_the_script_would_not_know_stops() -> None:
    with pytest.raises(ValueError, match="neither set nor fixed"):
        trainer(Trainable((), lambda _: (), 20, FIXED), record(), (), LABELS)
