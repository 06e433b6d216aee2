"""However a build ends, its workers end with it, and nothing of theirs stays."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dlqa.publishing.store.processes import PREFIX, run
from tests.publishing.project import Project

# A worker with a child of its own; both say who they are and would go on for a minute.
WORKER = """
import os, subprocess, sys, tempfile, time
from pathlib import Path
from dlqa.publishing.store.processes import end_with_parent
end_with_parent()
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
Path(tempfile.mkdtemp(), "socket").touch()
Path(sys.argv[1]).write_text(f"{os.getpid()} {child.pid}")
time.sleep(60)
"""
PARENT = """
import os, sys
from dlqa.publishing.store.processes import run
print(run([sys.executable, "-c", *sys.argv[1:]], os.environ))
"""


def wait_for(what: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it comes true in time."""
    end = time.monotonic() + seconds
    while not (found := what()) and time.monotonic() < end:
        time.sleep(0.02)
    return found


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def start(folder: Path) -> tuple[subprocess.Popen[str], list[int]]:
    """A parent, and the processes below it, its temporary folder being the one given."""
    said = folder / "pids"
    environment = {**os.environ, "TMPDIR": str(folder)}
    command = [sys.executable, "-c", PARENT, WORKER, str(said)]
    parent = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert wait_for(lambda: said.exists() and len(said.read_text().split()) == 2)
    return parent, [int(pid) for pid in said.read_text().split()]


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name != "pids"]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_parent_and_leave_nothing(
    tmp_path: Path, how: signal.Signals
) -> None:
    parent, below = start(tmp_path)
    parent.send_signal(how)
    parent.communicate(timeout=20)
    assert wait_for(lambda: not any(map(alive, below)))
    assert wait_for(lambda: not left(tmp_path)), left(tmp_path)


def test_what_a_worker_started_ends_with_it(tmp_path: Path) -> None:
    parent, (worker, child) = start(tmp_path)
    os.kill(worker, signal.SIGKILL)
    output, _ = parent.communicate(timeout=20)
    assert output == f"{-signal.SIGKILL}\n"
    assert wait_for(lambda: not alive(child))
    assert left(tmp_path) == []


def test_what_nobody_was_left_to_clear_the_next_one_clears(tmp_path: Path) -> None:
    parent, (worker, child) = start(tmp_path)
    for pid in (worker, parent.pid, child):
        os.kill(pid, signal.SIGSTOP)  # that none has time to do anything
    for pid in (worker, parent.pid, child):
        os.kill(pid, signal.SIGKILL)
    parent.communicate(timeout=20)
    (folder,) = left(tmp_path)
    assert folder.startswith(PREFIX)
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", PARENT, "pass"], env=environment, check=True)
    assert left(tmp_path) == []


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    parent, below = start(tmp_path)
    before = left(tmp_path)
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", PARENT, "pass"], env=environment, check=True)
    assert left(tmp_path) == before
    assert all(map(alive, below))
    parent.kill()
    parent.communicate(timeout=20)


def test_the_exit_code_is_the_workers() -> None:
    assert run([sys.executable, "-c", "import sys; sys.exit(3)"], os.environ) == 3


def processes_of(project: Project) -> list[int]:
    """Processes whose environment names the project."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            ours = str(project.root) in (place / "environ").read_text(errors="replace")
        except OSError:
            continue
        if ours and alive(int(place.name)):
            found.append(int(place.name))
    return found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_exercises_kernel_ends_with_the_build(
    project: Project, tmp_path: Path, how: signal.Signals
) -> None:
    """It has a session of its own; Jupyter's kernels look for their parent every second."""
    begun = tmp_path / "begun"
    slow = f"open({str(begun)!r}, 'w').close(); import time; time.sleep(60)\nheads = np"
    project.edit("snippets/coin/exercise.py", "heads = np", slow)
    with tempfile.TemporaryDirectory() as place:  # short enough for sockets
        build = project.start("mkdocs", "build", TMPDIR=place)
        assert wait_for(begun.exists, 60)
        build.send_signal(how)
        build.communicate(timeout=20)
        assert wait_for(lambda: not processes_of(project)), processes_of(project)
        assert os.listdir(place) == []


def test_a_path_that_is_too_long_for_sockets_is_told(project: Project, tmp_path: Path) -> None:
    place = tmp_path / ("long" * 20)
    place.mkdir()
    project.edit("snippets/coin/exercise.py", "heads = np", "heads = 1 * np")
    done = project.run("mkdocs", "build", TMPDIR=str(place))
    assert done.code != 0
    assert "too long for sockets; set TMPDIR to a shorter path" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_studys_pool_ends_with_the_command(new_project: Project, how: signal.Signals) -> None:
    study = "dlqa/questions/coin/study.py"
    new_project.edit(study, "networks=1,", "networks=1, alone=True,")
    begun = new_project.root / "begun"
    slow = f"    open({str(begun)!r}, 'w').close(); import time; time.sleep(60)\n    heads = [toss"
    new_project.edit(study, "    heads = [toss", slow)
    command = new_project.start("python", "-m", "dlqa.cli", "run", "coin", OMP_NUM_THREADS="2")
    assert wait_for(begun.exists)
    assert len(processes_of(new_project)) >= 3
    command.send_signal(how)
    output, _ = command.communicate(timeout=20)
    assert wait_for(lambda: not processes_of(new_project)), processes_of(new_project)
    assert "Traceback" not in output
    assert how != signal.SIGINT or output.endswith("dlqa: stopped\n")
