"""What is published beside the pages: data, figures and snippets, and the HTML that leads there."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from dlqa.publishing.benchmarks import Benchmarks
from dlqa.publishing.deciding import code_html
from dlqa.publishing.figures import figure_html
from dlqa.publishing.languages import LANGUAGES
from dlqa.publishing.results import Published
from dlqa.publishing.snippets import snippets_of, without_marks
from dlqa.publishing.theme import standalone, style_sheet
from dlqa.publishing.words import word

PLACEHOLDER = re.compile(
    r'<div data-(figure|downloads|benchmark|code)="([a-z0-9_-]+)(?:\.([a-z0-9_-]+))?"></div>'
)


def theme_files() -> dict[str, str]:
    """What each language's pages load beside their theme."""
    return {"assets/figures.css": style_sheet()}


def shared_files(
    published: Mapping[str, Published], snippets: Path, benchmarks: Benchmarks
) -> dict[str, str]:
    """What both languages lead to, by its path from the site's root."""
    found = {f"data/benchmarks/{name}.json": benchmarks.text(name) for name in benchmarks.names()}
    for slug, results in published.items():
        found |= _data(slug, results)
        for name in results.drawings:
            for language in LANGUAGES:
                svg = standalone(results.figure(name, language))
                found[f"figures/{slug}/{name}.{language}.svg"] = svg
        for path in snippets_of(slug, snippets):
            found[f"snippets/{slug}/{path.name}"] = without_marks(path.read_text("utf-8"))
        if results.lab:
            for language in LANGUAGES:
                name = results.lab.download(language).name
                found[f"notebooks/{name}"] = results.lab.text(language)
    return found


def place(
    html: str,
    published: Mapping[str, Published],
    snippets: Path,
    benchmarks: Benchmarks,
    language: str,
    root: str,
) -> str:
    """A page's HTML with figures, downloads and benchmarks in place; `root` leads to the site's."""

    def fill(found: re.Match[str]) -> str:
        kind, slug, name = found.groups()
        if kind == "figure":
            return figure_html(published[slug], name, language, root)
        if kind == "code":
            return code_html(slug, name)
        if kind == "benchmark":
            return benchmarks.html(slug, language, root)
        names = [path.name for path in snippets_of(slug, snippets)]
        return _downloads(published[slug], names, language, root)

    return PLACEHOLDER.sub(fill, html)


def _data(slug: str, results: Published) -> dict[str, str]:
    def written(content: object) -> str:
        return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"

    values = {name: vars(value) for name, value in results.values.items()}
    found = {
        f"data/{slug}/claims.json": written(results.claims),
        f"data/{slug}/receipt.json": written(results.receipt),
        f"data/{slug}/values.json": written(values),
    }
    for name in results.drawings:
        found[f"data/{slug}/{name}.csv"] = results.columns(name)
        found[f"data/{slug}/{name}.json"] = results.numbers(name)
    return found


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
    notebooks = [results.lab.download(language).name] if results.lab else []
    lab = [(f"notebooks/{name}", name) for name in notebooks]
    groups = {"snippets": code, "lab": lab, "figures": drawn, "numbers": numbers}
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
