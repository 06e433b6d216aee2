"""The one turning point: is a stored result still true, or must it be made again?"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dlqa.publishing.catalog import PACKAGE, Question
from dlqa.publishing.fingerprint import Fingerprint, of_exhibits, of_font, of_record
from dlqa.publishing.mathfont import FONT
from dlqa.publishing.results import RECORD, Published
from dlqa.publishing.store import Damaged, Store

Say = Callable[[str], None]


class StageFailed(RuntimeError):
    """A study or a page's drawing ended with an error; it was printed where it happened."""


def publish(question: Question, store: Store, say: Say = print) -> Published:
    """The question's results, made anew where the stored ones are missing, stale or damaged.

    Raises StageFailed when the study or the drawing fails; nothing is stored then.
    """
    slug = question.slug
    with store.locked(slug):
        record = _Stage(store, slug, "record", of_record(question)).up_to_date(say)
        drawn = of_exhibits(question, record / RECORD)
        exhibits = _Stage(store, slug, "exhibits", drawn, (record,)).up_to_date(say)
    return Published(slug, record, exhibits)


def publish_font(store: Store, say: Say = print) -> bytes:
    """The font of the formulas, cut anew where the stored one is missing, stale or damaged."""
    with store.locked("formulas"):
        cut = _Stage(store, "formulas", "font", of_font()).up_to_date(say)
        return (cut / FONT).read_bytes()


@dataclass(frozen=True)
class _Stage:
    """One kind of a question's results: what it depends on and the results it is made from."""

    store: Store
    slug: str
    kind: str  # also what the worker calls it
    fingerprint: Fingerprint
    inputs: tuple[Path, ...] = ()

    def up_to_date(self, say: Say) -> Path:
        """The folder of the stored result, or of the one made now, saying why."""
        place = (self.slug, self.kind, self.fingerprint.key)
        try:
            found = self.store.find(*place)
            reason = self._reason() if found is None else ""
        except Damaged as damage:
            self.store.discard(*place)
            found, reason = None, f"what was stored is damaged: {damage}"
        if found is None:
            say(f"{self.slug}: making {self.kind}: {reason}")
            with self.store.writing(self.slug, self.kind, self.fingerprint) as folder:
                _run_stage([self.kind, self.slug, str(folder), *map(str, self.inputs)])
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


def _run_stage(arguments: list[str]) -> None:
    """In a new process, so that a long-lived server never computes with modules it loaded before.

    The process loads this very package, whatever lies in the current folder (-P), and leaves no
    byte code where a server forbids it (-B), since new files would make the server build again.
    """
    path = os.pathsep.join([str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    options = ["-P", *(["-B"] if sys.dont_write_bytecode else [])]
    command = [sys.executable, *options, "-m", "dlqa.publishing.worker", *arguments]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, check=False)
    if done.returncode:
        stage, slug = arguments[:2]
        raise StageFailed(f"{slug}: its {stage} could not be made (exit {done.returncode})")
