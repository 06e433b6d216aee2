"""What can come out of trying a claim, and how a claim's conditions make one verdict."""

from collections.abc import Sequence
from enum import StrEnum


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "does not hold"
    DEPENDS = "depends"
    UNDECIDED = "undecided"


class Kind(StrEnum):
    MEASURED = "measured"  # decided by a study of ours, with an interval
    DERIVED = "derived"  # decided by a closed form that our code evaluates
    CITED = "cited"  # decided by a source; no small experiment can settle it


def combine(verdicts: Sequence[Verdict]) -> Verdict:
    """One verdict of a claim's conditions: it depends where one holds and another does not."""
    found = set(verdicts)
    if {Verdict.HOLDS, Verdict.FAILS} <= found:
        return Verdict.DEPENDS
    return found.pop() if len(found) == 1 else Verdict.UNDECIDED
