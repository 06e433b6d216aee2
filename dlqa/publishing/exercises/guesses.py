"""What an exercise asks its reader to guess, and what was measured: for the fields on its page."""

import ast
from collections.abc import Sequence

ASKS = "guess = "  # how the code of a cell begins that asks for guesses by name, each None


def asked(code: str) -> list[str]:
    """The names of what a cell asks to be guessed; none where it asks for nothing."""
    return [*ast.literal_eval(code.removeprefix(ASKS))] if code.startswith(ASKS) else []


def measured(names: Sequence[str], shown: str) -> list[str]:
    """The number of each as `dlqa.lab.guesses.compare` prints it without guesses.

    Raises ValueError where one is not among what the next cell shows.
    """
    lines = [line.rsplit(maxsplit=1) for line in shown.splitlines()]
    found = {parts[0].strip(): parts[1] for parts in lines if len(parts) == 2}
    if absent := [name for name in names if name not in found]:
        raise ValueError(f"the cell after a guess shows no measured {', '.join(absent)}")
    return [str(float(found[name])) for name in names]
