"""What was read off the package's modules, kept for builds in which they are the same."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from dlqa.publishing.store import closure, parsing
from dlqa.publishing.store.catalog import PACKAGE
from dlqa.publishing.store.fingerprint import Fingerprint, of_files, versions
from dlqa.publishing.store.keeping import kept
from dlqa.publishing.store.shelves import Store

SHELF = "modules"


def know_code(store: Store, package: Path = PACKAGE) -> None:
    """Lets this process follow the imports of modules that another one has read, parsing none.

    They are kept by folder, so that an edit of one module has few others read again.
    """
    folders: dict[Path, dict[str, Path]] = {}
    for path in sorted(package.rglob("*.py")):
        folders.setdefault(path.parent, {})[closure.content_of(path)] = path
    readers = of_files(map(Path, (closure.__file__, parsing.__file__))) | versions(set())
    for folder, paths in folders.items():
        name = ".".join(folder.relative_to(package.parent).parts)
        fingerprint = Fingerprint(readers | dict.fromkeys(paths, "is there"))
        make = partial(_read, paths)
        made = kept(store, SHELF, name, fingerprint, make, dict[str, closure.Module])
        closure.known.update(made)


def _read(paths: Mapping[str, Path]) -> dict[str, closure.Module]:
    """What can be read off files, by their content; of the others is told where they are needed."""
    found = {}
    for content, path in paths.items():
        try:
            found[content] = closure.read(path)
        except parsing.UntraceableImport:
            continue
    return found
