"""What the pages of one language may cite."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dlqa.publishing.formulas import mathml
from dlqa.publishing.sources.checks import check_claims, unknown
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.results import Published

FIGURE = re.compile(r"\{\{ figure ([a-z][a-z0-9_]*)\.([a-z][a-z0-9_-]*) \}\}")


@dataclass(frozen=True)
class Library:
    """What the pages of one language may cite: every question's results and page, as `marked`."""

    language: str
    published: Mapping[str, Published]
    sources: Mapping[str, Source]

    def entries(self) -> list[tuple[Source, Published]]:
        """Every question's page with its results. Raises PageErrors where claims are wrong."""
        found = [(source, self.published[slug]) for slug, source in self.sources.items()]
        for source, published in found:
            check_claims(source, published)
        return found

    def question(self, slug: str, source: Source, offset: int) -> Published:
        if slug not in self.published:
            raise source.error(offset, unknown("question", slug, self.published))
        return self.published[slug]


def marked(source: Source) -> Source:
    """The page with its formulas out of the way, for TeX has double braces too."""
    head = source.text[: len(source.text) - len(source.body)]
    return Source(source.path, head + mathml.marked(source.body))
