"""Question 44, broken as a wrong implementation would break it."""

from functools import partial

import numpy as np
import xarray as xr

from tests.questions.shown import shown

sound = partial(shown, "approximation")


def nothing_learned() -> xr.Dataset:
    """Every network answers 0, whatever it has and wherever it is asked."""
    record = sound()
    ran = record["error"].notnull()
    return record.assign(error=xr.where(ran, 0.5, np.nan), few=0 * record.few + 0.5)


def nothing_solved() -> xr.Dataset:
    """Least squares leaves what it should explain."""
    record = sound()
    return record.assign(closed=0 * record.closed + 0.5, hand=0 * record.hand + 0.5)


def flattered() -> xr.Dataset:
    """Whatever is believed to help does: units, ReLUs, solving, setting by hand, moving kinks."""
    record = sound()
    order = -6.0 * (record.activation == "relu") + 2.0 * (record.place == "between")
    order = order - 0.5 * np.log2(record.width / 2)
    moved = xr.where(record.moment == "end", record.width + 1, record.pieces)
    return record.assign(
        error=record["error"] * 10**order,
        closed=1e-30 * record.closed,
        hand=1e-12 * record.hand,
        pieces=moved.where(record.pieces.notnull()),
    )


FALSIFIERS = ((sound, nothing_learned), (sound, nothing_solved), (sound, flattered))
