"""Whose measurement it is: the machine, versions and time of a run."""

import datetime
import importlib.metadata
import os
import platform
import subprocess
from pathlib import Path

from dlqa.publishing.catalog import PACKAGE


def receipt(
    seconds: float, source_seconds: float, networks: int, network_steps: int
) -> dict[str, object]:
    """What was run where; seconds are wall time, imports apart.

    `source_seconds` is the time of the work that the question's source timed, run alone.
    """
    return {
        "seconds": round(seconds, 3),
        "source_seconds": round(source_seconds, 3),
        "networks": networks,
        "network_steps": network_steps,
        "measured_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "threads": _threads(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "torch": importlib.metadata.version("torch"),
        "numpy": importlib.metadata.version("numpy"),
        "commit": _commit(),
    }


def _cpu() -> str:
    """The processor's name as the system tells it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _threads() -> int:
    """Threads that the trainer uses when it is not told otherwise."""
    from dlqa.lab.training import default_threads  # loads torch, which only a run may

    return default_threads()


def _commit() -> str:
    """The checkout's commit, marked when files differ from it; "unknown" outside a checkout."""
    git = [
        "git",
        "-C",
        str(PACKAGE),
        "describe",
        "--always",
        "--dirty",
        "--abbrev=12",
        "--exclude=*",
    ]
    try:
        found = subprocess.run(git, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return found.stdout.strip()
