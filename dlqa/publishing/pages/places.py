"""The places that expansion leaves on a page, filled: figures, code, benchmarks, downloads."""

import re
from pathlib import Path

from dlqa.publishing.pages.benchmarks import Benchmarks
from dlqa.publishing.pages.claim_code import code_html
from dlqa.publishing.pages.figure import figure_html
from dlqa.publishing.sources.library import Library
from dlqa.publishing.sources.snippets import snippets_of
from dlqa.publishing.store.results import Published
from dlqa.publishing.words import word

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
    slug = results.slug
    numbers = [
        (f"data/{slug}/{name}.json", f"{word(name, language)} (JSON)")
        for name in ("claims", "values", "receipt")
    ]
    drawn = [
        (path, path.rsplit("/", 1)[1])
        for name in results.figures
        for path in (
            f"figures/{slug}/{name}.{language}.svg",
            f"data/{slug}/{name}.json",
            f"data/{slug}/{name}.csv",
        )
    ]
    code = [(f"snippets/{slug}/{name}", name) for name in snippets]
    notebooks = [results.exercise.download(language).name] if results.exercise else []
    exercise = [(f"notebooks/{name}", name) for name in notebooks]
    groups = {"snippets": code, "lab": exercise, "figures": drawn, "numbers": numbers}
    items = "".join(
        f"<li>{word(group, language)}{word('colon', language)}"
        + " · ".join(f'<a href="{root}{path}" download>{label}</a>' for path, label in links)
        + "</li>"
        for group, links in groups.items()
        if links
    )
    command = f"dlqa figures {slug} --language {language}"
    return (
        f'<div class="downloads" data-search-exclude><ul>{items}</ul><p>{word("reproduce", language)}</p>'
        f"<pre><code>{command}</code></pre></div>"
    )
