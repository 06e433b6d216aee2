"""The sections of an answer's page: which there are, in which order, and where each stands."""

import re
from dataclasses import dataclass

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
    """A section of the second level: its id, "" where it has none, and where it stands."""

    id: str
    start: int  # of its heading in the page's body
    end: int


def sections(source: Source) -> list[Section]:
    """A page's sections in its order."""
    found = [*HEADING.finditer(source.body)]
    ends = [each.start() for each in found[1:]] + [len(source.body)]
    return [
        Section(each["id"] or "", each.start(), end) for each, end in zip(found, ends, strict=True)
    ]
