"""What is wrong with pages that can be told before any study runs, of all of them at once."""

from collections.abc import Callable, Iterable
from pathlib import Path

from dlqa.publishing.sources.checks import check_digits, check_formulas
from dlqa.publishing.sources.sections import check_sections, is_in_order
from dlqa.publishing.sources.snippets import check_embeds
from dlqa.publishing.sources.source import PageErrors, Source


def check_pages(root: Path, languages: Iterable[str]) -> None:
    """Numbers typed by hand, formulas that are none, code and outputs that are not there, sections
    out of order.

    Raises PageErrors with what is wrong in any language.
    """
    errors: list[PageErrors] = []
    checks: tuple[Callable[[Source], None], ...] = (
        check_digits,
        check_formulas,
        lambda source: check_embeds(source, root / "snippets"),
    )
    for language in languages:
        for path in sorted((root / "docs" / language).glob("*.md")):
            try:
                source = Source.read(path)
            except PageErrors as error:
                errors.append(error)
                continue
            ordered = (check_sections,) if is_in_order(source) else ()
            for check in (*checks, *ordered):
                try:
                    check(source)
                except PageErrors as error:
                    errors.append(error)
    PageErrors.stop(errors)
