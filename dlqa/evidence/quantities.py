"""A quantity: labelled arrays in, one number a seed out, with the range that it can have."""

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import xarray as xr

from dlqa.evidence.records import Array, ran, samples

Coordinates = Mapping[str, object]  # a parameter of the quantity -> the label it is asked at
Measure = Callable[..., xr.DataArray]


@dataclass(frozen=True)
class Quantity:
    """What a claim is about. Called like the function it wraps: a record, then labels by name.

    name: the function's, under which words files hold the quantity's own; low and high: no value
    can lie outside; resolution: differences below it do not matter; form: the format specification
    that prints it.
    """

    measure: Measure
    low: float
    high: float
    resolution: float
    form: str

    @property
    def name(self) -> str:
        return self.measure.__name__

    def __call__(self, record: xr.Dataset, **at: object) -> xr.DataArray:
        return self.measure(record, **at)

    def samples(self, record: xr.Dataset, at: Coordinates) -> Array:
        """One number a seed, [S]. Raises ValueError for labels that the record does not have."""
        unknown = set(at) - set(inspect.signature(self.measure).parameters)
        if unknown:
            raise ValueError(f"{self.name} is not asked at {', '.join(sorted(unknown))}")
        try:
            return samples(self.measure(record, **at))
        except LookupError as error:  # no such label, or nothing at it
            raise ValueError(f"{self.name} at {dict(at)}: {_missing(record, at, error)}") from error

    def mean(self, record: xr.Dataset, **at: object) -> float:
        """Its mean over the seeds that ran. Raises KeyError where there is none."""
        return float(samples(ran(self.measure(record, **at))).mean())


def quantity(
    *, low: float = -math.inf, high: float = math.inf, resolution: float = 0.0, form: str = ".3f"
) -> Callable[[Measure], Quantity]:
    """Makes a quantity of a function of a record and labels."""
    return lambda measure: Quantity(measure, low, high, resolution, form)


def _missing(record: xr.Dataset, at: Coordinates, error: LookupError) -> str:
    """Which label the record does not have."""
    for dim, label in at.items():
        known = record[dim].values.tolist() if dim in record.dims else [label]
        if label not in known:
            return f"the record has no {dim} {label!r}; expected one of {known}"
    return f"the record has no {error}"
