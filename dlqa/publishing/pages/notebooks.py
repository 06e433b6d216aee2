"""A notebook as it is downloaded: its first code looks for what the rest needs, and says how to get it."""

import json
from functools import cache
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
    optional = package.extras(_outside(script, script.read_bytes()))
    modules, command = ["dlqa", *sorted(optional)], package.command(language, {*optional.values()})
    check = fragment("notebook_check.txt", language, modules=modules, command=command)
    return {name: _with(check, text) for name, text in texts.items()}


@cache  # of a server, too: where `dlqa` changes, this module is loaded anew
def _outside(script: Path, _written: bytes) -> frozenset[str]:
    """The modules of others that a script needs, by itself or by what it imports."""
    return frozenset(closure_of_script(script).outside)


@cache  # of a server, too, whose edits are seldom one of a notebook
def _with(check: str, text: str) -> str:
    """A notebook's text with a cell of that code below its title."""
    cell: dict[str, object] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "needs",
        "metadata": {},
        "outputs": [],
        "source": check.rstrip("\n"),
    }
    notebook = json.loads(text)
    notebook["cells"].insert(1, cell)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
