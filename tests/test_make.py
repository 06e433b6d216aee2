"""The Makefile where something is in its way: stand-ins for the commands that it calls."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.publishing.project import HOME, Done

WAITS_TWICE = """
echo "$@" >> {log}
if [ $(grep -c update {log}) -lt 3 ]; then
  echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1" >&2; exit 100
fi
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(HOME / name, tmp_path)
    return tmp_path


def command(folder: Path, name: str, script: str) -> None:
    path = folder / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def make(folder: Path, *arguments: str) -> Done:
    """Make with nothing but these commands, and the shell's own."""
    for name in ("grep", "touch", "make"):
        if found := shutil.which(name):
            (folder / "bin" / name).symlink_to(found)
    environment = {"PATH": str(folder / "bin")}
    done = subprocess.run(
        [folder / "bin/make", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Done(done.returncode, done.stdout + done.stderr)


def test_it_waits_for_whoever_holds_apts_lock(folder: Path) -> None:
    log = folder / "apt.log"
    command(folder, "id", "echo 0")
    command(folder, "sleep", "exit 0")
    command(folder, "apt-get", WAITS_TWICE.format(log=log))
    done = make(folder, "browser")
    assert done.code == 0, done.output
    assert done.output.count("waiting for apt's lock") == 2
    assert log.read_text().splitlines()[-1].endswith("chromium-headless-shell")


def test_it_downloads_no_browser_where_one_is_there(folder: Path) -> None:
    command(folder, "chromium-headless-shell", "exit 0")
    command(folder, "apt-get", "exit 1")
    assert make(folder, "browser").code == 0


@pytest.mark.parametrize("there", ["chromium", "google-chrome"])
def test_without_root_the_systems_browser_serves(folder: Path, there: str) -> None:
    command(folder, "id", "echo 1000")
    command(folder, "apt-get", f"touch {folder}/asked; exit 1")
    command(folder, there, "exit 0")
    assert make(folder, "browser").code == 0
    assert not (folder / "asked").exists()


def test_without_root_and_browser_playwright_brings_its_own(folder: Path) -> None:
    command(folder, "id", "echo 1000")
    (folder / ".venv/bin").mkdir(parents=True)
    command(folder, "../.venv/bin/playwright", f'echo "$@" >> {folder}/playwright.log')
    assert make(folder, "browser").code == 0
    assert (folder / "playwright.log").read_text() == "install chromium\n"


def test_other_versions_warn_of_what_is_not_ours(folder: Path) -> None:
    """What is newer or older may be deprecated; with the pinned ones a warning is an error."""
    command(folder, "chromium-headless-shell", "exit 0")
    (folder / ".venv/bin").mkdir(parents=True)
    for stamp in (".made", ".site", ".test"):
        (folder / ".venv" / stamp).touch()
    command(folder, "../.venv/bin/pytest", f'echo "$@" >> {folder}/test.log')
    assert make(folder, "tests").code == 0
    assert "--override-ini filterwarnings=default" in (folder / "test.log").read_text()


@pytest.mark.parametrize(("pip", "made"), [("exit 0", False), ("exit 1", True)])
def test_an_environment_that_was_half_made_is_made_anew(folder: Path, pip: str, made: bool) -> None:
    """As one is left by a kill between Python and pip."""
    command(folder, "python3", f'echo "$@" >> {folder}/python.log')
    (folder / ".venv/bin").mkdir(parents=True)
    command(folder, "../.venv/bin/python", pip)
    assert make(folder, ".venv/.made").code == 0
    said = (folder / "python.log").read_text()
    assert ("-m venv --clear .venv" in said) == made
    assert (folder / ".venv/.made").exists()


def test_a_package_index_out_of_reach_is_told_before_anything_else_is_tried(folder: Path) -> None:
    command(folder, "python3", "exit 0")
    (folder / ".venv/bin").mkdir(parents=True)
    pip = f'echo "$@" >> {folder}/pip.log; case "$*" in *--version*) exit 0;; *) exit 1;; esac'
    command(folder, "../.venv/bin/python", pip)
    done = make(folder, "site")
    assert done.code != 0
    assert "make: the package index is out of reach" in done.output
    said = (folder / "pip.log").read_text().splitlines()
    assert len(said) == 2, "the version of pip, and one package"
    assert "--retries 0" in said[1]
    assert not (folder / ".venv/.site").exists()


@pytest.mark.parametrize("constraints", ["constraints.txt", "other.txt"])
def test_versions_are_those_that_are_asked_for(folder: Path, constraints: str) -> None:
    command(folder, "python3", "exit 0")
    (folder / "other.txt").touch()
    (folder / ".venv/bin").mkdir(parents=True)
    command(folder, "../.venv/bin/python", f'echo "$@" >> {folder}/pip.log')
    assert make(folder, ".venv/.test", f"CONSTRAINTS={constraints}").code == 0
    installed = [
        line for line in (folder / "pip.log").read_text().splitlines() if "install" in line
    ]
    assert len(installed) == 4
    assert all(f"--constraint {constraints} " in line for line in installed)


def test_make_test_checks_code_types_workflows_and_runs_the_tests(folder: Path) -> None:
    command(folder, "chromium-headless-shell", "exit 0")
    (folder / ".venv/bin").mkdir(parents=True)
    for stamp in (".made", ".site", ".test"):
        (folder / ".venv" / stamp).touch()
    for name in ("ruff", "mypy", "jactionlint", "pytest"):
        command(folder, f"../.venv/bin/{name}", f"echo {name} >> {folder}/test.log")
    assert make(folder, "test").code == 0
    assert (folder / "test.log").read_text().split() == [
        "ruff",
        "ruff",
        "mypy",
        "jactionlint",
        "pytest",
    ]


def test_a_python_that_is_too_old_is_told_at_once(folder: Path) -> None:
    command(folder, "python3", "echo needs Python 3.11 or newer >&2; exit 1")
    done = make(folder, "site")
    assert done.code != 0
    assert "needs Python 3.11 or newer" in done.output
    assert not (folder / ".venv").exists()
