"""Workers of small projects as forks of one process that has their libraries already.

A worker (`python -m dlqa.publishing.worker …`) of a study that tosses a coin spends its time on
importing xarray, scipy and matplotlib. A build whose `sys.executable` is what `executable` gives
starts it as a process of its own as ever, with its folder, environment, streams and exit code; what
answers is a fork that has all of that but our own `dlqa`. Whatever else it starts is the real Python.
Run as a script, this module is the process that is forked.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import NoReturn

MODULE = "dlqa.publishing.worker"
LIBRARIES = (
    "filelock",
    "msgspec",
    "platformdirs",
    "scipy.special",
    "scipy.optimize",
    "xarray",
    "concurrent.futures.process",
    "matplotlib.figure",
    "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg",
)
# Python without site-packages starts in a hundredth of a second.
CLIENT = """#!{python} -SE
import json, os, signal, socket, sys

given = sys.argv[1:]
at = given.index("-m") if "-m" in given else 0
if given[at : at + 2] != ["-m", {module!r}]:
    os.execv({python!r}, [{python!r}, *given])
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    options = [given[at + 2 :], "-B" in given[:at], os.getcwd(), dict(os.environ)]
    job = json.dumps(options).encode()
    socket.send_fds(server, [len(job).to_bytes(8, "big")], [0, 1, 2])
    server.sendall(job)
    end = int(server.recv(16))
if end < 0:
    os.kill(os.getpid(), -end)
sys.exit(end)
"""


@cache
def executable() -> str:
    """A Python whose workers are forks: one for each of pytest's workers, which ends with them."""
    folder = Path(tempfile.mkdtemp(prefix="dlqa-forks-"))
    address, client = str(folder / "socket"), folder / "python"
    client.write_text(CLIENT.format(python=sys.executable, module=MODULE, address=address), "utf-8")
    client.chmod(0o755)
    server = subprocess.Popen(
        [sys.executable, "-P", str(Path(__file__)), address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert server.stdout.readline(), "it listens"
    atexit.register(server.communicate)  # closes its input
    return str(client)


def _serve(address: str) -> None:
    for name in LIBRARIES:
        importlib.import_module(name)
    assert not [name for name in sys.modules if name.split(".")[0] == "dlqa"]
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that answer
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        print("listening", flush=True)
        while server in select.select([server, sys.stdin], [], [])[0]:
            client, _ = server.accept()
            with client:
                if os.fork() == 0:
                    server.close()
                    _answer(client)
    os.unlink(address)


def _answer(client: socket.socket) -> None:
    """Starts a worker and says how it ended; in the worker itself it comes back when it is done."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    head, streams, _, _ = socket.recv_fds(client, 8, 3)
    size, job = int.from_bytes(head, "big"), b""
    while len(job) < size:
        job += client.recv(size - len(job))
    if worker := os.fork():
        _tell(client, worker, streams)
    os.setpgid(0, 0)
    client.close()
    for ours, stream in enumerate(streams):
        os.dup2(stream, ours)
        os.close(stream)
    _work(*json.loads(job))


def _tell(client: socket.socket, worker: int, streams: list[int]) -> NoReturn:
    for stream in streams:
        os.close(stream)
    end = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    client.sendall(str(end).encode())
    os._exit(0)


def _work(
    arguments: list[str], no_byte_code: bool, folder: str, environment: dict[str, str]
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None  # asked again
    sys.dont_write_bytecode = no_byte_code
    sys.path[:0] = filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))
    sys.argv = ["", *arguments]
    runpy.run_module(MODULE, run_name="__main__", alter_sys=True)
    sys.exit()


if __name__ == "__main__":
    _serve(sys.argv[1])
