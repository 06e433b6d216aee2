"""Runs one stage of a question in a process of its own: `python -m dlqa.publishing.worker`.

`record SLUG LATER SEEDS FOLDER` runs the study on seeds so many later than those of its page, all of
it or its parts for further seeds (JSON: by part the first and the one after the last, counted from
0); `look SLUG BLOCK… FOLDER` says which seeds its claims still ask for; `claims SLUG BLOCK… FOLDER`
judges the record that lies in the blocks' folders, `exhibits SLUG BLOCK… FOLDER` judges and draws
it; `exercise SLUG SCRIPT FOLDER` runs the exercise and writes its notebooks; `font
formulas FOLDER` cuts the font of the formulas.
"""

import json
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dlqa.publishing import remote
from dlqa.publishing.store.catalog import Question, find
from dlqa.publishing.store.processes import end_with_parent
from dlqa.publishing.store.receipts import receipt, stopwatch
from dlqa.publishing.store.records import load, save
from dlqa.publishing.store.results import CLAIMS, RECEIPT, SEEDS, Exercise, combined, written
from dlqa.publishing.store.shelves import made_from
from dlqa.publishing.store.watch import watch
from dlqa.publishing.telling import told

if TYPE_CHECKING:
    import xarray as xr
WATCHED = {
    "record",
    "look",
    "claims",
    "exhibits",
}  # stages that run a question's code in this process


def main(arguments: list[str]) -> None:
    try:
        make(*arguments)
    except Exception as error:
        sys.exit(told(error))


def make(stage: str, slug: str, *places: str) -> None:
    """Each stage imports what it needs: no study loads matplotlib, and the font nothing else."""
    *given, last = places
    folder = Path(last)
    if stage == "record":
        make_record(find(slug), int(given[0]), given[1], folder)
    elif stage == "look":
        make_look(find(slug), [Path(each) for each in given], folder)
    elif stage == "claims":
        make_claims(find(slug), [Path(each) for each in given], folder)
    elif stage == "exhibits":
        make_exhibits(find(slug), [Path(each) for each in given], folder)
    elif stage == "exercise":
        make_exercise(find(slug), Path(given[0]), folder)
    elif stage == "font":
        from dlqa.publishing.formulas.font import write_font

        write_font(folder)
    else:
        expected = "record, look, claims, exhibits, exercise or font"
        raise ValueError(f"unknown stage {stage!r}; expected {expected}")


def make_record(question: Question, later: int, seeds: str, folder: Path) -> None:
    """Runs the study for a block of seeds; with the page's first, three times what its source timed."""
    from dlqa.evidence.records import check, gathered
    from dlqa.lab.parts import blocks, run

    parameters, study = question.load("record"), question.load("study")
    parts = {
        name: replace(part, first=part.first + later)
        for name, part in study.parts(parameters.Params()).items()
    }
    further = {name: parts[name].block(*ends) for name, ends in json.loads(seeds or "{}").items()}
    of_page = not further and not later
    log = _Log(question.slug)
    elapsed, machines = stopwatch(), ""
    if address := remote.scheduler():
        with remote.pool(address, question.slug) as (pool, machines):
            found = blocks(parts, log, seeds=further or None, pool=pool)
    else:
        found = blocks(parts, log, seeds=further or None)
    seconds = elapsed()
    source_seconds = None  # of a source that timed nothing, and of further and later seeds
    if of_page:
        check(gathered(found.values()), parameters.VARIABLES)
    if parameters.SOURCE_WORK is not None and of_page:
        work = study.parts(parameters.SOURCE_WORK)
        source_seconds = statistics.median(_seconds(lambda: run(work)) for _ in range(3))
    log.close(seconds)
    save(found, folder)
    facts = receipt(seconds, source_seconds, log.networks, log.network_steps)
    if machines:
        facts["cpu"] = machines
    (folder / RECEIPT).write_text(json.dumps(facts, indent=1, ensure_ascii=False), "utf-8")


def make_look(question: Question, blocks: Sequence[Path], folder: Path) -> None:
    """Writes which seeds the claims still ask for, none where all is decided or spent."""
    from dlqa.evidence.further import further_seeds

    parameters = question.load("record")
    parts = question.load("study").parts(parameters.Params())
    most = {name: part.limit for name, part in parts.items()}
    wanted = further_seeds(question.load("claims").CLAIMS, _looks(blocks), most)
    (folder / SEEDS).write_text(json.dumps(wanted), "utf-8")


def make_claims(question: Question, blocks: Sequence[Path], folder: Path) -> None:
    """Judges the record that lies in the blocks' folders."""
    from dlqa.evidence.records import gathered
    from dlqa.publishing.exhibits.judged import judged

    looks = [gathered(look.values()) for look in _looks(blocks)]
    labels = {language: question.labels(language) for language in question.languages}
    found = judged(question.load("claims").CLAIMS, looks, labels)
    (folder / CLAIMS).write_bytes(written(found))


def make_exhibits(question: Question, blocks: Sequence[Path], folder: Path) -> None:
    """Judges and draws the record that lies in the blocks' folders."""
    from dlqa.evidence.records import check, gathered
    from dlqa.publishing.exhibits.exhibits import exhibited, write_exhibits

    looks = [gathered(look.values()) for look in _looks(blocks)]
    check(looks[-1], question.load("record").VARIABLES)
    facts = combined([json.loads((block / RECEIPT).read_text("utf-8")) for block in blocks])
    write_exhibits(exhibited(question, looks[0]), looks, facts, folder)


def make_exercise(question: Question, script: Path, folder: Path) -> None:
    """Runs the exercise of that script."""
    from dlqa.publishing.exercises.notebooks import write_exercise

    write_exercise(script, Exercise(question.slug, folder))


def _looks(folders: Sequence[Path]) -> "list[dict[str, xr.Dataset]]":
    """What each part had given at each look, from the blocks that lie in folders. Raises BadRecord."""
    from dlqa.evidence.further import joined

    blocks = [load(folder) for folder in folders]
    return [joined(blocks[: number + 1]) for number in range(len(blocks))]


def _seconds(work: Callable[[], object]) -> float:
    elapsed = stopwatch()
    work()
    return elapsed()


class _Log:
    """Says on standard error how far a study has come: one line kept up to date, or plain lines."""

    def __init__(self, slug: str) -> None:
        self.slug, self.networks, self.network_steps = slug, 0, 0
        self.seconds = stopwatch()
        self._say(f"{slug}: running its study")

    def __call__(self, part: str, number: int, parts: int, networks: int, steps: int) -> None:
        self.networks += networks
        self.network_steps += networks * steps
        work = f", {networks} networks × {steps} steps" if networks else ""
        self._say(f"{self.slug}: {number}/{parts} {part}{work}, {self.seconds():.1f} s so far")

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


if __name__ in {"__main__", "__mp_main__"}:  # also in each process of a study's pool
    end_with_parent()
    if sys.argv[1] in WATCHED:
        watch(made_from(Path(sys.argv[-1])).ingredients)
if __name__ == "__main__":
    main(sys.argv[1:])
