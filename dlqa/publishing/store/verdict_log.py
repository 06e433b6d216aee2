"""How verdicts have changed from deploy to deploy: what the site publishes and the next one reads.

The published file comes back over the network, so it is read as any stranger's.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dlqa.evidence.verdicts import Verdict
from dlqa.publishing.store.findings import FoundClaim, Words
from dlqa.publishing.store.reading import decoded
from dlqa.publishing.store.results import Published, written
from dlqa.publishing.store.shelves import Damaged, Store
from dlqa.publishing.store.stop import Stop

FILE = "verdicts.json"
SHELF = "verdict-log"  # of the store
NAME = re.compile(r"[\w.:+-]*")  # of a question, a claim or a condition: no sign of HTML's
FORM = re.compile(r"\+?(\.\d{1,2})?[efg%]?")


@dataclass(frozen=True)
class Standing:
    """What was found of a claim, or of one of its conditions: its figures where it was measured."""

    verdict: Verdict
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    seeds: int = 0


@dataclass(frozen=True)
class Change:
    """A verdict that is another than at the deploy before; `when` and `cpu` are the new one's."""

    when: str
    cpu: str
    slug: str
    claim: str
    condition: str  # "" of a claim that no study decides
    label: Words
    form: str
    before: Standing
    after: Standing


@dataclass(frozen=True)
class Log:
    """Where everything stood at the last deploy, by question, claim and condition; all changes."""

    when: str = ""
    latest: dict[str, dict[str, dict[str, Standing]]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)  # the newest first


class NoLog(Stop):
    """A file that is no log of verdicts."""


def read(path: Path) -> Log:
    """A log. Raises NoLog where the file is none."""
    try:
        log = decoded(path, Log)
    except Damaged as damage:
        raise NoLog(f"no log of verdicts: {damage}") from damage
    for each in log.changes:
        names = (each.slug, each.claim, each.condition)
        if not all(map(NAME.fullmatch, names)) or not FORM.fullmatch(each.form):
            raise NoLog(f"{path}: not to be published: {names}, {each.form!r}")
    return log


def kept(store: Store) -> Log | None:
    """The log that the site is to show; None where none was made."""
    path = store.folder / SHELF / FILE
    return read(path) if path.is_file() else None


def keep(log: Log, store: Store) -> None:
    path = store.folder / SHELF / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(log))


def continued(before: Log, published: Mapping[str, Published]) -> Log:
    """The log with what has changed; what was not there before, or no longer is, has not."""
    changes = [
        change
        for slug, results in published.items()
        for claim in results.claims
        for change in _changes(results, claim, before.latest.get(slug, {}).get(claim.id, {}))
    ]
    latest = {
        slug: {claim.id: dict(_standings(claim)) for claim in results.claims}
        for slug, results in published.items()
    }
    when = max((str(results.receipt["measured_at"]) for results in published.values()), default="")
    return Log(when, latest, [*changes, *before.changes])


def changed(before: Log, after: Log) -> list[Change]:
    """What the later one has that the earlier has not."""
    return after.changes[: len(after.changes) - len(before.changes)]


def _changes(
    results: Published, claim: FoundClaim, before: Mapping[str, Standing]
) -> Iterator[Change]:
    labels = {condition.name: condition.label for condition in claim.conditions}
    for name, now in _standings(claim):
        if name in before and before[name].verdict != now.verdict:
            when, cpu = (str(results.receipt[key]) for key in ("measured_at", "cpu"))
            of = (results.slug, claim.id, name, labels.get(name, {}), claim.form)
            yield Change(when, cpu, *of, before[name], now)


def _standings(claim: FoundClaim) -> Iterable[tuple[str, Standing]]:
    if not claim.conditions:
        return [("", Standing(claim.verdict))]
    return [
        (one.name, Standing(one.verdict, one.effect, one.low, one.high, one.seeds))
        for one in claim.conditions
    ]
