"""Verdicts as they look: a sign, a class, and how many there are of each."""

from collections import Counter
from collections.abc import Iterable, Mapping

from dlqa.evidence.verdicts import Verdict

SYMBOLS: Mapping[Verdict, str] = {
    Verdict.HOLDS: "✓",
    Verdict.FAILS: "✗",
    Verdict.EQUAL: "≈",
    Verdict.DEPENDS: "◐",
    Verdict.UNDECIDED: "?",
}


def verdict_class(verdict: Verdict) -> str:
    """The verdict as a CSS class."""
    return verdict.replace(" ", "-")


def counted(verdicts: Iterable[Verdict]) -> list[tuple[Verdict, int]]:
    """Each verdict that there is and how often, in the order of the signs."""
    counts = Counter(verdicts)
    return [(verdict, counts[verdict]) for verdict in SYMBOLS if counts[verdict]]
