"""Ways within an answer's page: from a sentence to the claim that carries it, from a claim to a figure.

`[a gradient of exactly 0](#m2)` leads to claim m2, `[curves](#figure-curves)` to the figure of that
name. Elsewhere than on its page a quoted sentence keeps its words alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dlqa.publishing.sources.checks import CLAIM, CLAIM_PARTS, unknown
from dlqa.publishing.sources.sections import section_at
from dlqa.publishing.sources.source import PageErrors, Source
from dlqa.publishing.store.results import Published

WAY = re.compile(  # its words may hold an interval in brackets
    r"\[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]*\])+)\]\(#(?P<target>[^()\s]+)\)"
)
TO_CLAIM = re.compile(r"[a-z]\d+")
TO_FIGURE = "figure-"
LEDGER = "claims"  # the section of the claims themselves


@dataclass(frozen=True)
class Way:
    """A link to a place on its own page: where it stands in the body, its words, and where to."""

    offset: int
    words: str
    target: str
    section: str

    @property
    def claim(self) -> str:
        """The claim that it leads to, "" where to none."""
        return self.target if TO_CLAIM.fullmatch(self.target) else ""

    @property
    def figure(self) -> str:
        """The figure that it leads to, "" where to none."""
        return self.target.removeprefix(TO_FIGURE) if self.target.startswith(TO_FIGURE) else ""


def ways(source: Source) -> Iterator[Way]:
    """Every link of a page to a place on itself, in order."""
    for found in WAY.finditer(source.body):
        section = section_at(found.start(), source)
        yield Way(found.start(), found["words"], found["target"], section)


@lru_cache(maxsize=32)  # asked for by every way and every claim
def first_ways(source: Source) -> Mapping[str, int]:
    """Where the first sentence stands that leads to each claim, the ledger's own apart."""
    found: dict[str, int] = {}
    for way in ways(source):
        if way.claim and way.section != LEDGER:
            found.setdefault(way.claim, way.offset)
    return found


def lost(source: Source) -> bool:
    """Whether a sentence leads to a claim that does not stand on its page."""
    claims = {_identity(found[0]) for found in CLAIM.finditer(source.body)}
    return any(way.claim and way.claim not in claims for way in ways(source))


def citing(source: Source) -> dict[str, list[str]]:
    """The claims whose words lead to each figure."""
    claims = [(found.start(), _identity(found[0])) for found in CLAIM.finditer(source.body)]
    found: dict[str, list[str]] = {}
    for way in ways(source):
        if way.figure and way.section == LEDGER:
            above = [identity for offset, identity in claims if offset < way.offset][-1:]
            cited = found.setdefault(way.figure, [])
            cited += [identity for identity in above if identity not in cited]
    return found


def check_ways(source: Source, published: Published) -> None:
    """Every claim and figure that a sentence leads to is there. Raises PageErrors."""
    claims = [claim.id for claim in published.claims]
    errors: list[PageErrors] = []
    for way in ways(source):
        if way.claim and way.claim not in claims:
            errors.append(source.error(way.offset, unknown("claim", way.claim, claims)))
        if way.figure and way.figure not in published.figures:
            problem = unknown("figure", way.figure, published.figures)
            errors.append(source.error(way.offset, problem))
    PageErrors.stop(errors)


def _identity(line: str) -> str:
    parts = CLAIM_PARTS.fullmatch(line)
    return parts[2] if parts else ""
