"""What code really opens, imports and asks: what its fingerprint does not hold is refused by name.

Python tells an audit hook of every file that is opened, however that came about: by an import that
is hidden in a call, by `exec`, by a library that was handed a path. The nearest code of ours on the
stack is whose doing it is. The machinery's own reading is its own affair.
"""

import importlib.util
import linecache
import os
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, AnyStr

from dlqa.publishing.store.catalog import PACKAGE
from dlqa.publishing.store.fingerprint import NOT_INSTALLED, name_of
from dlqa.publishing.store.stop import Stop

EVENTS = {"open", "os.listdir", "os.scandir"}
MACHINERY = f"{PACKAGE}{os.sep}publishing{os.sep}"
ASKING = {os.getenv.__code__.co_filename, Mapping.get.__code__.co_filename}  # for others
IMPORTING = "<frozen importlib._bootstrap>", "_find_and_load"
INSTALLED = {Path(sys.prefix), Path(sys.base_prefix), *map(Path, ("/proc", "/sys", "/dev", "/etc"))}

_known: set[str] = set()  # the names of all that this process may read
_ours = {f"{PACKAGE}{os.sep}"}  # how the files begin whose doing is watched


class HiddenDependency(Stop):
    """Code reads what its fingerprint does not hold, so that a change of it would go unnoticed."""


def watch(ingredients: Mapping[str, str], *cells: str) -> None:
    """From now on refuses, in this process, what is none of a fingerprint's ingredients.

    Called again it takes further ones: a hook stays for good. `cells`: how the names of a
    notebook's cells begin, whose doing counts as the package's own.
    """
    _ours.update(cells)
    watches = bool(_known)
    _known.update(name for name, value in ingredients.items() if value != NOT_INSTALLED)
    if watches:
        return
    free = {*INSTALLED, Path(tempfile.gettempdir())}

    def told(event: str, args: tuple[Any, ...]) -> None:
        if event in EVENTS and args and (path := _read_path(event, args)):
            _check(path, _known, free, sys._getframe(1))

    sys.addaudithook(told)
    _watch_environment()


def _read_path(event: str, args: tuple[Any, ...]) -> Path | None:
    """The file or folder that is read; None where it is written, or has no name."""
    path, mode, flags = args if event == "open" else (args[0], "r", 0)
    if not isinstance(path, str | bytes | os.PathLike):
        return None  # a descriptor, or the current folder, which is empty
    writes = flags & (os.O_WRONLY | os.O_CREAT) if mode is None else not {*mode} & {"r", "+"}
    return None if writes else Path(os.path.abspath(os.fsdecode(path)))


def _check(path: Path, known: set[str], free: set[Path], frame: FrameType | None) -> None:
    passed = []  # from the reading up to our own code
    while frame is not None and not _is_ours(frame):
        passed.append((frame.f_code.co_filename, frame.f_code.co_name))
        frame = frame.f_back
    if frame is None or frame.f_code.co_filename.startswith(MACHINERY):
        return
    if any(file == linecache.__file__ for file, _ in passed):
        return  # lines of code that a traceback shows
    where, path = f"{frame.f_code.co_filename}:{frame.f_lineno}", _source(path)
    if module := _module(path):
        if f"code of {module}" not in known:
            raise HiddenDependency(f"{where}: loads {module} unseen; write `import {module}`")
    elif IMPORTING in passed:
        package = "" if path.is_relative_to(PACKAGE) else _package_of(str(path))
        for_another = any(_package_of(file) for file, _ in passed)  # whose version is known
        known_version = f"version of {package}" in known
        if path.suffix == ".py" and package and not for_another and not known_version:
            remedy = f"write `import {package}`, and install it where its version is told"
            raise HiddenDependency(f"{where}: loads {package} from {path} unseen; {remedy}")
    elif _own(path, {file for file, _ in passed}):
        return
    elif not _within(path, free) and not _is_known(path, known):
        remedy = "what a question reads lies in its own folder"
        raise HiddenDependency(f"{where}: reads {path}, which is no ingredient; {remedy}")


def _own(path: Path, files: set[str]) -> bool:
    """Whether a package of others reads what it brought itself, linked from elsewhere or not."""
    return any(path.is_relative_to(folder) for file in files if (folder := _folder_of(file)))


@cache
def _folder_of(file: str) -> str:
    """The real folder of the package of others that a file belongs to, "" where there is none."""
    place = _place_of(file)
    inside = file[len(place) + 1 :].split(os.sep)
    return os.path.realpath(Path(place, inside[0])) if place and len(inside) > 1 else ""


def _place_of(file: str) -> str:
    """Where among the places of modules a file lies, "" where in none."""
    return max(
        (each for each in sys.path if file.startswith(f"{each}{os.sep}")), key=len, default=""
    )


def _is_known(path: Path, known: set[str]) -> bool:
    """Whether a file is an ingredient, or a folder holds one: then all its files are."""
    name = f"file {name_of(path)}"
    return name in known or any(each.startswith(f"{name}/") for each in known)


def _is_ours(frame: FrameType) -> bool:
    return frame.f_code.co_filename.startswith(tuple(_ours))


def _within(path: Path, folders: set[Path]) -> bool:
    inside = path.is_relative_to(PACKAGE)  # which may lie where packages are installed
    return not inside and any(path.is_relative_to(folder) for folder in folders)


def _source(path: Path) -> Path:
    """The source of byte code; any other file as it is."""
    try:
        return Path(importlib.util.source_from_cache(str(path)))
    except ValueError:
        return path


def _module(path: Path) -> str:
    """The module of ours whose source a file is, "" where it is none."""
    if path.suffix != ".py" or not path.is_relative_to(PACKAGE):
        return ""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def _package_of(path: str) -> str:
    """The package of others whose file that is, as it is imported; "" for Python's own."""
    place = _place_of(path)
    name = path[len(place) + 1 :].split(os.sep)[0].split(".")[0]
    return name if place and name not in sys.stdlib_module_names else ""


def _watch_environment() -> None:
    """No event tells of a variable that is asked for, so the mapping itself does."""
    ask = os._Environ.__getitem__

    def asked(self: "os._Environ[AnyStr]", name: AnyStr) -> AnyStr:
        frame: FrameType | None = sys._getframe(1)
        while frame and frame.f_code.co_filename in ASKING:
            frame = frame.f_back
        if frame and _is_ours(frame) and not frame.f_code.co_filename.startswith(MACHINERY):
            where = f"{frame.f_code.co_filename}:{frame.f_lineno}"
            problem = (
                f"asks for the environment's {os.fsdecode(name)}; write it into Params instead"
            )
            raise HiddenDependency(f"{where}: {problem}")
        return ask(self, name)

    os._Environ.__getitem__ = asked  # type: ignore[method-assign]
