"""The one turning point: is a stored result still true, or must it be made again?"""

from dataclasses import asdict
from functools import partial
from pathlib import Path

from dlqa.publishing.store.catalog import Question
from dlqa.publishing.store.fingerprint import Fingerprint, digest, ingredients
from dlqa.publishing.store.results import RECORD, Published
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Say, Stage, work


def publish(question: Question, store: Store, say: Say = print) -> Published:
    """The question's results, made anew where the stored ones are missing, stale or damaged.

    Raises StageFailed when the study or the drawing fails; nothing is stored then.
    """
    slug = question.slug
    record = Stage(store, slug, "record", of_record(question))
    study = record.up_to_date(partial(work, "record", slug), say)
    exhibits = Stage(store, slug, "exhibits", of_exhibits(question, study / RECORD))
    drawn = exhibits.up_to_date(partial(work, "exhibits", slug, study), say)
    return Published(slug, study, drawn)


def of_record(question: Question) -> Fingerprint:
    """What a question's record depends on; imports its `record` module, never torch."""
    record = question.load("record")
    given = {"params": record.Params(), "source work": record.SOURCE_WORK}
    settings = {
        f"{name}.{field}": repr(value)
        for name, params in given.items()
        if params is not None  # a source that timed nothing
        for field, value in asdict(params).items()
    }
    return Fingerprint(settings | ingredients(question.module_name("study")))


def of_exhibits(question: Question, record: Path) -> Fingerprint:
    """What its values, claims and figures depend on: the record's content and the page's code.

    Its content and not its key: a record made again after damage may differ in the last digits,
    and a helper that changed may leave it as it was.
    """
    content = {"record": digest(record.read_bytes())}
    renderer = ingredients("dlqa.publishing.exhibits.exhibits")
    return Fingerprint(content | renderer | ingredients(question.module_name("page")))
