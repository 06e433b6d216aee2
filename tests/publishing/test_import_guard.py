"""What costs seconds to load stays away until it is needed; and what would notice otherwise."""

import os
import time
from pathlib import Path

import pytest

from tests.publishing.project import URL, Project

# Python runs it at every start, so processes that a command starts are watched too.
WATCH = """
import os, sys

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name in {"torch", "matplotlib"}:
            with open(os.environ["LOADED"], "a") as file:
                print(name, file=file)

sys.meta_path.insert(0, Watch())
"""


@pytest.fixture
def loaded(tmp_path: Path) -> "Loaded":
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch/sitecustomize.py").write_text(WATCH)
    return Loaded(tmp_path)


class Loaded:
    """Runs a command and says which of the two heavy packages it loaded anywhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def by(self, project: Project, *command: str, code: int = 0, **more: str) -> set[str]:
        log = self.folder / "loaded"
        log.write_text("")
        path = os.pathsep.join([str(self.folder / "watch"), str(project.root)])
        done = project.run(*command, PYTHONPATH=path, LOADED=str(log), **more)
        assert done.code == code, done.output
        return set(log.read_text().split())


@pytest.mark.parametrize(
    "command",
    [
        ("python", "-c", "import dlqa"),
        ("python", "-m", "dlqa.cli", "--help"),
        ("python", "-m", "dlqa.cli", "list"),
        ("python", "-m", "dlqa.cli", "claims", "coin"),
        ("mkdocs", "build"),
    ],
    ids=" ".join,
)
def test_neither_torch_nor_matplotlib_is_loaded(
    made: Project, loaded: Loaded, command: tuple[str, ...]
) -> None:
    assert loaded.by(made, *command) == set()


def test_previews_are_drawn_once(made: Project, addressed: Path, loaded: Loaded) -> None:
    assert (addressed / "previews/coin.png").is_file()
    assert loaded.by(made, "mkdocs", "build", "--site-dir", str(addressed), SITE_URL=URL) == set()


def test_the_guard_notices_a_drawing(project: Project, loaded: Loaded) -> None:
    project.edit("dlqa/questions/coin/figures.py", "SERIES[0]", "SERIES[2]")
    assert loaded.by(project, "mkdocs", "build") == {"matplotlib"}


def test_the_guard_notices_a_study(project: Project, loaded: Loaded) -> None:
    study = "dlqa/questions/coin/study.py"
    project.edit(study, "import xarray as xr\n", "import torch as _\nimport xarray as xr\n")
    assert loaded.by(project, "python", "-m", "dlqa.cli", "run", "coin") == {"torch"}


def test_the_guard_notices_an_import_of_the_machinery(project: Project, loaded: Loaded) -> None:
    project.edit("dlqa/publishing/words.py", "FOLDER =", "import matplotlib\n\nFOLDER =")
    assert loaded.by(project, "python", "-m", "dlqa.cli", "list") == {"matplotlib"}


def test_the_cost_of_an_unchanged_build_is_told(
    made: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before, started = os.times(), time.perf_counter()
    assert made.run("mkdocs", "build").code == 0
    after, seconds = os.times(), time.perf_counter() - started
    computing = sum(after[2:4]) - sum(before[2:4])  # of child processes
    with capsys.disabled():
        print(f"\nan unchanged build: {computing:.2f} s of CPU, {seconds:.2f} s", end=" ")
    assert computing > 0
