"""Question 44: the quantities that its claims and figures are about, one number a seed.

Errors differ by orders of magnitude, so most are decimal logarithms of ratios of errors.
"""

import numpy as np
import xarray as xr

from dlqa.evidence.quantities import quantity

END, LAST = 10_000, 40_000  # steps
FEWER = {4: 2, 16: 4, 64: 16}
FOUND = 1e-4  # an error below it is a hundredth of the functions' size, squared
LEAST = (
    1e-14  # about the square of what single precision tells apart: an error below it is rounding
)


def error(
    record: xr.Dataset, *, target: str, width: int, step: int = END, activation: str = "sigmoid",
    place: str = "points",
) -> xr.DataArray:  # fmt: skip
    """The decimal logarithm of the mean square error."""
    at = record["error"].sel(activation=activation, target=target, width=width, place=place)
    return order(at.sel(step=step))


@quantity(resolution=0.02, form=".2f")
def fall(record: xr.Dataset, *, target: str, width: int, step: int = END) -> xr.DataArray:
    """By how many orders of magnitude a wider sigmoid layer's error lies below the next narrower's."""
    narrower = error(record, target=target, width=FEWER[width], step=step)
    return narrower - error(record, target=target, width=width, step=step)


@quantity(resolution=0.02, form=".2f")
def later(record: xr.Dataset, *, activation: str, width: int) -> xr.DataArray:
    """By how many orders of magnitude the sine's error falls in four times as many steps."""
    ends = [
        error(record, target="sin", width=width, step=step, activation=activation)
        for step in (END, LAST)
    ]
    return ends[0] - ends[1]


@quantity(resolution=0.02, form=".2f")
def missed(record: xr.Dataset, *, width: int, step: int) -> xr.DataArray:
    """By how many orders a trained ReLU layer's error on the sine exceeds that of one set by hand."""
    trained = error(record, target="sin", width=width, step=step, activation="relu")
    return trained - order(record["hand"].sel(target="sin", width=width))


@quantity(resolution=0.02, form=".2f")
def solved(record: xr.Dataset, *, activation: str, precision: str, width: int = 64) -> xr.DataArray:
    """By how many orders least squares on the untrained hidden layer is below training, on the sine."""
    found = record["closed"].sel(
        activation=activation, target="sin", width=width, precision=precision
    )
    return error(record, target="sin", width=width, activation=activation) - order(found)


@quantity(resolution=0.02, form=".2f")
def opened(record: xr.Dataset, *, activation: str) -> xr.DataArray:
    """By how many orders the sine's error between 100 points exceeds that at them, of 64 units."""
    between, at = (
        error(record, target="sin", width=64, activation=activation, place=place)
        for place in ("between", "points")
    )
    return between - at


@quantity(resolution=0.02, form=".2f")
def sparser(record: xr.Dataset, *, activation: str) -> xr.DataArray:
    """By how many orders the sine's error between the points is larger where only 12 are learned."""
    few = record["few"].sel(activation=activation, place="between")
    return order(few) - error(
        record, target="sin", width=64, activation=activation, place="between"
    )


@quantity(resolution=0.02, form=".2f")
def beyond(record: xr.Dataset, *, activation: str, target: str) -> xr.DataArray:
    """By how many orders the error outside exceeds that at the points, of 16 units."""
    outside, inside = (
        error(record, target=target, width=16, activation=activation, place=place)
        for place in ("outside", "points")
    )
    return outside - inside


@quantity(resolution=0.02, form=".2f")
def lead(record: xr.Dataset, *, width: int, step: int) -> xr.DataArray:
    """By how many orders ReLU's error on the sine lies below sigmoid's."""
    sigmoid, relu = (
        error(record, target="sin", width=width, step=step, activation=name)
        for name in ("sigmoid", "relu")
    )
    return sigmoid - relu


@quantity(low=-1, high=1, resolution=0.02)
def recruited(record: xr.Dataset, *, width: int) -> xr.DataArray:
    """How much the share of ReLUs whose kink lies between −1 and 1 grows in training, on the sine."""
    found = record["pieces"].sel(target="sin", width=width)
    return (found.sel(moment="end") - found.sel(moment="start")) / width


@quantity(low=0, high=1, resolution=0.02)
def found(record: xr.Dataset, *, width: int, step: int = END) -> xr.DataArray:
    """Whether ReLUs have found abs x, which two of them are."""
    at = record["error"].sel(activation="relu", target="abs", width=width, place="points")
    return (at.sel(step=step) < FOUND).where(at.sel(step=step).notnull())


def order(errors: xr.DataArray) -> xr.DataArray:
    """Decimal logarithms."""
    found: xr.DataArray = xr.apply_ufunc(np.log10, errors.clip(LEAST))
    return found
