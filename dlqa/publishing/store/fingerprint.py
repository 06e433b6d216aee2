"""What a result depends on: code without its comments, parameters, versions, nothing else."""

import hashlib
import importlib.metadata
import json
import platform
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dlqa.publishing.store.catalog import PACKAGE
from dlqa.publishing.store.closure import Closure, closure

NOT_INSTALLED = "not installed"
DIGEST = re.compile("[0-9a-f]{16}")  # tells a reader nothing but that something changed


@dataclass(frozen=True)
class Fingerprint:
    """The ingredients of a result, each by name with a hash or a value in words."""

    ingredients: Mapping[str, str]

    @property
    def key(self) -> str:
        text = json.dumps(dict(self.ingredients), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def changes_since(self, other: "Fingerprint") -> list[str]:
        """In words, what differs from an older fingerprint."""
        now, then = self.ingredients, other.ingredients
        return [
            _change(name, then.get(name), now.get(name))
            for name in sorted({*now, *then})
            if now.get(name) != then.get(name)
        ]


def ingredients(module: str, package: Path = PACKAGE) -> dict[str, str]:
    """The code that `module` reaches by imports and the versions of what it uses from outside.

    Raises UntraceableImport for an import that cannot be followed.
    """
    return of_reached(closure(module, package))


def of_reached(reached: Closure) -> dict[str, str]:
    """The same of code that was followed already."""
    code = {f"code of {name}": hashed for name, hashed in reached.code.items()}
    return code | versions(reached.outside)


def versions(names: set[str]) -> dict[str, str]:
    """Python's version and those of packages, by the name of what is imported or installed."""
    found = {"version of python": platform.python_version()}
    return found | {
        f"version of {name}": _version(name) for name in sorted(names - sys.stdlib_module_names)
    }


@cache  # a process keeps the packages that it has begun with
def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:  # installed under another name
        owners = sorted(owner for owner, modules in _modules().items() if name in modules)
        return ", ".join(f"{o} {importlib.metadata.version(o)}" for o in owners) or NOT_INSTALLED


@cache
def _modules() -> Mapping[str, set[str]]:
    """What each installed package brings, by the names that are imported.

    As `importlib.metadata.packages_distributions` tells it, in a tenth of the time.
    """
    return {each.name: brought(each) for each in importlib.metadata.distributions()}


def brought(package: importlib.metadata.Distribution) -> set[str]:
    """The modules that an installed package brings, by the names that are imported."""
    if named := package.read_text("top_level.txt"):
        return set(named.split())
    files = (package.read_text("RECORD") or "").splitlines()
    return {line.split("/", 1)[0].split(",", 1)[0].removesuffix(".py") for line in files}


def of_files(paths: Iterable[Path]) -> dict[str, str]:
    """Files by what the package calls them, each with a hash of its content."""
    return {f"file {name_of(path)}": digest(path.read_bytes()) for path in paths}


def name_of(path: Path) -> str:
    """A file's path from the package on, the same wherever that is installed."""
    inside = path.is_relative_to(PACKAGE.parent)
    return path.relative_to(PACKAGE.parent).as_posix() if inside else str(path)


def digest(content: bytes) -> str:
    """A short hash of what a result is made from."""
    return hashlib.sha256(content).hexdigest()[:16]


def _change(name: str, then: str | None, now: str | None) -> str:
    if then is None:
        return f"{name} is new"
    if now is None:
        return f"{name} is gone"
    return f"{name} changed" if DIGEST.fullmatch(now) else f"{name}: {then} → {now}"
