"""The one turning point: is a stored result still true, or must it be made again?"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from dlqa.publishing.store import promises
from dlqa.publishing.store.catalog import Question
from dlqa.publishing.store.fingerprint import Fingerprint, digest, ingredients, of_files
from dlqa.publishing.store.records import promised
from dlqa.publishing.store.results import RECORD, SEEDS, Published
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Say, Stage, files, work
from dlqa.publishing.words import word


def publish(question: Question, store: Store, say: Say = print) -> Published:
    """The question's results, made anew where the stored ones are missing, stale or damaged.

    Its record is made of blocks: the first has every part's seeds, and each look at the claims may
    ask for more. Raises StageFailed when the study or the drawing fails; nothing is stored then.
    """
    slug = question.slug
    blocks = [_block(question, store, 0, "", say)]
    while seeds := _look(question, store, blocks, say):
        blocks.append(_block(question, store, len(blocks), seeds, say))
    holds = promises.exhibits(question.languages)
    exhibits = Stage(store, slug, "exhibits", of_exhibits(question, blocks), holds)
    drawn = exhibits.up_to_date(partial(work, "exhibits", slug, *blocks), say)
    return Published(slug, tuple(blocks), drawn)


def _block(question: Question, store: Store, number: int, seeds: str, say: Say) -> Path:
    """The folder of a block of the record: the first, or one of further seeds (JSON, by part)."""
    kind = f"record-{number}" if number else "record"
    holds = promised(question.load("record").VARIABLES, whole=not number)
    stage = Stage(store, question.slug, kind, of_block(question, seeds), holds)
    return stage.up_to_date(partial(work, "record", question.slug, seeds), say)


def _look(question: Question, store: Store, blocks: Sequence[Path], say: Say) -> str:
    """The seeds that conditions still ask for, as JSON by part; "" where none."""
    kind = f"look-{len(blocks)}"
    stage = Stage(store, question.slug, kind, of_look(question, blocks), files(SEEDS))
    found = stage.up_to_date(partial(work, "look", question.slug, *blocks), say)
    seeds = json.loads((found / SEEDS).read_text("utf-8"))
    return json.dumps(seeds, sort_keys=True) if seeds else ""


def of_block(question: Question, seeds: str = "") -> Fingerprint:
    """What a block depends on: settings, code and seeds; imports `record`, never torch."""
    record = question.load("record")
    given = {"params": record.Params(), "source work": record.SOURCE_WORK}
    settings = {
        f"{name}.{field}": repr(value)
        for name, params in given.items()
        if params is not None  # a source that timed nothing
        for field, value in asdict(params).items()
    }
    more = {"seeds": seeds} if seeds else {}
    data = of_files(question.data)
    return Fingerprint(settings | more | data | ingredients(question.module_name("study")))


def of_look(question: Question, blocks: Sequence[Path]) -> Fingerprint:
    """What the next seeds depend on: what was measured, the claims, and the study's limits."""
    found = _contents(blocks) | ingredients("dlqa.evidence.further")
    for part in ("claims", "study"):
        found |= ingredients(question.module_name(part))
    return Fingerprint(found | of_files(question.data))


def of_exhibits(question: Question, blocks: Sequence[Path]) -> Fingerprint:
    """What its values, claims and figures depend on: record, code and words.

    The record's content and not its key: one made again after damage may differ in the last
    digits, and a helper that changed may leave it as it was.
    """
    found = _contents(blocks) | ingredients("dlqa.publishing.exhibits.exhibits")
    for part in ("claims", "figures", "live"):
        if part in question.modules:
            found |= ingredients(question.module_name(part))
    for language in question.languages:  # the one of the machinery's words that labels hold
        found[f"what joins labels in {language}"] = word("between", language)
    return Fingerprint(found | of_files([*question.words, *question.data]))


def _contents(blocks: Sequence[Path]) -> dict[str, str]:
    return {
        f"record {number}": digest((block / RECORD).read_bytes())
        for number, block in enumerate(blocks)
    }
