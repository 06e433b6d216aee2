"""A reader's guesses beside what was measured, for the labs."""

from collections.abc import Mapping
from math import isnan
from unicodedata import east_asian_width

from dlqa.lab.arguments import check_kind, check_number


def compare(guess: Mapping[str, float | None], measured: Mapping[str, float]) -> str:
    """A line a measured value: its name, the guess (None: there is none) and by how much it is off.

    Without any guess the measured values stand alone, without a heading.

    Raises TypeError or ValueError for a guess that is no number, or of what was not measured.

    >>> from dlqa.lab.guesses import compare
    >>> print(compare({"heads": 0.4, "tails": None}, {"heads": 0.5, "tails": 0.5}))
             guess  measured   off
    heads     0.40      0.50  0.10
    tails        -      0.50     -
    """
    check_kind("guess", guess, Mapping, "numbers by name")
    check_kind("measured", measured, Mapping, "numbers by name")
    if strange := sorted(guess.keys() - measured.keys()):
        expected = ", ".join(measured)
        raise ValueError(f"guesses of {', '.join(strange)}; measured were {expected}")
    for name, mine in guess.items():
        if mine is not None:
            check_number(f"guess of {name}", mine, lambda number: not isnan(number), "or None")
    width = max(map(_columns, measured), default=0) + 2
    names = {name: name + " " * (width - _columns(name)) for name in measured}
    if all(mine is None for mine in guess.values()):
        return "\n".join(f"{names[name]}{value:>z10.2f}" for name, value in measured.items())
    lines = [f"{'':{width}}{'guess':>7}{'measured':>10}{'off':>6}"]
    for name, value in measured.items():
        mine = guess.get(name)
        shown, off = ("-", "-") if mine is None else (f"{mine:z.2f}", f"{abs(mine - value):.2f}")
        lines.append(f"{names[name]}{shown:>7}{value:>z10.2f}{off:>6}")
    return "\n".join(lines)


def _columns(text: str) -> int:
    """How wide it is among letters of one width, where Chinese ones take two."""
    return sum(1 + (east_asian_width(each) in {"W", "F"}) for each in text)
