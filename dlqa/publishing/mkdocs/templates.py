"""The theme's templates, listed once a build and compiled once a version of them."""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, pass_context
from jinja2.runtime import Context
from mkdocs.structure.files import Files

from dlqa.publishing.mkdocs.memory import Memory
from dlqa.publishing.store.shelves import Store

FOLDER = "templates"  # of the store
ASSETS = "assets/"  # of a site, which all languages load


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


def share_assets(env: Environment, files: Files) -> None:
    """Lets a language below the site's root load what the root has: its own are not written."""
    for file in [file for file in files if file.src_uri.startswith(ASSETS)]:
        files.remove(file)
    url = env.filters["url"]

    @pass_context
    def shared(context: Context, address: str) -> str:
        above = "../" if address.startswith(ASSETS) else ""
        return str(url(context, f"{above}{address}"))

    env.filters["url"] = shared
