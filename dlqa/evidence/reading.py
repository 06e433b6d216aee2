"""Whether conditions read what they name: a label whose numbers are taken away must be missed.

A quantity that reads one label where it is asked for another may well give the same verdict, and no
verdict can tell.
"""

import warnings
from collections.abc import Sequence

import numpy as np
import xarray as xr

from dlqa.evidence.claims import Claim, Condition
from dlqa.evidence.records import Array


def misread(claims: Sequence[Claim], record: xr.Dataset) -> list[str]:
    """Where a condition's numbers stay as they are without those of a label that it names."""
    blanked: dict[tuple[str, object], xr.Dataset] = {}
    found = []
    for claim in claims:
        for condition in claim.conditions:
            samples = claim.samples(condition, record)
            for name, label in {**claim.given, **condition.at}.items():
                if (dim := dimension(record, name, label)) is None:
                    continue
                if (dim, label) not in blanked:
                    blanked[dim, label] = _without(record, dim, label)
                if np.array_equal(samples, _left(claim, condition, blanked[dim, label])):
                    found.append(f"{claim.id} ({condition.name}): reads no {name} {label!r}")
    return found


def dimension(record: xr.Dataset, name: str, label: object) -> str | None:
    """The dimension that a coordinate is of: its own name's, or the only one with such a label."""
    holding = [str(dim) for dim in record.dims if label in record[dim].values.tolist()]
    if name in holding:
        return name
    return holding[0] if len(holding) == 1 else None


def _without(record: xr.Dataset, dim: str, label: object) -> xr.Dataset:
    held = {name: values for name, values in record.data_vars.items() if dim in values.dims}
    return record.assign({name: v.where(v[dim] != label) for name, v in held.items()})


def _left(claim: Claim, condition: Condition, record: xr.Dataset) -> Array:
    """The numbers that a condition still finds; none where it finds what it cannot use."""
    with warnings.catch_warnings(action="ignore"):  # means of nothing
        try:
            return claim.samples(condition, record)
        except ValueError:  # of a quantity that cannot do without
            return np.empty(0)
