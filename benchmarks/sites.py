"""What a build costs in which nothing changed, by the number of questions."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks._grown_site import grow
from benchmarks._measuring import Bar, Row, Table

SIZES = (15, 30, 60)  # the site has nearly as many as the least
UNIT = "microseconds a build"
BUILD = ("-m", "mkdocs", "build", "--strict", "--quiet")


def tables(rounds: int) -> Iterator[Table]:
    """A row a size: wall and CPU seconds of a warm build, and the cost that each question adds."""
    rows, seconds = [], {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "site"
            root.mkdir()
            grow(root, size)
            _run(root, "-m", "benchmarks._grown_site", str(root))
            _run(root, *BUILD)  # everything is made
            timed = [_run(root, *BUILD) for _ in range(min(rounds, 3))]
        walls, cpus = zip(*timed, strict=True)
        seconds[size] = statistics.median(cpus)
        rows.append(_row(f"{size} questions", walls, cpus))
    each = (seconds[SIZES[-1]] - seconds[SIZES[0]]) / (SIZES[-1] - SIZES[0])
    bars = [
        Bar("CPU seconds at 30 questions", seconds[30], 8, at_least=False),
        Bar("CPU seconds a question", each, 0.2, at_least=False),
    ]
    yield Table("sites", "A build in which nothing changed", UNIT, rows, bars)


def _row(name: str, walls: tuple[float, ...], cpus: tuple[float, ...]) -> Row:
    low, high = min(walls), max(walls)
    median, cpu = (1e6 * statistics.median(each) for each in (walls, cpus))
    return Row(name, median, (1e6 * low, 1e6 * high), 1e6 * low, cpu)


def _run(root: Path, *command: str) -> tuple[float, float]:
    """Wall and CPU seconds of a Python command with the site's own `dlqa`, its children included."""
    path = os.pathsep.join([str(root), str(Path(__file__).parents[1])])
    environment = {**os.environ, "PYTHONPATH": path, "NO_MKDOCS_2_WARNING": "1"}
    environment.pop("DLQA_STORE", None)
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], cwd=root, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - started, used


if __name__ == "__main__":
    for table in tables(3):
        for row in table.rows:
            print(f"{row.name}: {row.median / 1e6:.2f} s, {row.cpu / 1e6:.2f} s of CPU")
        for bar in table.bars:
            print(f"{bar.what}: {bar.measured:.3f} (at most {bar.wanted})")
