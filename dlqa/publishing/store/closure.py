"""The code that a module reaches: every module of the package that it imports, transitively.

Imports are read off the source. Those that cannot be, a worker notices while it runs (`watch`).
"""

import ast
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dlqa.publishing.store.catalog import PACKAGE
from dlqa.publishing.store.parsing import UntraceableImport, parsed


@dataclass(frozen=True)
class Closure:
    """Modules of the package by name, each with a hash of its code, and packages from outside."""

    code: dict[str, str]
    outside: set[str]


def closure(module: str, package: Path = PACKAGE) -> Closure:
    """What `module` reaches; comments, docstrings, annotations and layout are no code.

    Raises UntraceableImport, with file and line, for an import that no reader could follow.
    """
    if _path(module, package) is None:
        raise UntraceableImport(f"no module {module!r} under {package}")
    return _reached({module}, package)


def closure_of_script(script: Path, package: Path = PACKAGE) -> Closure:
    """What a script that lies outside the package reaches; its own code is no part of it.

    Raises UntraceableImport as `closure` does.
    """
    return _reached(set(_imports(read(script), script, package)), package)


@dataclass(frozen=True)
class Module:
    """What is read off a file: a hash of its code, and each import's line, module and names."""

    digest: str
    imports: tuple[tuple[int, str, tuple[str, ...]], ...]


known: dict[str, Module] = {}  # by `content_of` a file: what another process has read off such ones


def _reached(modules: set[str], package: Path) -> Closure:
    code: dict[str, str] = {}
    outside = {name.split(".")[0] for name in modules} - {package.name}
    waiting = [*modules]
    while waiting:
        name = waiting.pop()
        if name in code or (path := _path(name, package)) is None:
            continue
        module = read(path)
        imported = set(_imports(module, path, package))
        code[name] = module.digest
        waiting += [*imported, *_parents(name)]
        outside |= {each.split(".")[0] for each in imported} - {package.name}
    return Closure(code, outside)


def read(path: Path) -> Module:
    """A file as it is now; read once for each state that it is in.

    Raises UntraceableImport, with file and line, for what is no code and for a relative import.
    """
    state = path.stat()
    return _read(path, state.st_mtime_ns, state.st_size)


@cache
def _read(path: Path, _changed: int, _size: int) -> Module:
    if found := known.get(content_of(path)):
        return found
    tree = parsed(path)
    imports: list[tuple[int, str, tuple[str, ...]]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports += [(node.lineno, alias.name, ()) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            if node.level or node.module is None:
                raise _untraceable(path, node.lineno, "relative import; write it absolute")
            names = tuple(f"{node.module}.{alias.name}" for alias in node.names)
            imports.append((node.lineno, node.module, names))
    code = ast.dump(_Bare().visit(tree))
    return Module(hashlib.sha256(code.encode()).hexdigest()[:16], tuple(imports))


def content_of(path: Path) -> str:
    """A hash of all that stands in a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _imports(module: Module, path: Path, package: Path) -> Iterator[str]:
    """Names of every module that a file imports, wherever in the file the import stands."""
    for line, name, inner in module.imports:
        if name.split(".")[0] == package.name and _path(name, package) is None:
            raise _untraceable(path, line, f"no module {name!r} under {package}")
        yield name
        yield from (each for each in inner if _path(each, package))


def _untraceable(path: Path, line: int, problem: str) -> UntraceableImport:
    return UntraceableImport(f"{path}:{line}: {problem}")


def _path(module: str, package: Path) -> Path | None:
    """The file of a module of the package, or None."""
    first, *rest = module.split(".")
    if first != package.name:
        return None
    place = os.path.join(package, *rest)  # asked for every name of every import, so not by `Path`
    beside = [f"{place}.py"] if rest else []
    files = (path for path in (*beside, f"{place}/__init__.py") if os.path.isfile(path))
    return next(map(Path, files), None)


def _parents(module: str) -> list[str]:
    """The packages that importing a module imports first, the outermost apart.

    The outermost holds the version number alone, on which no result depends.
    """
    parts = module.split(".")
    return [".".join(parts[:length]) for length in range(2, len(parts))]


class _Bare(ast.NodeTransformer):
    """Takes docstrings and annotations from a syntax tree (comments and layout are not in it)."""

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body:
                case [ast.Expr(value=ast.Constant(value=str())), *rest]:
                    node.body = rest
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign) and node.value is not None and not self.in_class:
            plain = ast.Assign(targets=[node.target], value=node.value)
            return self.generic_visit(ast.copy_location(plain, node))
        return self._inside(node)

    in_class = False  # there an annotation makes a field of a dataclass

    def _inside(self, node: ast.AST) -> ast.AST:
        before = self.in_class
        if isinstance(node, ast.ClassDef):
            self.in_class = True
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            self.in_class = False
        found = self.generic_visit(node)
        self.in_class = before
        return found
