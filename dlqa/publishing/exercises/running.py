"""Runs an exercise's code as a reader's Jupyter does: top to bottom, new kernel, empty folder."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from dlqa.publishing.exercises.script import Cell, Script, notebook
from dlqa.publishing.store.stop import Stop

LONGEST = 100  # bytes of a socket's path, its number apart, on every system
PATIENCE = 120  # seconds for one cell; a whole exercise should be done in ten
DRAWING = """
svg.fonttype: none  # text as text
svg.hashsalt: lab  # ids the same every time
figure.facecolor: none
"""
WATCH = """
from ipykernel.compiler import get_tmp_directory
from dlqa.publishing.store.watch import watch
watch({ingredients}, get_tmp_directory())
del get_tmp_directory, watch
"""
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
IN_CELL = re.compile(r"Cell In\[\d+\][^\n]*?line (\d+)")


def run(script: Script, language: str, ingredients: Mapping[str, str]) -> list[list[NotebookNode]]:
    """What each code cell shows in a language's notebook; what none of the fingerprint's ingredients is, none may read.

    Raises PageError, with the script's line and the cell's number in the notebook, where a cell
    raises, warns or does not end.
    """
    made = notebook(script, language)
    places = [place for place, node in enumerate(made.cells) if node.cell_type == "code"]
    with _kernel(made, ingredients) as client:
        for place, cell in zip(places, script.code, strict=True):
            _run_cell(client, place, script, cell)
    return [made.cells[place].outputs for place in places]


def _run_cell(client: NotebookClient, place: int, script: Script, cell: Cell) -> None:
    node, number = client.nb.cells[place], f"cell {place + 1}"
    try:
        client.execute_cell(node, place)
    except CellExecutionError as error:
        trace = COLOURS.sub("", error.traceback)
        found = IN_CELL.search(trace)
        line = int(found[1]) if found else 0
        problem = f"{number} raises {error.ename}: {error.evalue}\n{trace}"
        raise script.error(cell, problem, line) from error
    except CellTimeoutError as error:
        raise script.error(cell, f"{number} has not ended after {PATIENCE} s") from error
    except DeadKernelError as error:
        raise script.error(cell, f"{number} ended its kernel") from error
    for output in node.outputs:
        if output.get("name") == "stderr":
            raise script.error(cell, f"{number} writes to standard error: {output.text.strip()}")


@contextmanager
def _kernel(made: NotebookNode, ingredients: Mapping[str, str]) -> Iterator[NotebookClient]:
    """A client of a kernel of this very Python, whatever kernels and settings its user has."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = Path(scratch, "matplotlibrc")
        settings.write_text(DRAWING, "utf-8")
        empty = Path(scratch, "empty")
        empty.mkdir()
        startup = Path(scratch, "ipython/profile_default/startup/watch.py")
        startup.parent.mkdir(parents=True)
        startup.write_text(WATCH.format(ingredients=dict(ingredients)), "utf-8")
        sockets = str(Path(scratch, "kernel"))
        if len(os.fsencode(sockets)) > LONGEST:
            raise Stop(
                f"{tempfile.gettempdir()}: too long for sockets; set TMPDIR to a shorter path"
            )
        manager = AsyncKernelManager(
            transport="ipc",  # files of ours, no ports for others to find
            ip=sockets,
            connection_file=str(Path(scratch, "connection.json")),  # not where users' kernels are
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        )
        client = NotebookClient(
            made,
            km=manager,
            timeout=PATIENCE,
            record_timing=False,
            coalesce_streams=True,  # how text came in pieces is chance
            shutdown_kernel="immediate",
        )
        environment = {
            **os.environ,
            "IPYTHONDIR": str(Path(scratch, "ipython")),
            "MATPLOTLIBRC": str(settings),
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # or the debugger warns of frozen modules
        }
        with client.setup_kernel(cleanup_kc=True, cwd=str(empty), env=environment):
            yield client
