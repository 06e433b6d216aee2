"""The theme's templates, listed once a build and compiled once a version of them."""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache

from dlqa.publishing.mkdocs.memory import Memory
from dlqa.publishing.store.shelves import Store

FOLDER = "templates"  # of the store


def templates(make: Callable[[], Environment], store: Store, memory: Memory) -> Environment:
    """The environment that `make` gives; each language has one.

    Material comes with thousands of icons, and MkDocs looks through all of them for files of a site.
    """
    env = make()
    folder = store.folder / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    found = env.list_templates

    def list_templates(*given: Any, **options: Any) -> list[str]:
        return memory.recall("templates", None, lambda: found(*given, **options))

    env.list_templates = list_templates  # type: ignore[method-assign]
    return env
