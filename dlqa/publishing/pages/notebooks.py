"""A notebook as it is downloaded: its first code looks for what the rest needs, and says how to get it."""

import json
from pathlib import Path

from dlqa.publishing.fragments import fragment
from dlqa.publishing.outside.package import Package
from dlqa.publishing.store.closure import closure_of_script
from dlqa.publishing.store.results import Exercise


def downloaded(exercise: Exercise, script: Path, language: str, package: Package | None) -> str:
    """The notebook's text, the check below its title; as it is where the site has no package."""
    text = exercise.text(language)
    if package is None:
        return text
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
    notebook = json.loads(text)
    notebook["cells"].insert(1, cell)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
