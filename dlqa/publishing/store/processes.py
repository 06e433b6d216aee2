"""A worker's process and all that it starts: they end when it ends, and when we do.

The worker has a process group of its own and, as its standard input, a pipe whose other end is
ours. However we end, the system closes that end; the worker and each process of its pool read
nothing else there than that, and then end the group. Its temporary folder is ours as well, and is
cleared with it, or by the next build where nobody was left to do so.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = "dlqa-work-"
OWNER = ".owner"  # locked as long as somebody needs the folder
_running: set[int] = set()  # process groups of commands that threads of ours wait for


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """The exit code of a command that holds `end_with_parent`."""
    with _scratch() as folder:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            env={**environment, "TMPDIR": str(folder)},
            process_group=0,
        )
        _running.add(process.pid)
        try:
            return process.wait()
        finally:  # also when a person presses Ctrl-C, which reaches us alone
            _running.discard(process.pid)
            _end(process.pid)
            process.communicate()


@contextmanager
def ended_together() -> Iterator[None]:
    """Commands that other threads run end as soon as the block ends by an error, or by Ctrl-C."""
    try:
        yield
    except BaseException:
        for group in list(_running):
            _end(group)
        raise


def end_with_parent() -> None:
    """From now on, the end of the process that runs us is the end of our process group."""
    ours = os.dup(0)  # a pool's process closes the first one
    threading.Thread(target=_wait, args=(ours,), daemon=True).start()


def _wait(pipe: int) -> None:
    with suppress(OSError):
        os.read(pipe, 1)
    shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
    _end(0)


def _end(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


@contextmanager
def _scratch() -> Iterator[Path]:
    """A temporary folder for a worker."""
    place = Path(tempfile.gettempdir())
    for left in place.glob(f"{PREFIX}*"):
        with suppress(Timeout, OSError), FileLock(left / OWNER, timeout=0):
            shutil.rmtree(left)  # nobody's any more
    made = Path(tempfile.mkdtemp(prefix=".dlqa-"))
    with FileLock(made / OWNER):  # before it has the name by which another build would find it
        folder = made.rename(place / f"{PREFIX}{made.name.removeprefix('.dlqa-')}")
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
