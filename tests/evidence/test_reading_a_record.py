"""A condition whose quantity reads another label than it is asked for is told, whatever it gives."""

import numpy as np
import xarray as xr

from dlqa.evidence.claims import holds, measured
from dlqa.evidence.quantities import quantity
from dlqa.evidence.reading import dimension, misread

RECORD = xr.Dataset(
    {
        "height": (("place", "year", "seed"), np.random.default_rng(0).random((3, 2, 8))),
        "width": (("place", "seed"), np.ones((3, 8))),
    },
    {"place": ["hill", "vale", "coast"], "year": [1900, 2000], "seed": range(8)},
)


@quantity(low=0, high=1)
def height(record, *, place, year):
    return record.height.sel(place=place, year=year)


@quantity(low=0, high=1)
def neighbours(record, *, place, year):
    """Reads the hill where it is asked for the vale."""
    return record.height.sel(place="hill" if place == "vale" else place, year=year)


@quantity(low=-1, high=1)
def gap(record, *, place, beside):
    return (record.height.sel(place=place) - record.height.sel(place=beside)).isel(year=0)


def told(measure, *conditions, **given):
    return misread([measured("c1", "Toy 2026", measure, *conditions, above=0.2, **given)], RECORD)


def test_conditions_that_read_what_they_name_are_sound():
    assert told(height, holds(place=("hill", "vale"), year=(1900, 2000))) == []
    assert told(gap, holds(place="hill", beside="vale")) == []


def test_a_neighbouring_label_is_told():
    found = told(neighbours, holds(place=("vale", "coast")), year=2000)
    assert found == ["c1 (vale): reads no place 'vale'"]


def test_a_label_that_is_read_beside_the_right_one_is_none_of_its_own():
    @quantity(low=-1, high=1)
    def itself(record, *, place, beside):  # noqa: ARG001 (the fault)
        return gap(record, place=place, beside="coast")

    found = told(itself, holds(place="hill", beside="vale"))
    assert found == ["c1 (hill_vale): reads no beside 'vale'"]


def test_what_is_no_label_of_the_record_is_left_alone():
    @quantity(low=-1, high=1)
    def scaled(record, *, place, unit):
        return record.height.sel(place=place, year=1900) / {"m": 1, "km": 1000}[unit]

    assert told(scaled, holds(place="hill", unit=("m", "km"))) == []


def test_a_coordinate_is_of_its_own_dimension_or_of_the_only_one_with_such_a_label():
    assert dimension(RECORD, "place", "hill") == "place"
    assert dimension(RECORD, "beside", "hill") == "place"
    assert dimension(RECORD, "unit", "km") is None
    both = RECORD.assign_coords(other=["hill"])
    assert dimension(both, "beside", "hill") is None
