"""`mkdocs build` in a process that has the libraries already: a fork of one that loaded them.

A small project's build spends two seconds of its three on imports that are the same every time.
The parent imports all of that but our own `dlqa`; each build is a child of it, a process of its
own with the folder, environment and output that it would have as a command. Run as a script, this
module is the parent.
"""

import atexit
import gc
import importlib
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NoReturn


def build(folder: Path, environment: Mapping[str, str], *options: str) -> tuple[int, str]:
    """The exit code and the output, errors included, of `mkdocs build` in a folder."""
    parent = _parent()
    with tempfile.NamedTemporaryFile() as said:
        job = [str(folder), dict(environment), ["mkdocs", "build", *options], said.name]
        print(json.dumps(job), file=parent.stdin, flush=True)
        code = int(parent.stdout.readline())
        return code, Path(said.name).read_text("utf-8")


@cache
def _parent() -> subprocess.Popen[str]:
    """One for each of pytest's workers; it ends with them."""
    command = [sys.executable, "-P", str(Path(__file__))]
    parent = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(parent.communicate)  # closes its input
    return parent


def _serve() -> None:
    """Reads a job a line and writes the exit code of each."""
    _import_libraries()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _run(*json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _import_libraries() -> None:
    for name in (
        "mkdocs.commands.build",
        "material.plugins.search.plugin",
        "mkdocs_jupyter.plugin",
    ):
        importlib.import_module(name)
    jieba = importlib.import_module("jieba")
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    assert not [name for name in sys.modules if name.split(".")[0] == "dlqa"]
    gc.freeze()


def _run(folder: str, environment: dict[str, str], command: list[str], said: str) -> NoReturn:
    from mkdocs.__main__ import cli

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:0] = environment["PYTHONPATH"].split(os.pathsep)
    with open(said, "w") as output, open(os.devnull) as nothing:
        for ours, theirs in ((nothing, 0), (output, 1), (output, 2)):
            os.dup2(ours.fileno(), theirs)
    code = 1
    try:
        cli(command[1:], prog_name=command[0])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
