"""Sentences may differ between the languages; the claims that they lead to may not."""

from collections import Counter
from collections.abc import Iterator

from dlqa.publishing.sources.sections import sections
from dlqa.publishing.sources.source import PageErrors, Source
from dlqa.publishing.sources.ways import LEDGER, lost, ways


def check_parity(first: Source, other: Source) -> None:
    """Raises PageErrors for sections of two languages' page that lead to other claims.

    The ledger may lead within itself as its language needs. Ways to claims that do not stand on
    their page are told later, by `check_ways`.
    """
    if not lost(first) and not lost(other):
        PageErrors.stop([*_faults(first, other)])


def _faults(first: Source, other: Source) -> Iterator[PageErrors]:
    expected, found = _claims(first), _claims(other)
    for section in sections(other):
        here, there = found[section.id], expected[section.id]
        if here != there:
            problem = f"section {{#{section.id}}} leads to {_told(here)}, in {first.path} to "
            yield other.error(section.start, problem + _told(there))


def _claims(source: Source) -> dict[str, Counter[str]]:
    found = {section.id: Counter[str]() for section in sections(source)}
    for way in ways(source):
        if way.claim and way.section != LEDGER:
            found.setdefault(way.section, Counter())[way.claim] += 1
    return found


def _told(claims: Counter[str]) -> str:
    named = [name if times == 1 else f"{name} ({times}×)" for name, times in claims.items()]
    return ", ".join(sorted(named)) or "no claim"
