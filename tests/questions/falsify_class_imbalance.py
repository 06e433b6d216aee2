"""Question 47, broken as a wrong implementation would break it."""

from functools import partial

import xarray as xr

from tests.questions.shown import exchanged, shown

sound = partial(shown, "class_imbalance")
broken = partial(exchanged, "class_imbalance")


def ratio_is_ignored() -> xr.Dataset:
    """All that is not touched learns from balanced classes."""
    record = sound()
    balanced = {
        name: record[name].where(record.arm != "plain", record[name].sel(ratio=1))
        for name in ("source_accuracy", "accuracy")
    }
    return record.assign(balanced)


def order_is_lost() -> xr.Dataset:
    """Labels shuffled before the untouched network's curve is drawn."""
    record = sound()
    return record.assign(area=record.area.where(record.arm != "plain", 0.5))


FALSIFIERS = (
    (sound, partial(broken, "read", {"shifted": "as_is"}, "accuracy", "brier")),  # nothing is moved
    (sound, partial(broken, "arm", {"copies": "plain"})),  # nothing is copied
    (sound, ratio_is_ignored),
    (sound, order_is_lost),
    (sound, partial(broken, "arm", {"focal": "copies"})),
)
