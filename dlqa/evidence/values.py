"""A measured number and the one way in which both languages print it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import SupportsFloat


@dataclass(frozen=True)
class Value:
    """`number` as measured (None for a name or a date), `text` as printed."""

    number: float | None
    text: str


def value(number: SupportsFloat, form: str = ".3f") -> Value:
    """A value printed with a format specification; a minus is printed as one, and zero has none."""
    return Value(float(number), _printed(format(float(number), form)))


def bound(number: float | None, form: str, missing: str) -> Value:
    """An end of an interval, `missing` where there is none."""
    return Value(None, missing) if number is None else value(number, form)


def percent(fraction: SupportsFloat, digits: int = 0) -> Value:
    """A fraction printed as a percentage, a space that does not break before the sign."""
    return Value(float(fraction), _printed(f"{100 * float(fraction):.{digits}f}") + "\u00a0%")


Values = Mapping[str, Value]


def not_finite(values: Values) -> list[str]:
    """The names of those that are no finite numbers, and no names or dates either."""
    numbers = {name: each.number for name, each in values.items() if each.number is not None}
    return [name for name, number in numbers.items() if not math.isfinite(number)]


def _printed(digits: str) -> str:
    """A printed number with a real minus, none before zeros."""
    if digits[:1] == "-" and not any(digit in digits.split("e")[0] for digit in "123456789"):
        digits = digits[1:]
    return digits.replace("-", "−")
