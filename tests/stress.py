"""What a store goes through, tried for as long as it is given: `python -m tests.stress --seconds 600`.

Kills at random moments, builds at once, disks that fill up, results that were made to harm; after
each, results must be those of an undisturbed run, and no process and no temporary file is left.
"""

import argparse
import json
import os
import platform
import random
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dlqa.publishing.store.fingerprint import Fingerprint
from dlqa.publishing.store.shelves import MANIFEST, Store, _digests, _write_manifest
from tests.publishing.project import Project, make_project
from tests.publishing.store.test_archives import HOSTILE, entries, write_entries
from tests.publishing.store.test_processes import processes_of, wait_for
from tests.publishing.store.test_promises import DRAWINGS, FILES, changed, put_in

RUN = ("python", "-m", "dlqa.cli", "run", "coin")
KIBIBYTES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 400)  # the longest file that a disk takes
OWN = {MANIFEST, "receipt.json"}  # files that say when they were made
Files = dict[str, bytes]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=540, help="to be spent, about (540)")
    parser.add_argument("--seed", type=int, default=0, help="of the moments of kills (0)")
    options = parser.parse_args()
    chance, begun = random.Random(options.seed), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder, "project"))
        expected = undisturbed(project)
        for share, tried in ((0.35, kills), (0.45, at_once), (0.6, full_disks), (1.0, hostile)):
            for row in tried(project, expected, chance, begun + share * options.seconds):
                print(f"| {row} |", flush=True)
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    print(
        f"| all of it | {time.strftime('%Y-%m-%d')}, {time.monotonic() - begun:.0f} s on {machine} |"
    )


def undisturbed(project: Project) -> Files:
    done = project.run(*RUN)
    assert done.code == 0, done.output
    return results(project)


def results(project: Project) -> Files:
    """What lies in the store, by path; no scratch folder, no half of a result."""
    paths = [path for path in project.store.rglob("*") if path.is_file() and path.suffix != ".lock"]
    for manifest in project.store.glob("coin/*/*/manifest.json"):
        kind, key = manifest.parts[-3:-1]
        assert Store(project.store).find("coin", kind, key), manifest
    names = {path.relative_to(project.store).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in names.items() if path.name not in OWN}


def recovers(project: Project, expected: Files) -> None:
    """The next run makes what is missing, and all is as if nothing had been."""
    assert wait_for(lambda: not processes_of(project)), processes_of(project)
    done = project.run(*RUN)
    assert done.code == 0, done.output
    assert results(project) == expected, "other results than an undisturbed run's"
    assert not list(project.store.rglob(".making-*"))


def kills(project: Project, expected: Files, chance: random.Random, end: float) -> Iterator[str]:
    """Of the command, of its workers, or of all, at any moment of a run from nothing."""
    counted = {"command": 0, "worker": 0, "all": 0}
    place = project.root.parent / "temporary"
    place.mkdir()
    while time.monotonic() < end:
        shutil.rmtree(project.store, ignore_errors=True)
        whom = chance.choice(list(counted))
        command = project.start(*RUN, TMPDIR=str(place))
        time.sleep(chance.uniform(0, 6))
        below = [pid for pid in processes_of(project) if pid != command.pid]
        for pid in {"command": [command.pid], "worker": below, "all": [*below, command.pid]}[whom]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        command.communicate(timeout=120)
        assert wait_for(lambda: not processes_of(project)), processes_of(project)
        counted[whom] += 1
        before = os.environ.get("TMPDIR")
        os.environ["TMPDIR"] = str(place)
        try:
            recovers(project, expected)
        finally:
            os.environ.pop("TMPDIR") if before is None else os.environ.update(TMPDIR=before)
        assert not list(place.glob("dlqa-*")), "a worker's temporary folder is left"
    said = ", ".join(f"{number} of {whom}" for whom, number in counted.items())
    yield f"SIGKILL at random moments | {sum(counted.values())} ({said}): nothing lost, nothing left"


def at_once(project: Project, expected: Files, chance: random.Random, end: float) -> Iterator[str]:
    rounds, most = 0, 0
    while time.monotonic() < end:
        shutil.rmtree(project.store)
        number = chance.randint(2, 4)
        commands = [project.start(*RUN) for _ in range(number)]
        said = [command.communicate(timeout=240)[0] for command in commands]
        assert all(command.returncode == 0 for command in commands), said
        assert sum(text.count("making record") for text in said) == 1, said
        assert results(project) == expected
        rounds, most = rounds + 1, max(most, number)
    yield f"builds at once on one empty store | {rounds} times up to {most}: each result made once"


def full_disks(project: Project, expected: Files, _: random.Random, end: float) -> Iterator[str]:
    tried = []
    for size in KIBIBYTES:
        if time.monotonic() > end:
            break
        shutil.rmtree(project.store)
        with _longest_file(1024 * size):
            done = project.run(*RUN, PYTHONDONTWRITEBYTECODE="1")
        assert "Traceback" not in done.output, done.output
        results(project)
        recovers(project, expected)
        tried.append(size)
    yield f"no file longer than | {', '.join(map(str, tried))} KiB: no half of a result, recovered"


@contextmanager
def _longest_file(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def hostile(project: Project, expected: Files, chance: random.Random, end: float) -> Iterator[str]:
    """Each sealed as a good result would be; the command must make it anew."""
    ways = [*_ways(project)]
    chance.shuffle(ways)
    tried = 0
    for harm in ways:
        if time.monotonic() > end:
            break
        place = harm()
        made_from = json.loads((place / MANIFEST).read_text("utf-8"))["fingerprint"]
        _write_manifest(place, Fingerprint(made_from), _digests(place))
        recovers(project, expected)
        tried += 1
    yield f"hostile results | {tried} of {len(ways)}, each refused and made anew"


def _ways(project: Project) -> Iterator[Callable[[], Path]]:
    def place(kind: str) -> Path:
        (found,) = project.store.glob(f"coin/{kind}/*")
        return found

    def record(change: Callable[[Files], object]) -> Path:
        found = entries(place("record"))
        change(found)
        write_entries(place("record"), found)
        return place("record")

    def drawing(harm: str) -> Path:
        put_in(place("exhibits") / "tossed.en.svg", harm)
        return place("exhibits")

    def file(name: str, change: Callable[[object], object]) -> Path:
        changed(place("exhibits") / name, change)
        return place("exhibits")

    yield from (lambda change=change: record(change) for change, _ in HOSTILE.values())
    yield from (lambda harm=harm: drawing(harm) for harm in DRAWINGS)
    yield from (
        lambda name=name, change=change: file(name, change) for name, change in FILES.values()
    )


if __name__ == "__main__":
    main()
