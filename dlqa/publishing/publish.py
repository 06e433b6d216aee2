"""The one turning point: is a stored result still true, or must it be made again?"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from dlqa.publishing.store import promises
from dlqa.publishing.store.catalog import Question
from dlqa.publishing.store.findings import FoundClaim
from dlqa.publishing.store.fingerprint import Fingerprint, digest, ingredients, of_files
from dlqa.publishing.store.records import promised
from dlqa.publishing.store.results import CLAIMS, RECORD, SEEDS, Published, claims_in
from dlqa.publishing.store.shelves import Damaged, Store
from dlqa.publishing.store.stages import Say, Stage, files, work
from dlqa.publishing.words import word


def publish(question: Question, store: Store, say: Say = print) -> Published:
    """The question's results, made anew where the stored ones are missing, stale or damaged.

    Raises StageFailed when the study or the drawing fails; nothing is stored then.
    """
    slug, blocks = question.slug, _Recording(question, store).made(say)
    making = partial(work, "exhibits", slug, *blocks)
    drawn = _exhibits(question, store, blocks).up_to_date(making, say)
    return Published(slug, tuple(blocks), drawn)


def current(question: Question, store: Store) -> Published | None:
    """The question's results where all of them are there and still true; none is made."""
    try:
        blocks, complete = _Recording(question, store).found()
        drawn = _exhibits(question, store, blocks).found() if complete else None
    except Damaged:
        return None
    return Published(question.slug, tuple(blocks), drawn) if drawn else None


def rejudge(question: Question, store: Store, later: int, say: Say = print) -> list[FoundClaim]:
    """What is found of its claims on other seeds, so many later than those of its page.

    Its study runs for them as for the page's, looks and all; nothing of it is shown on a page.
    """
    blocks = _Recording(question, store, later).made(say)
    claims = Stage(store, question.slug, "later-claims", of_claims(question, blocks), files(CLAIMS))
    return claims_in(claims.up_to_date(partial(work, "claims", question.slug, *blocks), say))


def stored(question: Question, store: Store, later: int = 0) -> list[Path]:
    """The blocks of such a record that are there and still true; none is made."""
    return _Recording(question, store, later).found()[0]


@dataclass(frozen=True)
class _Recording:
    """A question's record in the making, of the page's seeds or of seeds so many later.

    It is made of blocks: the first has every part's seeds, and each look at the claims may ask for
    more.
    """

    question: Question
    store: Store
    later: int = 0

    def made(self, say: Say) -> list[Path]:
        """The folders of its blocks, each made where it is missing."""
        slug, blocks, seeds = self.question.slug, list[Path](), ""
        while True:
            making = partial(work, "record", slug, str(self.later), seeds)
            blocks.append(self._block(len(blocks), seeds).up_to_date(making, say))
            looking = partial(work, "look", slug, *blocks)
            if not (seeds := _asked(self._look(blocks).up_to_date(looking, say))):
                return blocks

    def found(self) -> tuple[list[Path], bool]:
        """The folders of those blocks that are there, and whether that is all of them."""
        blocks, seeds = list[Path](), ""
        while block := self._block(len(blocks), seeds).found():
            blocks.append(block)
            look = self._look(blocks).found()
            if not look or not (seeds := _asked(look)):
                return blocks, look is not None
        return blocks, False

    def _block(self, number: int, seeds: str) -> Stage:
        """A block: the first, or one of further seeds (JSON, by part)."""
        kind = self._kind(f"record-{number}" if number else "record")
        whole = not number and not self.later  # what follows the page's first seeds is of it alone
        holds = promised(self.question.load("record").VARIABLES, whole=whole)
        fingerprint = of_block(self.question, seeds, self.later)
        return Stage(self.store, self.question.slug, kind, fingerprint, holds)

    def _look(self, blocks: Sequence[Path]) -> Stage:
        """The seeds that conditions still ask for."""
        kind, fingerprint = self._kind(f"look-{len(blocks)}"), of_look(self.question, blocks)
        return Stage(self.store, self.question.slug, kind, fingerprint, promises.look)

    def _kind(self, name: str) -> str:
        return f"later-{name}" if self.later else name


def _exhibits(question: Question, store: Store, blocks: Sequence[Path]) -> Stage:
    holds = promises.exhibits(question.languages)
    return Stage(store, question.slug, "exhibits", of_exhibits(question, blocks), holds)


def of_block(question: Question, seeds: str = "", later: int = 0) -> Fingerprint:
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
    more |= {"seeds later": str(later)} if later else {}
    data = of_files(question.data)
    return Fingerprint(settings | more | data | ingredients(question.module_name("study")))


def of_look(question: Question, blocks: Sequence[Path]) -> Fingerprint:
    """What the next seeds depend on: what was measured, the claims, and the study's limits."""
    found = _contents(blocks) | ingredients("dlqa.evidence.further")
    for part in ("claims", "study"):
        found |= ingredients(question.module_name(part))
    return Fingerprint(found | of_files(question.data))


def of_claims(question: Question, blocks: Sequence[Path]) -> Fingerprint:
    """What the findings alone depend on: record, claims and words."""
    found = _contents(blocks) | ingredients("dlqa.publishing.exhibits.judged")
    found |= ingredients(question.module_name("claims"))
    return Fingerprint(found | _words(question))


def of_exhibits(question: Question, blocks: Sequence[Path]) -> Fingerprint:
    """What its values, claims and figures depend on: record, code and words.

    The record's content and not its key: one made again after damage may differ in the last
    digits, and a helper that changed may leave it as it was.
    """
    found = _contents(blocks) | ingredients("dlqa.publishing.exhibits.exhibits")
    for part in ("claims", "figures", "live", "trainable"):
        if part in question.modules:
            found |= ingredients(question.module_name(part))
    return Fingerprint(found | _words(question))


def _asked(look: Path) -> str:
    """The seeds that a look asks for, as JSON by part; "" where none."""
    seeds = json.loads((look / SEEDS).read_text("utf-8"))
    return json.dumps(seeds, sort_keys=True) if seeds else ""


def _words(question: Question) -> dict[str, str]:
    """What its words depend on, and what its modules may read."""
    found = of_files([*question.words, *question.data])
    for language in question.languages:  # the one of the machinery's words that labels hold
        found[f"what joins labels in {language}"] = word("between", language)
    return found


def _contents(blocks: Sequence[Path]) -> dict[str, str]:
    return {
        f"record {number}": digest((block / RECORD).read_bytes())
        for number, block in enumerate(blocks)
    }
