"""From an exercise's script to its result's files: what a page shows, what a reader downloads."""

import json
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from dlqa.publishing.exercises.running import run
from dlqa.publishing.exercises.script import Cell, Script, Shown, notebook, words_of
from dlqa.publishing.exhibits.svg import render_shown
from dlqa.publishing.store.results import OUTLINE, Exercise
from dlqa.publishing.store.shelves import made_from

SVG = "image/svg+xml"


def write_exercise(path: Path, exercise: Exercise) -> None:
    """Runs an exercise; writes its notebooks with outputs to show, without them to download.

    Languages whose code has the same words share a run.

    Raises PageErrors, with the script's lines, for what is wrong with it and for a cell that fails.
    """
    script = Script.read(path)
    ingredients = made_from(exercise.folder).ingredients
    identities = script.identities()
    outline, runs = {}, dict[str, Shown]()
    for language in script.languages:
        words = repr(script.words(language))
        shown = runs[words] = runs.get(words) or run(script, language, ingredients)
        dressed = [
            [_dressed(output, script, cell, language, f"lab-{place}") for output in outputs]
            for place, (cell, outputs) in enumerate(zip(script.code, shown, strict=True), 1)
        ]
        _write(exercise.shown(language), script, language, dressed)
        _write(exercise.download(language), script, language, None)
        outline[language] = [
            {"level": level, "id": identity, "words": words}
            for identity, (level, words) in zip(identities, script.headings(language), strict=True)
        ]
    text = json.dumps(outline, indent=1, ensure_ascii=False)
    (exercise.folder / OUTLINE).write_text(text + "\n", "utf-8")


def _dressed(
    output: NotebookNode, script: Script, cell: Cell, language: str, name: str
) -> NotebookNode:
    """An output whose figure follows the page's colours and says what is to be seen."""
    data: Mapping[str, str] = output.get("data", {"text/plain": ""})  # or a stream's text
    if SVG not in data:
        if strange := sorted(data.keys() - {"text/plain"}):
            raise script.error(
                cell, f"shows {', '.join(strange)}; expected text, or a figure as SVG"
            )
        return output
    described = cell.metadata.get(f"alt_{language}")
    if not described:
        raise script.error(cell, f'a cell that draws says what is to be seen: alt_{language}="…"')
    try:
        svg = render_shown(data[SVG], name, str(described), language, words_of(cell, language))
    except ValueError as error:
        raise script.error(cell, str(error)) from error
    return NotebookNode(output, data={SVG: svg})


def _write(path: Path, script: Script, language: str, shown: Shown | None) -> None:
    made = notebook(script, language, shown)
    nbformat.validate(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(made) + "\n", "utf-8")
