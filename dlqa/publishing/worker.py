"""Runs one stage of a question in a process of its own: `python -m dlqa.publishing.worker`.

`record SLUG FOLDER` runs the study; `exhibits SLUG RECORD FOLDER` draws and judges its record;
`exercise SLUG SCRIPT FOLDER` runs the exercise and writes its notebooks; `font formulas FOLDER`
cuts the font of the formulas.
"""

import dataclasses
import json
import statistics
import sys
import time
from pathlib import Path
from types import ModuleType

import numpy as np

from dlqa.publishing.formulas.font import write_font
from dlqa.publishing.sources.source import PageErrors
from dlqa.publishing.store.catalog import Question, find
from dlqa.publishing.store.receipts import receipt
from dlqa.publishing.store.results import RECEIPT, RECORD, Exercise


def main(arguments: list[str]) -> None:
    stage, slug, *places = arguments
    paths = [Path(place) for place in places]
    if stage == "record":
        make_record(find(slug), *paths)
    elif stage == "exhibits":
        make_exhibits(find(slug), *paths)
    elif stage == "exercise":
        make_exercise(find(slug), *paths)
    elif stage == "font":
        write_font(*paths)
    else:
        raise ValueError(f"unknown stage {stage!r}; expected record, exhibits, exercise or font")


def make_record(question: Question, folder: Path) -> None:
    """Runs the study, then three times the work that its source timed, and writes what they left."""
    parameters, study = question.load("record"), question.load("study")
    log = _Log(question.slug)
    started = time.perf_counter()
    record = study.run(parameters.Params(), log)
    seconds = time.perf_counter() - started
    source_seconds = None  # of a source that timed nothing
    if parameters.SOURCE_WORK is not None:
        source_seconds = statistics.median(_timed(study, parameters.SOURCE_WORK) for _ in range(3))
    log.close(seconds)
    arrays = {f.name: np.asarray(getattr(record, f.name)) for f in dataclasses.fields(record)}
    np.savez_compressed(folder / RECORD, allow_pickle=False, **arrays)
    facts = receipt(seconds, source_seconds, log.networks, log.network_steps)
    (folder / RECEIPT).write_text(json.dumps(facts, indent=1, ensure_ascii=False), "utf-8")


def make_exhibits(question: Question, made: Path, folder: Path) -> None:
    """Judges and draws the record that lies in the folder `made`."""
    from dlqa.publishing.exhibits.exhibits import write_exhibits  # loads matplotlib

    receipt = json.loads((made / RECEIPT).read_text("utf-8"))
    write_exhibits(question.load("page"), load_record(question, made), receipt, folder)


def make_exercise(question: Question, script: Path, folder: Path) -> None:
    """Runs the exercise of that script; what is wrong there ends the process in its own words."""
    from dlqa.publishing.exercises.notebooks import (
        write_exercise,  # loads Jupyter, which no study needs
    )

    try:
        write_exercise(script, Exercise(question.slug, folder))
    except PageErrors as errors:
        sys.exit(str(errors))


def load_record(question: Question, folder: Path) -> object:
    """The stored record as the question's Record."""
    with np.load(folder / RECORD, allow_pickle=False) as arrays:
        return question.load("record").Record(**{name: arrays[name] for name in arrays.files})


def _timed(study: ModuleType, params: object) -> float:
    started = time.perf_counter()
    study.run(params)
    return time.perf_counter() - started


class _Log:
    """Says on standard error how far a study has come: one line kept up to date, or plain lines."""

    def __init__(self, slug: str) -> None:
        self.slug, self.networks, self.network_steps = slug, 0, 0
        self.started = time.perf_counter()
        self._say(f"{slug}: running its study")

    def __call__(self, part: str, number: int, parts: int, networks: int, steps: int) -> None:
        self.networks += networks
        self.network_steps += networks * steps
        seconds = time.perf_counter() - self.started
        work = f", {networks} networks × {steps} steps" if networks else ""
        self._say(f"{self.slug}: {number}/{parts} {part}{work}, {seconds:.1f} s so far")

    def close(self, seconds: float) -> None:
        rate = self.network_steps / seconds
        work = (
            f", {self.networks} networks, {self.network_steps} network-steps, {rate:,.0f} a second"
            if self.networks
            else ""
        )
        self._say(f"{self.slug}: {seconds:.1f} s{work}")
        if sys.stderr.isatty():
            print(file=sys.stderr)

    def _say(self, text: str) -> None:
        if sys.stderr.isatty():
            print(f"\r\x1b[2K{text}", end="", file=sys.stderr, flush=True)
        else:
            print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
