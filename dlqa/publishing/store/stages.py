"""Find it or make it, once for all: results that are missing, stale or damaged are made anew."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dlqa.publishing.store.catalog import PACKAGE
from dlqa.publishing.store.cores import OF_STUDY, OURS
from dlqa.publishing.store.fingerprint import Fingerprint
from dlqa.publishing.store.processes import run
from dlqa.publishing.store.shelves import Damaged, Say, Store
from dlqa.publishing.store.stop import Stop

__all__ = ["Make", "Promise", "Say", "Stage", "StageFailed", "files", "work"]
Make = Callable[[Path], None]  # writes a result's files into the folder
Promise = Callable[[Path], None]  # raises Damaged where a folder is not what the kind promises


class StageFailed(Stop, RuntimeError):
    """A study or a page's drawing ended with an error; it was printed where it happened."""


def files(*names: str) -> Promise:
    """The promise that these files are there, and hold something."""

    def check(folder: Path) -> None:
        paths = [folder / name for name in names]
        if absent := [path.name for path in paths if not path.is_file() or not path.stat().st_size]:
            raise Damaged(f"{folder}: missing or empty: {', '.join(absent)}")

    return check


@dataclass(frozen=True)
class Stage:
    """One kind of results of a question, or of the whole site, what it depends on and promises.

    What is promised is checked before a result is kept, and whenever it is found.
    """

    store: Store
    slug: str
    kind: str
    fingerprint: Fingerprint
    promise: Promise = field(default=files())

    def up_to_date(self, make: Make, say: Say) -> Path:
        """The folder of the stored result, or of the one made now, saying why.

        A result that is there is only read: that needs no lock and no right to write.
        """
        place = (self.slug, self.kind, self.fingerprint.key)
        try:
            if found := self.found():
                return found
        except Damaged:
            pass  # unless another build is about to make it anew
        with self.store.locked(self.slug, say):
            try:
                found = self.found()
                reason = self._reason() if found is None else ""
            except Damaged as damage:
                self.store.discard(*place)
                found, reason = None, f"what was stored is damaged: {damage}"
            if found is None:
                say(f"{self.slug}: making {self.kind}: {reason}")
                self._make(make)
                found = self.store.find(*place)
                assert found is not None, "a result just written is there"
            return found

    def found(self) -> Path | None:
        """The folder of the stored result, None where there is none. Raises Damaged."""
        found = self.store.find(self.slug, self.kind, self.fingerprint.key)
        if found:
            try:
                self.promise(found)
            except FileNotFoundError as error:  # another build discards it
                raise Damaged(f"{found}: {error}") from error
        return found

    def _make(self, make: Make) -> None:
        try:
            with self.store.writing(self.slug, self.kind, self.fingerprint) as folder:
                make(folder)
                self.promise(folder)
        except Damaged as damage:
            problem = f"{self.slug}: its {self.kind} is not what it should be, and is not kept"
            raise StageFailed(f"{problem}: {damage}") from damage

    def _reason(self) -> str:
        latest = self.store.latest(self.slug, self.kind)
        if latest is None:
            return "there is none yet"
        changes = self.fingerprint.changes_since(latest)
        more = f" and {len(changes) - 4} more" if len(changes) > 4 else ""
        return "; ".join(changes[:4]) + more


def work(stage: str, slug: str, *given: str | Path) -> None:
    """A stage in a new process, so that a long-lived server never computes with stale modules.

    The last of what is `given` is the folder of the result, before it what it is made from.

    The process loads this very package, whatever lies in the current folder (-P), and leaves no
    byte code where a server forbids it (-B), since new files would make the server build again.
    """
    path = os.pathsep.join([str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    options = ["-P", *(["-B"] if sys.dont_write_bytecode else [])]
    command = [sys.executable, *options, "-m", "dlqa.publishing.worker", stage, slug]
    with OURS.held(OF_STUDY if stage == "record" else 1) as cores:
        threads = {"OMP_NUM_THREADS": str(cores), **os.environ}
        code = run([*command, *map(str, given)], {**threads, "PYTHONPATH": path})
    if code:
        raise StageFailed(f"{slug}: its {stage} could not be made (exit {code})")
