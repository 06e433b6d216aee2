"""Source read without running it."""

import ast
from pathlib import Path

from dlqa.publishing.store.stop import Stop


class UntraceableImport(Stop, ValueError):
    """Code whose imports cannot be read off its source."""


def parsed(path: Path) -> ast.Module:
    """A module's syntax tree. Raises UntraceableImport, with file and line, where there is none."""
    try:
        return ast.parse(path.read_bytes(), str(path))
    except SyntaxError as error:  # also for what is no UTF-8
        raise UntraceableImport(f"{path}:{error.lineno or 1}: {error.msg}") from error
