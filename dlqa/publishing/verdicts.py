"""Verdicts as they look: a sign, a word and a class."""

from collections.abc import Mapping

from dlqa.evidence.verdicts import Verdict
from dlqa.publishing.words import word

SYMBOLS: Mapping[Verdict, str] = {
    Verdict.HOLDS: "✓",
    Verdict.FAILS: "✗",
    Verdict.EQUAL: "≈",
    Verdict.DEPENDS: "◐",
    Verdict.UNDECIDED: "?",
}


def badge(verdict: Verdict, language: str) -> str:
    """A verdict as a sign and a word, so that colour carries nothing alone."""
    return (
        f"<span class='verdict verdict--{verdict_class(verdict)}'>"
        f"<span aria-hidden='true'>{SYMBOLS[verdict]}</span> {word(verdict, language)}</span>"
    )


def verdict_class(verdict: Verdict) -> str:
    """The verdict as a CSS class."""
    return verdict.replace(" ", "-")
