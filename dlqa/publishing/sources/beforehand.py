"""What is wrong with pages that can be told before any study runs, of all of them at once."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path

from dlqa.publishing.sources.checks import check_digits, check_formulas
from dlqa.publishing.sources.parity import check_parity
from dlqa.publishing.sources.played import check_seen
from dlqa.publishing.sources.references import check_references
from dlqa.publishing.sources.sections import check_sections
from dlqa.publishing.sources.snippets import check_embeds, check_pieces
from dlqa.publishing.sources.source import PageErrors, Source
from dlqa.publishing.sources.spoken import check_spoken
from dlqa.publishing.store.catalog import questions

Check = Callable[[Source], None]


def check_pages(root: Path, languages: Iterable[str]) -> None:
    """Numbers typed by hand, formulas that are none, code and outputs that are not there; on an
    answer's page also sections out of order, what does not fit into them, and claims that another
    language's sentences do not lead to.

    Raises PageErrors with what is wrong in any language.
    """
    embeds = partial(check_embeds, snippets=root / "snippets")
    pieces = partial(check_pieces, snippets=root / "snippets")
    known = {question.slug for question in questions()}  # other answers' pages stop a build later
    errors: list[PageErrors] = []
    firsts: dict[str, Source] = {}  # of each answer, its page in the first language
    for language in languages:
        for path in sorted((root / "docs" / language).glob("*.md")):
            try:
                source = Source.read(path)
                is_answer = source.is_answer and source.slug in known
            except PageErrors as error:
                errors.append(error)
                continue
            found = [*_in_text(source), *_faults(source, (embeds,))]
            if is_answer and not found:  # each reads what the one before has checked
                found = _faults(source, (check_sections,))
            if is_answer and not found:
                first = firsts.setdefault(path.name, source)
                found = [*_in_answer(source, first), *_faults(source, (pieces,))]
            errors += found
    PageErrors.stop(errors)


@lru_cache(maxsize=1000)  # a server reads the same pages after each edit of one
def _in_text(source: Source) -> Sequence[PageErrors]:
    return _faults(source, (check_digits, check_formulas))


@lru_cache(maxsize=1000)
def _in_answer(source: Source, first: Source) -> Sequence[PageErrors]:
    parity = partial(check_parity, first)
    return _faults(source, (check_spoken, check_seen, check_references, parity))


def _faults(source: Source, checks: Sequence[Check]) -> list[PageErrors]:
    found: list[PageErrors] = []
    for check in checks:
        try:
            check(source)
        except PageErrors as error:
            found.append(error)
    return found
