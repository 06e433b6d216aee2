"""Find it or make it, once for all: results that are missing, stale or damaged are made anew."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dlqa.publishing.store.catalog import PACKAGE
from dlqa.publishing.store.fingerprint import Fingerprint
from dlqa.publishing.store.shelves import Damaged, Store

Say = Callable[[str], None]
Make = Callable[[Path], None]  # writes a result's files into the folder


class StageFailed(RuntimeError):
    """A study or a page's drawing ended with an error; it was printed where it happened."""


@dataclass(frozen=True)
class Stage:
    """One kind of results of a question, or of the whole site, and what it depends on."""

    store: Store
    slug: str
    kind: str
    fingerprint: Fingerprint

    def up_to_date(self, make: Make, say: Say) -> Path:
        """The folder of the stored result, or of the one made now, saying why."""
        place = (self.slug, self.kind, self.fingerprint.key)
        with self.store.locked(self.slug):
            try:
                found = self.store.find(*place)
                reason = self._reason() if found is None else ""
            except Damaged as damage:
                self.store.discard(*place)
                found, reason = None, f"what was stored is damaged: {damage}"
            if found is None:
                say(f"{self.slug}: making {self.kind}: {reason}")
                with self.store.writing(self.slug, self.kind, self.fingerprint) as folder:
                    make(folder)
                found = self.store.find(*place)
                assert found is not None, "a result just written is there"
            return found

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
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run([*command, *map(str, given)], env=environment, check=False)
    if done.returncode:
        raise StageFailed(f"{slug}: its {stage} could not be made (exit {done.returncode})")
