"""What a page shows beside the reader's own run: the settings that a study ran."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import xarray as xr

from dlqa.drawing.labelled import QUANTILES
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control
from dlqa.drawing.trainable import RanSetting, Trainable
from dlqa.evidence.claims import Claim
from dlqa.publishing.store.trainers import Arm, Knob, Rows, Trainer


def trainer(
    trainable: Trainable, record: xr.Dataset, claims: Sequence[Claim], labels: Mapping[str, Labels]
) -> Trainer:
    """Knobs with their words, and the tested settings with their curves and conditions of claims.

    Raises ValueError for what the page's script would not know, and KeyError for a word that lacks.
    """
    if faults := trainable.faults():
        raise ValueError(f"what a reader may train: {'; '.join(faults)}")
    knobs = [_knob(each, trainable.only.get(each.id), labels) for each in trainable.controls]
    arms = [_arm(each, claims) for each in trainable.tested(record)]
    return Trainer(knobs, dict(trainable.fixed), trainable.steps, arms)


def _knob(control: Control, only: tuple[str, str] | None, labels: Mapping[str, Labels]) -> Knob:
    options = {
        option: {code: words(control.id, option) for code, words in labels.items()}
        for option in control.options
    }
    label = {code: words("control", control.id) for code, words in labels.items()}
    return Knob(control.id, label, options, control.default, only)


def _arm(tested: RanSetting, claims: Sequence[Claim]) -> Arm:
    accuracy = _ran(tested.accuracy)
    return Arm(
        where=dict(tested.where),
        claims=dict(_conditions(tested, claims)),
        step=accuracy.step.values.tolist(),
        accuracy=_quantiles(accuracy),
        ends=_short(accuracy.isel(step=-1).values),
        loss=[] if tested.loss is None else _quantiles(_ran(tested.loss)),
    )


def _conditions(tested: RanSetting, claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """Of claims, the conditions that name just the labels of the setting, whatever their step."""
    for claim in claims:
        for condition in claim.conditions:
            labels = {**claim.given, **condition.at}
            labels.pop("step", None)
            if labels == tested.at:
                yield claim.id, condition.name


def _ran(curves: xr.DataArray) -> xr.DataArray:
    ran = curves.dropna("seed", how="all").dropna("step", how="all")
    return ran.transpose("seed", "step")


def _quantiles(curves: xr.DataArray) -> Rows:
    found = np.quantile(curves.values, list(QUANTILES.values()), axis=0).T
    return [_short(row) for row in found]


def _short(values: Iterable[float]) -> list[float]:
    return [float(f"{value:.4g}") for value in values]
