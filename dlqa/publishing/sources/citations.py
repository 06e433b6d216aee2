"""Values that a text cites, `{{ slug.name }}`, and everything else in double braces."""

import re

from dlqa.publishing.sources.checks import unknown
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.results import Published

BRACES = re.compile(r"\{\{.*?\}\}|[{｛]{2}|[}｝]{2}")
VALUE = re.compile(r"\{\{ ([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*) \}\}")


def cited(name: str, offset: int, source: Source, published: Published) -> str:
    """A value of a question as printed; raises PageError where there is none of that name."""
    if name not in published.values:
        raise source.error(offset, unknown(f"value of {published.slug}", name, published.values))
    return published.values[name].text
