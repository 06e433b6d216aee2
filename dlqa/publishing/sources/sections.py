"""The sections of an answer's page: which there are, in which order, and where each stands."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from dlqa.publishing.sources.source import Source

SECTIONS = (
    "answer",
    "key",
    "see",
    "follow-ups",
    "pitfalls",
    "rubric",
    "code",
    "discussion",
    "claims",
    "method",
    "references",
)  # answer first, evidence on demand, the source last
HEADING = re.compile(r"^## (?P<words>[^\n]*?)(?:[ \t]*\{#(?P<id>[\w-]+)\})?[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A section of the second level: its id, "" where it has none, and where its heading stands."""

    id: str
    start: int  # in the page's body


@lru_cache(maxsize=32)  # asked for by every way and every figure
def sections(source: Source) -> tuple[Section, ...]:
    """A page's sections in its order."""
    return tuple(Section(each["id"] or "", each.start()) for each in HEADING.finditer(source.body))


def section_at(offset: int, source: Source) -> str:
    """The id of the section that a place in the body belongs to, "" before the first."""
    before = (each.id for each in sections(source) if each.start <= offset)
    return next(reversed([*before]), "")


def check_sections(source: Source) -> None:
    """An answer's page has its sections in their order. Raises PageError at the first that is not."""
    order = f"; an answer's sections are {', '.join(SECTIONS)}"
    for found, expected in zip_longest(sections(source), SECTIONS):
        if found is None:
            end = len(source.body.rstrip())
            raise source.error(end, f"the page ends without a section {{#{expected}}}{order}")
        if found.id != expected:
            given = f"section {{#{found.id}}}" if found.id else "a section without an id"
            wanted = f"{{#{expected}}}" if expected else "the page's end"
            raise source.error(found.start, f"{given} stands where {wanted} is expected{order}")
