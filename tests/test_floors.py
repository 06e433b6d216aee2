"""Imports go down only, as pyproject.toml's contracts say, and each room loads what it may."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
SETTINGS = ROOT / "pyproject.toml"

# What a room's modules may import from outside, the standard library apart.
PACKAGES = {
    "dlqa.drawing": "matplotlib numpy xarray",
    "dlqa.evidence": "numpy scipy xarray",
    "dlqa.lab.images": "skimage sklearn torch",
    "dlqa.lab": "numpy torch xarray",
    "dlqa.questions.more_data.learners": "numpy sklearn",
    "dlqa.questions": "matplotlib numpy torch xarray",
    "dlqa.publishing.exhibits": "matplotlib msgspec numpy xarray",
    "dlqa.publishing.fragments": "jinja2 markupsafe",
    "dlqa.publishing.formulas": "bs4 fontTools math_core",
    "dlqa.publishing.exercises": "bs4 jupyter_client jupytext markdown mkdocs_jupyter nbclient nbformat",
    "dlqa.publishing.mkdocs": "jinja2 mkdocs msgspec",
    "dlqa.publishing.outside": "matplotlib msgspec opencc pyproject_metadata",
    "dlqa.publishing.pages": "pygments",
    "dlqa.publishing.selftest": "bs4 genanki",
    "dlqa.publishing.remote": "distributed",
    "dlqa.publishing.sources": "markdown mkdocs yaml",
    "dlqa.publishing.store": "filelock msgspec numpy platformdirs xarray",
    "dlqa.publishing.worker": "xarray",
}
# A line that breaks a contract and no other: the module that it is added to, and the line.
BREACHES = {
    "rooms of dlqa": ("evidence/ranks.py", "import dlqa.drawing.palette"),
    "rooms of publishing": (
        "publishing/store/catalog.py",
        "import dlqa.publishing.sources.snippets",
    ),
    "questions know nothing of each other": (
        "questions/iou/claims.py",
        "from dlqa.questions import convergence",
    ),
    "publishing computes nothing that a study computes": (
        "publishing/worker.py",
        "def late():\n    import dlqa.lab.tasks",
    ),
    "the command line asks publishing": ("cli.py", "from dlqa.drawing import canvas"),
    "the clock is read in the store and by studies": ("publishing/verdicts.py", "import time"),
    "records and pages do without torch": ("drawing/palette.py", "import torch"),
    "records and studies do without matplotlib": (
        "questions/iou/study.py",
        "from dlqa.drawing import canvas",
    ),
}


def lint(root: Path) -> str:
    """What import-linter says of the `dlqa` in the folder."""
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config", SETTINGS]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return done.stdout


def strangers(graph: grimp.ImportGraph) -> list[str]:
    """Every import of a package that is not in the table of the module's room."""
    found = []
    for module in sorted(graph.modules):
        room = next((room for room in PACKAGES if f"{module}.".startswith(f"{room}.")), "")
        allowed = {"dlqa", *PACKAGES.get(room, "").split(), *sys.stdlib_module_names}
        packages = {name.split(".")[0] for name in graph.find_modules_directly_imported_by(module)}
        found += [f"{module} imports {name}" for name in sorted(packages - allowed)]
    return found


def test_imports_lead_where_the_contracts_allow() -> None:
    said = lint(ROOT)
    assert " 0 broken." in said, said


def test_modules_load_only_their_rooms_packages() -> None:
    graph = grimp.build_graph("dlqa", include_external_packages=True, cache_dir=None)
    assert strangers(graph) == []


@pytest.mark.parametrize("contract", BREACHES)
def test_each_contract_notices_a_breach(tmp_path: Path, contract: str) -> None:
    module, line = BREACHES[contract]
    shutil.copytree(ROOT / "dlqa", tmp_path / "dlqa")
    with (tmp_path / "dlqa" / module).open("a") as file:
        file.write(f"\n{line}\n")
    said = lint(tmp_path)
    assert f"{contract} BROKEN" in said, said
    assert " 1 broken." in said, said


def test_every_contract_has_its_breach() -> None:
    settings = tomllib.loads(SETTINGS.read_text("utf-8"))["tool"]["importlinter"]
    assert [contract["name"] for contract in settings["contracts"]] == [*BREACHES]


@pytest.mark.parametrize("room", ["dlqa.cli", "dlqa.evidence.ranks", "dlqa.publishing.new"])
def test_the_table_of_packages_notices_a_stranger(room: str) -> None:
    graph = grimp.ImportGraph()
    for name in (room, "json", "torch"):
        graph.add_module(name)
        if name != room:
            graph.add_import(importer=room, imported=name)
    assert strangers(graph) == [f"{room} imports torch"]
