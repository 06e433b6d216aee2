"""The cheat sheet: of every question its answer, what belongs on the whiteboard, and the pitfalls."""

import re
from collections.abc import Callable, Sequence

from dlqa.publishing.fragments import fragment
from dlqa.publishing.sources.source import Source

FORMULA = re.compile(r"^<span data-place='display [^>]+></span>$", re.MULTILINE)  # as marked
TABLE = re.compile(r"(?:^\|.*\n?)+", re.MULTILINE)
Resolve = Callable[[str, int], str]  # a part of a page and where in its body it starts


def cheat_sheet(questions: Sequence[tuple[Source, Resolve]], language: str) -> str:
    """All questions in their order, as Markdown."""
    parts = [
        {
            "heading": source.heading,
            "slug": source.slug,
            "page": source.path.name,
            "answer": _section("answer", source, resolve),
            "key": _key(source, resolve),
            "pitfalls": _section("pitfalls", source, resolve),
        }
        for source, resolve in questions
    ]
    return fragment("cheat_sheet.md", language, questions=parts)


def _section(identity: str, source: Source, resolve: Resolve) -> str:
    text = source.section(identity)
    return resolve(text, source.body.index(text))


def _key(source: Source, resolve: Resolve) -> str:
    """The formulas of the whiteboard; where it has none, its first table."""
    text = source.section("key")
    start = source.body.index(text)
    found = [*FORMULA.finditer(text)] or [*TABLE.finditer(text)][:1]
    return "\n\n".join(resolve(each[0].strip(), start + each.start()) for each in found)
