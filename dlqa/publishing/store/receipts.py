"""Whose measurement it is: the machine, versions and time of a run. The clock is read here."""

import datetime
import importlib.metadata
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dlqa.publishing.store import cores
from dlqa.publishing.store.catalog import PACKAGE
from dlqa.publishing.store.stop import Stop

LAST_SECOND = 2**32 - 1  # that gzip can tell, in 2106


def receipt(
    seconds: float, source_seconds: float | None, networks: int, network_steps: int
) -> dict[str, object]:
    """What was run where; seconds are wall time, imports apart.

    `source_seconds` is the time of the work that the question's source timed, run alone; a receipt
    has no such entry where the source timed nothing, and no networks where none was trained.
    """
    source = {} if source_seconds is None else {"source_seconds": round(source_seconds, 3)}
    trained = {"networks": networks, "network_steps": network_steps} if networks else {}
    return {
        "seconds": round(seconds, 3),
        **source,
        **trained,
        "measured_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "cpu": processor(),
        "cores": cores.count(),
        "threads": _threads(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "torch": importlib.metadata.version("torch"),
        "numpy": importlib.metadata.version("numpy"),
        "commit": _commit(),
    }


def stopwatch() -> Callable[[], float]:
    """What tells the seconds of wall time since now."""
    started = time.perf_counter()
    return lambda: time.perf_counter() - started


def dated() -> int:
    """Seconds since 1970, now or as SOURCE_DATE_EPOCH has it, for files that say when they are from.

    Raises Stop where that is no number of seconds that files can bear.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return int(time.time())
    if not (given.isascii() and given.isdecimal() and int(given) <= LAST_SECOND):
        expected = f"expected whole seconds since 1970, at most {LAST_SECOND}"
        raise Stop(f"SOURCE_DATE_EPOCH={given}: {expected}")
    return int(given)


def processor() -> str:
    """The processor's name as the system tells it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _threads() -> int:
    """Threads that a study computes with: torch's own setting, or one where it loads no torch."""
    torch = sys.modules.get("torch")
    return int(torch.get_num_threads()) if torch else 1


def _commit() -> str:
    """The checkout's commit, marked when files differ from it; "unknown" outside a checkout of ours.

    The package may lie inside somebody else's repository, and a hook of git's names its own.
    """
    try:
        if Path(_git("rev-parse", "--show-toplevel")) != PACKAGE.resolve().parent:
            return "unknown"
        _git("ls-files", "--error-unmatch", f"{PACKAGE.name}/__init__.py")
        return _git("describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*arguments: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    found = subprocess.run(
        ("git", *arguments), cwd=PACKAGE.parent, env=environment, capture_output=True, check=True
    )
    return os.fsdecode(found.stdout).strip()
