"""The places that expansion leaves on a page, filled: figures, code, benchmarks, downloads."""

import re
from pathlib import Path

from dlqa.publishing.fragments import fragment
from dlqa.publishing.pages.benchmarks import Benchmarks
from dlqa.publishing.pages.claim_code import code_html
from dlqa.publishing.pages.figure import figure_html
from dlqa.publishing.sources.library import Library
from dlqa.publishing.sources.snippets import snippets_of
from dlqa.publishing.store.results import Published

PLACEHOLDER = re.compile(
    r'<div data-(figure|downloads|benchmark|code)="([a-z0-9_-]+)(?:\.([a-z0-9_-]+))?"></div>'
)


def place(html: str, library: Library, snippets: Path, benchmarks: Benchmarks, root: str) -> str:
    """A page's HTML with figures, downloads and benchmarks in place; `root` leads to the site's."""

    language = library.language

    def fill(found: re.Match[str]) -> str:
        kind, slug, name = found.groups()
        if kind == "figure":
            return figure_html(library, slug, name, root)
        if kind == "code":
            return code_html(slug, name)
        if kind == "benchmark":
            return benchmarks.html(slug, language, root)
        names = [path.name for path in snippets_of(slug, snippets)]
        return _downloads(library.published[slug], names, language, root)

    return PLACEHOLDER.sub(fill, html)


def _downloads(results: Published, snippets: list[str], language: str, root: str) -> str:
    slug, exercise = results.slug, results.exercise
    return fragment(
        "downloads.html",
        language,
        slug=slug,
        snippets=snippets,
        notebook=exercise.download(language).name if exercise else None,
        figures=results.figures,
        root=root,
    )
