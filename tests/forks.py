"""Python code in a process that has its libraries already: a fork of one that loaded them.

A small project's build, or a snippet, spends most of its time on imports that are the same every
time. The parent imports all of that but our own `dlqa`; each run is a child of it, a process of its
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

BUILD = (
    "mkdocs.commands.build",
    "material.plugins.search.plugin",
    "opencc",
)
SNIPPET = ("torch", "torch._dynamo", "matplotlib.figure", "skimage.io", "sklearn.datasets")


def python(
    code: str, libraries: tuple[str, ...], folder: Path, environment: Mapping[str, str]
) -> tuple[int, str]:
    """The exit code and the output, errors included, of code run in a folder, libraries at hand."""
    parent = _parent(libraries)
    with tempfile.NamedTemporaryFile() as said:
        job = [code, str(folder), dict(environment), said.name]
        print(json.dumps(job), file=parent.stdin, flush=True)
        end = int(parent.stdout.readline())
        return end, Path(said.name).read_text("utf-8")


@cache
def _parent(libraries: tuple[str, ...]) -> subprocess.Popen[str]:
    """One for each of pytest's workers; it ends with them."""
    command = [sys.executable, "-P", str(Path(__file__)), *libraries]
    parent = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(parent.communicate)  # closes its input
    return parent


def _serve(libraries: list[str]) -> None:
    """Reads a job a line and writes the exit code of each."""
    for name in libraries:
        importlib.import_module(name)
    assert not [name for name in sys.modules if name.split(".")[0] == "dlqa"]
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _run(*json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _run(code: str, folder: str, environment: dict[str, str], said: str) -> NoReturn:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:0] = filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))
    with open(said, "w") as output, open(os.devnull) as nothing:
        for ours, theirs in ((nothing, 0), (output, 1), (output, 2)):
            os.dup2(ours.fileno(), theirs)
    end = 1
    try:
        exec(compile(code, "<job>", "exec"), {"__name__": "__main__"})
        end = 0
    except SystemExit as asked:
        end = asked.code if isinstance(asked.code, int) else int(bool(asked.code))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end)


if __name__ == "__main__":
    _serve(sys.argv[1:])
