"""What a result depends on: code without its comments, parameters, versions, nothing else."""

import ast
import hashlib
import importlib.metadata
import json
import platform
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from dlqa.publishing.catalog import PACKAGE, Question


class UntraceableImport(ValueError):
    """An import whose target cannot be read off the source."""


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


def of_record(question: Question) -> Fingerprint:
    """What a question's record depends on; imports its `record` module, never torch."""
    record = question.load("record")
    work = {"params": record.Params(), "source work": record.SOURCE_WORK}
    settings = {
        f"{name}.{field}": repr(value)
        for name, params in work.items()
        for field, value in asdict(params).items()
    }
    return Fingerprint(settings | ingredients(question.module_name("study")))


def of_exhibits(question: Question, record: Fingerprint) -> Fingerprint:
    """What its values, claims and figures depend on, given its record's fingerprint."""
    renderer = ingredients("dlqa.publishing.exhibits")
    page = ingredients(question.module_name("page"))
    return Fingerprint({"record": record.key} | renderer | page)


def ingredients(module: str, package: Path = PACKAGE) -> dict[str, str]:
    """The code that `module` reaches by imports and the versions of what it uses from outside.

    Raises UntraceableImport for a relative or computed import, which no reader could follow.
    """
    found: dict[str, str] = {}
    outside: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        path = _path(name, package)
        if path is None:
            raise UntraceableImport(f"no module {name!r} under {package}")
        tree = ast.parse(path.read_text("utf-8"), str(path))
        found[name] = hashlib.sha256(_without_words(tree).encode()).hexdigest()[:16]
        imported = set(_imports(tree, path, package))
        inside = {each for each in imported if each.split(".")[0] == package.name}
        waiting += [*inside, *_parents(name)]
        outside |= {each.split(".")[0] for each in imported - inside}
    code = {f"code of {name}": digest for name, digest in found.items()}
    return code | _versions(outside)


def _imports(tree: ast.Module, path: Path, package: Path) -> Iterator[str]:
    """Names of every module that a file imports, wherever in the file the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise UntraceableImport(f"{path}:{node.lineno}: relative import; write it absolute")
            assert node.module is not None
            yield node.module
            inner = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name for name in inner if _path(name, package))
        elif isinstance(node, ast.Name | ast.Attribute):
            called = node.id if isinstance(node, ast.Name) else node.attr
            if called in {"import_module", "__import__"}:
                raise UntraceableImport(f"{path}:{node.lineno}: {called} hides what is imported")


def _path(module: str, package: Path) -> Path | None:
    """The file of a module of the package, or None."""
    first, *rest = module.split(".")
    if first != package.name:
        return None
    place = package.joinpath(*rest)
    for path in (place.with_suffix(".py"), place / "__init__.py"):
        if rest and path.is_file():
            return path
    return place / "__init__.py" if not rest else None


def _parents(module: str) -> list[str]:
    """The packages that importing a module imports first, the outermost apart.

    The outermost holds the version number alone, on which no result depends.
    """
    parts = module.split(".")
    return [".".join(parts[:length]) for length in range(2, len(parts))]


def _without_words(tree: ast.Module) -> str:
    """A syntax tree as text, without docstrings (comments and layout are not in it anyway)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                if isinstance(first.value.value, str):
                    node.body = node.body[1:]
    return ast.dump(tree)


def _versions(names: set[str]) -> dict[str, str]:
    versions = {"version of python": platform.python_version()}
    for name in sorted(names - sys.stdlib_module_names):
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:  # installed under another name
            owners = importlib.metadata.packages_distributions().get(name, [])
            version = ", ".join(f"{o} {importlib.metadata.version(o)}" for o in sorted({*owners}))
        versions[f"version of {name}"] = version or "not installed"
    return versions


def _change(name: str, then: str | None, now: str | None) -> str:
    if then is None:
        return f"{name} is new"
    if now is None:
        return f"{name} is gone"
    return f"{name} changed" if name.startswith(("code", "record")) else f"{name}: {then} → {now}"
