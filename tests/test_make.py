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


def test_a_python_that_is_too_old_is_told_at_once(folder: Path) -> None:
    command(folder, "python3", "echo needs Python 3.11 or newer >&2; exit 1")
    done = make(folder, "site")
    assert done.code != 0
    assert "needs Python 3.11 or newer" in done.output
    assert not (folder / ".venv").exists()
