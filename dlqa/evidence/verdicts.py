"""What can come out of trying a claim, and how a claim's conditions make one verdict."""

from collections.abc import Sequence
from enum import StrEnum


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "does not hold"
    EQUAL = "practically equal"
    DEPENDS = "depends"
    UNDECIDED = "undecided"


class Kind(StrEnum):
    MEASURED = "measured"  # decided by a study of ours, with an interval
    DERIVED = "derived"  # decided by a closed form that our code evaluates
    CITED = "cited"  # decided by a source; no small experiment can settle it


def combine(verdicts: Sequence[Verdict]) -> Verdict:
    """One verdict of a claim's conditions: that of those which are decided, if they are most.

    It depends where decided ones differ. What half of the conditions or fewer say does not speak
    for the claim.
    """
    decided = [verdict for verdict in verdicts if verdict is not Verdict.UNDECIDED]
    if len({*decided}) > 1:
        return Verdict.DEPENDS
    return decided[0] if 2 * len(decided) > len(verdicts) else Verdict.UNDECIDED
