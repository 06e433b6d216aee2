"""What is published beside the pages: data, figures, snippets and notebooks."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from dlqa.publishing.exhibits.colours import standalone, style_sheet
from dlqa.publishing.outside.package import Package
from dlqa.publishing.pages.benchmarks import Benchmarks
from dlqa.publishing.pages.notebooks import downloads
from dlqa.publishing.sources.library import Library
from dlqa.publishing.sources.snippets import exercise_of, snippets_of, without_marks
from dlqa.publishing.sources.source import text_of
from dlqa.publishing.store.results import CLAIMS, TRAINER, Published, written
from dlqa.publishing.store.trainers import Arm
from dlqa.publishing.store.verdict_log import FILE, Log


def theme_files() -> dict[str, str]:
    """What each language's pages load beside their theme."""
    return {"assets/figures.css": style_sheet()}


def shared_files(
    libraries: Sequence[Library],
    snippets: Path,
    benchmarks: Benchmarks,
    log: Log | None,
    package: Package | None,
) -> dict[str, str]:
    """What all languages lead to, by its path from the site's root."""
    found = {f"data/benchmarks/{name}.json": benchmarks.text(name) for name in benchmarks.names()}
    if log:
        found[f"data/{FILE}"] = written(log).decode()
    for slug, results in libraries[0].published.items():
        found |= _data(slug, results)
        for path in snippets_of(slug, snippets):
            found[f"snippets/{slug}/{path.name}"] = without_marks(text_of(path))
    for library in libraries:
        found |= _in_words(library, snippets, package)
    return found


def _in_words(library: Library, snippets: Path, package: Package | None) -> dict[str, str]:
    """Figures with their captions, and notebooks, in one language."""
    found, language = {}, library.language
    for slug, results in library.published.items():
        for name in results.drawings:
            svg = standalone(library.drawing(slug, name))
            found[f"figures/{slug}/{name}.{language}.svg"] = svg
        if results.exercise:
            made = downloads(results.exercise, exercise_of(slug, snippets), language, package)
            found |= {f"notebooks/{name}": text for name, text in made.items()}
    return found


def _compact(arms: Sequence[Arm]) -> str:
    content = [asdict(arm) for arm in arms]
    return json.dumps(content, separators=(",", ":"), allow_nan=False) + "\n"


def _data(slug: str, results: Published) -> dict[str, str]:
    def dumped(content: object) -> str:
        return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"

    values = {name: vars(value) for name, value in results.values.items()}
    found = {
        f"data/{slug}/claims.json": (results.exhibits / CLAIMS).read_text("utf-8"),
        f"data/{slug}/receipt.json": dumped(results.receipt),
        f"data/{slug}/values.json": dumped(values),
    }
    if results.trainer:
        found[f"data/{slug}/{TRAINER}"] = _compact(results.trainer.arms)
    for name in results.figures:
        if settings := results.settings(name):
            printed = {
                key: {n: vars(v) for n, v in cited.items()} for key, cited in settings.items()
            }
            found[f"data/{slug}/{name}.settings.json"] = dumped(printed)
    for name in results.drawings:
        found[f"data/{slug}/{name}.csv"] = results.columns(name)
        found[f"data/{slug}/{name}.json"] = results.numbers(name)
    return found
