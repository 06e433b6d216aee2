"""The code that a module reaches: every module of the package that it imports, transitively.

Imports are read off the source. Those that cannot be, a worker notices while it runs (`watch`).
"""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dlqa.publishing.store.catalog import PACKAGE
from dlqa.publishing.store.parsing import UntraceableImport, parsed


@dataclass(frozen=True)
class Closure:
    """Modules of the package by name, each with a hash of its code, and packages from outside."""

    code: dict[str, str]
    outside: set[str]


def closure(module: str, package: Path = PACKAGE) -> Closure:
    """What `module` reaches; comments, docstrings and layout are no code.

    Raises UntraceableImport, with file and line, for an import that no reader could follow.
    """
    if _path(module, package) is None:
        raise UntraceableImport(f"no module {module!r} under {package}")
    return _reached({module}, package)


def closure_of_script(script: Path, package: Path = PACKAGE) -> Closure:
    """What a script that lies outside the package reaches; its own code is no part of it.

    Raises UntraceableImport as `closure` does.
    """
    return _reached(set(_imports(parsed(script), script, package)), package)


def _reached(modules: set[str], package: Path) -> Closure:
    code: dict[str, str] = {}
    outside = {name.split(".")[0] for name in modules} - {package.name}
    waiting = [*modules]
    while waiting:
        name = waiting.pop()
        if name in code or (path := _path(name, package)) is None:
            continue
        tree = parsed(path)
        imported = set(_imports(tree, path, package))
        code[name] = hashlib.sha256(_without_words(tree).encode()).hexdigest()[:16]
        waiting += [*imported, *_parents(name)]
        outside |= {each.split(".")[0] for each in imported} - {package.name}
    return Closure(code, outside)


def _imports(tree: ast.Module, path: Path, package: Path) -> Iterator[str]:
    """Names of every module that a file imports, wherever in the file the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield _followed(alias.name, node, path, package)
        elif isinstance(node, ast.ImportFrom):
            if node.level or node.module is None:
                raise _untraceable(path, node, "relative import; write it absolute")
            yield _followed(node.module, node, path, package)
            inner = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name for name in inner if _path(name, package))


def _followed(name: str, node: ast.stmt, path: Path, package: Path) -> str:
    if name.split(".")[0] == package.name and _path(name, package) is None:
        raise _untraceable(path, node, f"no module {name!r} under {package}")
    return name


def _untraceable(path: Path, node: ast.stmt, problem: str) -> UntraceableImport:
    return UntraceableImport(f"{path}:{node.lineno}: {problem}")


def _path(module: str, package: Path) -> Path | None:
    """The file of a module of the package, or None."""
    first, *rest = module.split(".")
    if first != package.name:
        return None
    place = package.joinpath(*rest)
    beside = [place.with_suffix(".py")] if rest else []
    return next((path for path in (*beside, place / "__init__.py") if path.is_file()), None)


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
            match node.body:
                case [ast.Expr(value=ast.Constant(value=str())), *rest]:
                    node.body = rest
    return ast.dump(tree)
