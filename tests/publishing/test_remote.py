"""Studies on the workers of a real Dask scheduler, over TCP: the same bits, whole or not at all."""

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from dlqa.publishing.store.records import load
from tests.publishing.project import Project

# A toss of a later seed waits until a file is there, so that a worker can be killed while it works.
SLOW = """
    from pathlib import Path
    import os, time
    place = Path({gate!r})
    (place / ("begun-" + str(os.getpid()))).touch()
    while not (place / "open").exists():
        time.sleep(0.05)
"""


@contextlib.contextmanager
def cluster(
    project: Project, gate: Path, workers: int
) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """A scheduler's address and its worker processes, which import the project's `dlqa`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    quiet = ["--no-dashboard"]
    started = [
        project.start("dask", "scheduler", "--host", "127.0.0.1", "--port", str(port), *quiet)
    ]
    for _ in range(workers):
        options = ["--nthreads", "1", "--no-nanny", "--local-directory", str(gate), *quiet]
        started.append(project.start("dask", "worker", address, *options))
    try:
        from distributed import Client

        with Client(address, timeout=60) as client:
            client.wait_for_workers(workers, timeout=60)
        yield address, started[1:]
    finally:
        for process in reversed(started):
            process.kill()
            process.communicate()


def heads(project: Project) -> list[float]:
    [record] = (project.store / "coin/record").glob("[!.]*")
    return load(record)["tosses"].heads.values.tolist()


def test_a_study_on_workers_gives_the_same_bits_though_one_is_killed(
    new_project: Project, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    gate.mkdir()
    new_project.edit(
        "dlqa/lab/tossing.py",
        '    """The fraction of heads."""\n',
        '    """The fraction of heads."""\n' + SLOW.format(gate=str(gate)),
    )
    with cluster(new_project, gate, 2) as (address, workers):
        run = new_project.start("python", "-m", "dlqa.cli", "run", "coin", "--scheduler", address)
        deadline = time.monotonic() + 90
        while not (begun := list(gate.glob("begun-*"))):
            assert time.monotonic() < deadline, run.communicate(timeout=5)
            time.sleep(0.1)
        [working] = [each for each in workers if begun[0].name.endswith(f"-{each.pid}")]
        working.kill()
        (gate / "open").touch()
        output, _ = run.communicate(timeout=120)
    assert run.returncode == 0, output
    remote = heads(new_project)
    shutil.rmtree(new_project.store)
    assert new_project.dlqa("run", "coin").code == 0
    assert heads(new_project) == remote


def test_no_scheduler_and_unlike_workers_are_told_and_nothing_is_stored(
    new_project: Project, tmp_path: Path
) -> None:
    done = new_project.dlqa("run", "coin", "--scheduler", "tcp://127.0.0.1:9")
    assert done.code == 1
    assert "no scheduler at tcp://127.0.0.1:9" in done.output
    other = new_project.copy(tmp_path / "other")
    other.edit("dlqa/lab/tossing.py", ".mean()", ".sum() / tosses")
    with cluster(other, tmp_path, 1) as (address, _):
        done = new_project.dlqa("run", "coin", "--scheduler", address)
    assert done.code == 1
    assert "is not like this machine: code of dlqa.lab.tossing changed" in done.output
    assert not list((new_project.store / "coin").glob("record/[!.]*"))


def test_what_a_study_reads_unseen_is_refused_at_a_worker_too(
    new_project: Project, tmp_path: Path
) -> None:
    study, place = "dlqa/questions/coin/study.py", "    heads = [toss"
    line = new_project.edit(study, place, f"    import os; os.getenv('SIZE')\n{place}")
    with cluster(new_project, tmp_path, 1) as (address, _):
        for _ in range(2):  # the second time the worker watches already
            done = new_project.dlqa("run", "coin", "--scheduler", address)
            assert done.code == 1
            says = f"/{study}:{line}: asks for the environment's SIZE; write it into Params instead"
            assert says in done.output, done.output
            assert "Traceback" not in done.output
    assert not list((new_project.store / "coin").glob("record/[!.]*"))
