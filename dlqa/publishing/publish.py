"""The one turning point: is a stored result still true, or must it be made again?"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dlqa.publishing.catalog import PACKAGE, Question
from dlqa.publishing.fingerprint import (
    Fingerprint,
    of_exhibits,
    of_font,
    of_lab,
    of_lab_page,
    of_record,
)
from dlqa.publishing.mathfont import FONT
from dlqa.publishing.results import PAGE, RECORD, Lab, Published
from dlqa.publishing.store import Damaged, Store

Say = Callable[[str], None]
Make = Callable[[Path], None]  # writes a result's files into the folder


class StageFailed(RuntimeError):
    """A study or a page's drawing ended with an error; it was printed where it happened."""


def publish(question: Question, store: Store, say: Say = print) -> Published:
    """The question's results, made anew where the stored ones are missing, stale or damaged.

    Raises StageFailed when the study or the drawing fails; nothing is stored then.
    """
    slug = question.slug
    with store.locked(slug):
        record = _Stage(store, slug, "record", of_record(question))
        study = record.up_to_date(partial(_work, "record", slug), say)
        exhibits = _Stage(store, slug, "exhibits", of_exhibits(question, study / RECORD))
        drawn = exhibits.up_to_date(partial(_work, "exhibits", slug, study), say)
    return Published(slug, study, drawn)


def publish_lab(slug: str, script: Path, store: Store, say: Say = print) -> Lab:
    """The notebooks of a question's lab, run anew where the stored ones are missing or stale.

    Raises StageFailed when a cell fails or the script is not what it should be.
    """
    with store.locked(slug):
        stage = _Stage(store, slug, "lab", of_lab(script))
        return Lab(slug, stage.up_to_date(partial(_work, "lab", slug, script), say))


def publish_lab_page(
    results: Published, language: str, store: Store, convert: Callable[[], str], say: Say = print
) -> str:
    """The HTML of a lab's executed notebook, made by `convert` where there is none of it."""
    assert results.lab, "a site has its labs"

    def make(folder: Path) -> None:
        (folder / PAGE).write_text(convert(), "utf-8")

    with store.locked(results.slug):
        kind, fingerprint = f"lab-page-{language}", of_lab_page(results.lab, language)
        stage = _Stage(store, results.slug, kind, fingerprint)
        return (stage.up_to_date(make, say) / PAGE).read_text("utf-8")


def publish_font(store: Store, say: Say = print) -> bytes:
    """The font of the formulas, cut anew where the stored one is missing, stale or damaged."""
    with store.locked("formulas"):
        stage = _Stage(store, "formulas", "font", of_font())
        return (stage.up_to_date(partial(_work, "font", "formulas"), say) / FONT).read_bytes()


@dataclass(frozen=True)
class _Stage:
    """One kind of a question's results and what it depends on."""

    store: Store
    slug: str
    kind: str
    fingerprint: Fingerprint

    def up_to_date(self, make: Make, say: Say) -> Path:
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


def _work(stage: str, slug: str, *places: Path) -> None:
    """A stage in a new process, so that a long-lived server never computes with stale modules.

    The last of `places` is the folder of the result, the ones before are what it is made from.

    The process loads this very package, whatever lies in the current folder (-P), and leaves no
    byte code where a server forbids it (-B), since new files would make the server build again.
    """
    path = os.pathsep.join([str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    options = ["-P", *(["-B"] if sys.dont_write_bytecode else [])]
    command = [sys.executable, *options, "-m", "dlqa.publishing.worker", stage, slug]
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run([*command, *map(str, places)], env=environment, check=False)
    if done.returncode:
        raise StageFailed(f"{slug}: its {stage} could not be made (exit {done.returncode})")
