"""A notebook as it is downloaded: its first code looks for what the rest needs, and says how to get it."""

import json
from pathlib import Path

from dlqa.publishing.exercises.links import run_name
from dlqa.publishing.fragments import fragment
from dlqa.publishing.outside.package import Package
from dlqa.publishing.store.closure import closure_of_script
from dlqa.publishing.store.results import Exercise


def downloads(
    exercise: Exercise, script: Path, language: str, package: Package | None
) -> dict[str, str]:
    """Its notebooks by their names: without outputs, to guess first, and with them, to look at.

    Below its title each has the check, unless the site has no package.
    """
    texts = {
        exercise.download(language).name: exercise.text(language),
        run_name(exercise.slug, language): exercise.shown(language).read_text("utf-8"),
    }
    if package is None:
        return texts
    optional = package.extras(closure_of_script(script).outside)
    modules, command = ["dlqa", *sorted(optional)], package.command(language, {*optional.values()})
    check = fragment("notebook_check.txt", language, modules=modules, command=command)
    cell: dict[str, object] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "needs",
        "metadata": {},
        "outputs": [],
        "source": check.rstrip("\n"),
    }
    return {name: _with(cell, text) for name, text in texts.items()}


def _with(cell: dict[str, object], text: str) -> str:
    """A notebook's text with a cell below its title."""
    notebook = json.loads(text)
    notebook["cells"].insert(1, cell)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
