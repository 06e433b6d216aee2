"""Environments that hold what a person gets who installs `dlqa`, and nothing else.

Packages are linked from the environment that runs the tests, each with all that it declares to
need: that takes a second and no network, where an installation takes minutes. Only our own wheel is
installed as a person installs it.
"""

import importlib.metadata
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

from tests.publishing.project import COIN, HOME, MODULES, Done


@dataclass(frozen=True)
class Environment:
    """A virtual environment, and an empty folder to run commands in."""

    root: Path

    @property
    def packages(self) -> Path:
        (found,) = self.root.glob("lib/python*/site-packages")
        return found

    def run(self, *command: str, folder: Path | None = None, **more: str) -> Done:
        """A command of the environment's, nothing of ours in its way."""
        ours = {"PYTHONPATH", "DLQA_STORE", "VIRTUAL_ENV"}
        environment = {k: v for k, v in os.environ.items() if k not in ours} | more
        home = self.root / "home"
        home.mkdir(exist_ok=True)
        environment |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
        done = subprocess.run(
            [self.root / "bin" / command[0], *command[1:]],
            cwd=folder or home,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return Done(done.returncode, done.stdout)


def make_environment(root: Path, wheel: Path, extra: str = "") -> Environment:
    """One with the wheel and what it declares to need, with or without an extra."""
    venv.create(root, with_pip=False, symlinks=True)
    environment = Environment(root)
    link_needed(environment, wheel, extra)
    pip = [sys.executable, "-m", "pip", "--python", str(root / "bin/python"), "install"]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index"]
    subprocess.run([*pip, *quiet, str(wheel)], check=True)
    return environment


def link_needed(environment: Environment, wheel: Path, extra: str = "") -> None:
    """Links what a wheel declares to need, with or without an extra."""
    for name in sorted(_needed(_requires(wheel), extra)):
        _link(importlib.metadata.distribution(name), environment)


def make_wheel(folder: Path) -> Path:
    """A wheel of this checkout with the tests' cheap question among the others.

    Its version is the installed package's, as that of the site's wheel is: the copy has no git.
    """
    source = folder / "source"
    shutil.copytree(HOME / "dlqa", source / "dlqa", ignore=shutil.ignore_patterns("__pycache__"))
    question = source / "dlqa/questions/coin"
    question.mkdir()
    (question / "__init__.py").touch()
    for path in [*(COIN / f"{name}.py" for name in MODULES), *COIN.glob("words.*.toml")]:
        shutil.copy(path, question)
    shutil.copy(COIN / "tossing.py", source / "dlqa/lab")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(HOME / name, source)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source)]
    told = {"SETUPTOOLS_SCM_PRETEND_VERSION_FOR_DLQA": importlib.metadata.version("dlqa")}
    subprocess.run([*pip, *options], check=True, env=os.environ | told)
    (wheel,) = folder.glob("*.whl")
    return wheel


def _requires(wheel: Path) -> list[str]:
    (found,) = importlib.metadata.distributions(path=[str(wheel)])
    return found.requires or []


def _needed(requires: list[str], extra: str) -> set[str]:
    """The names of all that is needed, however indirectly."""
    found: set[str] = set()
    waiting = [*_wanted(requires, {extra})]
    while waiting:
        requirement = waiting.pop()
        name = requirement.name.lower().replace("_", "-")
        if name in found:
            continue
        found.add(name)
        further = importlib.metadata.requires(name) or []
        waiting += _wanted(further, {"", *requirement.extras})
    return found


def _wanted(requires: list[str], extras: set[str]) -> Iterator[Requirement]:
    for text in requires:
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras):
            yield requirement


def _link(distribution: importlib.metadata.Distribution, environment: Environment) -> None:
    """Links a distribution's packages and its data (`share`); commands it has stay away."""
    for parts in {Path(file).parts for file in distribution.files or []}:
        if parts[0] != "..":
            origin, place = distribution.locate_file(parts[0]), environment.packages / parts[0]
        elif "share" in parts:
            up = parts[: parts.index("share") + 1]
            origin, place = distribution.locate_file("/".join(up)), environment.root / "share"
        else:
            continue
        if parts[0] != "__pycache__" and not os.path.lexists(place):
            place.symlink_to(Path(str(origin)).resolve())
