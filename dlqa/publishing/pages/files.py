"""What is published beside the pages: data, figures, snippets and notebooks."""

import json
from collections.abc import Mapping
from pathlib import Path

from dlqa.publishing.exhibits.colours import standalone, style_sheet
from dlqa.publishing.languages import LANGUAGES
from dlqa.publishing.pages.benchmarks import Benchmarks
from dlqa.publishing.sources.snippets import snippets_of, without_marks
from dlqa.publishing.store.results import Published


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
        if results.exercise:
            for language in LANGUAGES:
                name = results.exercise.download(language).name
                found[f"notebooks/{name}"] = results.exercise.text(language)
    return found


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
