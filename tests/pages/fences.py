"""Every fenced block of a page as written, those included that a reader of the source overlooks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPENING = re.compile(
    r"^(?P<indent>[ \t]*)(?P<before>(?:(?:>|[-*+]|\d+[.)]|:)[ \t]+)*)"
    r"(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*)$"
)
KIND = re.compile(r"\{[^}]*?\.(?P<braced>[\w+-]+)|(?P<plain>[\w+-]+)")


@dataclass(frozen=True)
class Fence:
    """A fenced block: where it stands in its page's text, its kind and its lines."""

    start: int
    end: int
    kind: str  # python, text, console, whatever is written; "" where nothing is
    lines: tuple[str, ...]
    problem: str = ""


def fences(text: str) -> Iterator[Fence]:
    """The fenced blocks of a page, in order, however they are marked or indented."""
    opening, start, lines, offset = None, 0, [], 0
    for line in text.splitlines(keepends=True):
        if opening is None:
            opening, start, lines = OPENING.match(line.rstrip()), offset, []
        elif line.rstrip() == opening["indent"] + opening["fence"]:
            yield _fence(opening, start, offset + len(line.rstrip()), lines)
            opening = None
        else:
            lines.append(line.rstrip("\n").removeprefix(opening["indent"]))
        offset += len(line)
    if opening is not None:
        yield Fence(start, len(text), _kind(opening), tuple(lines), "this fence is never closed")


def _fence(opening: re.Match[str], start: int, end: int, lines: list[str]) -> Fence:
    problem = ""
    if opening["before"]:
        problem = f"a fence stands on a line of its own, not after {opening['before'].strip()!r}"
    return Fence(start, end, _kind(opening), tuple(lines), problem)


def _kind(opening: re.Match[str]) -> str:
    found = KIND.match(opening["info"].strip())
    return (found["braced"] or found["plain"]).lower() if found else ""
