"""What an answer page says of itself in its front matter, and whether it can be so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

DIFFICULTIES = 3  # as many as words files have names for
THEMES = ("foundations", "training", "generalization", "data", "vision")  # words files name them


@dataclass(frozen=True)
class Heading:
    """Number and title of a question, the page in a line, how hard it is, what to know before.

    theme: one of THEMES, under which lists have it; after: slugs of the questions that it rests on.
    """

    question: int
    title: str
    description: str
    tags: Sequence[str]
    difficulty: int
    before: Sequence[str]
    theme: str
    after: Sequence[str]

    @classmethod
    def of(cls, meta: Mapping[str, object]) -> "Heading":
        """The heading that front matter gives; `wrong_entries` has found nothing in it."""
        given = {key: meta[key] for key in ENTRIES}
        return cls(**given, after=meta.get("after", ()))  # type: ignore[arg-type]  # just checked


def wrong_entries(meta: Mapping[str, object]) -> dict[str, str]:
    """The entries that lack or cannot be, each with what is wrong, in words."""
    wrong = {}
    for key, (expected, fits) in ENTRIES.items():
        if key not in meta:
            wrong[key] = f"front matter has no {key!r}; expected {expected}"
        elif not fits(meta[key]):
            wrong[key] = f"front matter's {key!r} must be {expected}, got {meta[key]!r}"
    for key, (expected, fits) in OPTIONAL.items():
        if key in meta and not fits(meta[key]):
            wrong[key] = f"front matter's {key!r} must be {expected}, got {meta[key]!r}"
    return wrong


def _is_number(value: object) -> bool:
    return type(value) is int and value >= 1


def _is_difficulty(value: object) -> bool:
    return type(value) is int and 1 <= value <= DIFFICULTIES


def _is_theme(value: object) -> bool:
    return value in THEMES


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_text(each) for each in value)


ENTRIES: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "question": ("the question's number", _is_number),
    "title": ("a line of text", _is_text),
    "description": ("a line of text", _is_text),
    "tags": ("a list of words, [one, two]", _is_list),
    "difficulty": (f"a whole number from 1 to {DIFFICULTIES}", _is_difficulty),
    "before": ("a list of what to know first, [one, two]", _is_list),
    "theme": ("one of " + ", ".join(THEMES), _is_theme),
}
OPTIONAL: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "aliases": ("a list of what else readers call it, [one, two]", _is_list),
    "after": ("a list of questions to read first, [slug, slug]", _is_list),
}
