"""The one turning point: is a stored result still true, or must it be made again?"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dlqa.evidence.values import Value
from dlqa.publishing.catalog import PACKAGE, Question
from dlqa.publishing.fingerprint import Fingerprint, of_exhibits, of_record
from dlqa.publishing.store import Damaged, Store

Say = Callable[[str], None]


class StageFailed(RuntimeError):
    """A study or a page's drawing ended with an error; it was printed where it happened."""


@dataclass(frozen=True)
class Published:
    """A question's results in the store."""

    slug: str
    record: Path
    exhibits: Path

    @cached_property
    def receipt(self) -> dict[str, Any]:  # what JSON holds
        return self._read(self.record / "receipt.json")

    @cached_property
    def claims(self) -> list[dict[str, Any]]:
        return self._read(self.exhibits / "claims.json")

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every number that a page may cite: the page's, the claims' effects, the receipt's."""
        measured = self._read(self.exhibits / "values.json")
        of_receipt = {name: _printed(value) for name, value in self.receipt.items()}
        return of_receipt | {name: Value(**value) for name, value in measured.items()}

    @cached_property
    def figures(self) -> list[str]:
        return sorted(path.name.removesuffix(".caption.json") for path in self._captions())

    def figure(self, name: str, language: str) -> str:
        return (self.exhibits / f"{name}.{language}.svg").read_text("utf-8")

    def caption(self, name: str, language: str) -> dict[str, str]:
        caption: dict[str, str] = self._read(self.exhibits / f"{name}.caption.json")[language]
        return caption

    def _captions(self) -> list[Path]:
        return list(self.exhibits.glob("*.caption.json"))

    def _read(self, path: Path) -> Any:
        return json.loads(path.read_text("utf-8"))


def publish(question: Question, store: Store, say: Say = print) -> Published:
    """The question's results, made anew where the stored ones are missing, stale or damaged.

    Raises StageFailed when the study or the drawing fails; nothing is stored then.
    """
    with store.locked(question.slug):
        record_key = of_record(question)
        record = _up_to_date(
            store, question, "record", record_key, ["record", question.slug], [], say
        )
        exhibits_key = of_exhibits(question, record_key)
        exhibits = _up_to_date(
            store, question, "exhibits", exhibits_key, ["exhibits", question.slug], [record], say
        )
    return Published(question.slug, record, exhibits)


def _up_to_date(
    store: Store,
    question: Question,
    kind: str,
    fingerprint: Fingerprint,
    stage: list[str],
    inputs: list[Path],
    say: Say,
) -> Path:
    slug = question.slug
    try:
        found = store.find(slug, kind, fingerprint.key)
    except Damaged as damage:
        say(f"{slug}: making {kind} again, what was stored is damaged: {damage}")
        store.discard(slug, kind, fingerprint.key)
        found = None
    else:
        if found is None:
            say(f"{slug}: making {kind}: {_reason(store, slug, kind, fingerprint)}")
    if found is None:
        with store.writing(slug, kind, fingerprint) as folder:
            _run_stage([*stage, str(folder), *map(str, inputs)])
        found = store.find(slug, kind, fingerprint.key)
        assert found is not None, "a result just written is there"
    return found


def _reason(store: Store, slug: str, kind: str, fingerprint: Fingerprint) -> str:
    latest = store.latest(slug, kind)
    if latest is None:
        return "there is none yet"
    changes = fingerprint.changes_since(latest)
    more = f" and {len(changes) - 4} more" if len(changes) > 4 else ""
    return "; ".join(changes[:4]) + more or "the one found was damaged"


def _run_stage(arguments: list[str]) -> None:
    """In a new process, so that a long-lived server never computes with modules it loaded before."""
    path = os.pathsep.join([str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "dlqa.publishing.worker", *arguments]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, check=False)
    if done.returncode:
        stage, slug = arguments[:2]
        raise StageFailed(f"{slug}: its {stage} could not be made (exit {done.returncode})")


def _printed(value: object) -> Value:
    if isinstance(value, float):
        return Value(value, f"{value:.1f}" if value >= 10 else f"{value:.2f}")
    if isinstance(value, int):
        return Value(value, f"{value:,}" if value >= 10_000 else str(value))
    return Value(None, str(value))
