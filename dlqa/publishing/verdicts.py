"""Verdicts as they look: a sign, a word and a class."""

from dlqa.publishing.words import word

SYMBOLS = {"holds": "✓", "does not hold": "✗", "depends": "◐", "undecided": "?"}


def badge(verdict: str, language: str) -> str:
    """A verdict as a sign and a word, so that colour carries nothing alone."""
    return (
        f"<span class='verdict verdict--{verdict_class(verdict)}'>"
        f"<span aria-hidden='true'>{SYMBOLS[verdict]}</span> {word(verdict, language)}</span>"
    )


def verdict_class(verdict: str) -> str:
    """The verdict as a CSS class."""
    return verdict.replace(" ", "-")
