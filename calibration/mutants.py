"""Which faults in a claim a build notices: every claim of the stored records, wrong in one way.

A mutant is caught where the build would stop: its evidence contradicts the text, a condition does not
read what it names, or the page does not state its margin. A margin that leaves every verdict as it
was is set apart: what the page says of it is still so. Claims on which the text relies nowhere have
no mutants.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import wraps
from itertools import pairwise

import xarray as xr

from calibration._stored import Recorded, recorded
from calibration._tables import Row, Table
from dlqa.evidence.claims import Claim, Condition, Finding, finding
from dlqa.evidence.quantities import Coordinates, Quantity
from dlqa.evidence.reading import dimension, misread
from dlqa.publishing.sources.checks import states

DIRECTION, MARGIN, ARMS = "direction turned", "margin moved", "arms exchanged"
CONDITIONS, LABELS = "conditions exchanged", "a neighbouring label read"
Change = Callable[[dict[str, object]], Coordinates]  # of the labels at which a quantity is asked


@dataclass(frozen=True)
class Mutant:
    """A claim that is wrong in one way."""

    how: str
    what: str
    claim: Claim


def tables(_repeats: int) -> Iterator[Table]:
    counts = {how: [0, 0, 0] for how in (DIRECTION, MARGIN, ARMS, CONDITIONS, LABELS)}
    survivors = []
    for record in recorded():
        for claim in record.claims:
            sound = finding(claim, record.looks, len(record.conditions))
            for mutant in mutants(claim, record.looks[0]):
                caught, same = tried(mutant, sound, record)
                aside = same and not caught and mutant.how == MARGIN
                for place, more in enumerate((1, aside, caught)):
                    counts[mutant.how][place] += more
                if not caught and not aside:
                    survivors.append(f"{record.name}: {claim.id}, {mutant.how}: {mutant.what}")
    if any(total for total, *_ in counts.values()):
        rows = [_row(how, *each) for how, each in counts.items() if each[0]]
        every = [sum(column) for column in zip(*counts.values(), strict=True)]
        title = "shares of wrong claims at which the build stops"
        yield Table("mutants", title, [*rows, _row("all", *every)], survivors, shares=["share"])


def _row(name: str, total: int, aside: int, caught: int) -> Row:
    share = caught / (total - aside) if total > aside else None
    return Row(name, {"mutants": total, "same verdicts": aside, "caught": caught, "share": share})


def tried(mutant: Mutant, sound: Finding, record: Recorded) -> tuple[bool, bool]:
    """Whether a mutant stops the build, and whether it leaves every verdict as it was."""
    try:
        found = finding(mutant.claim, record.looks, len(record.conditions))
    except ValueError:
        return True, False
    same = [o.verdict for o in found.outcomes] == [o.verdict for o in sound.outcomes]
    caught = bool(found.stops)
    if mutant.how == MARGIN:
        caught |= record.stated is not None and not states(record.stated, mutant.claim.margin)
    elif mutant.how in (CONDITIONS, LABELS):
        caught |= bool(misread([mutant.claim], record.looks[0]))
    return caught, same


def mutants(claim: Claim, record: xr.Dataset) -> Iterator[Mutant]:
    """Every way in which a claim can be wrong, if the text relies on it somewhere."""
    if not any(condition.relies for condition in claim.conditions):
        return
    yield Mutant(DIRECTION, f"below: {not claim.below}", replace(claim, below=not claim.below))
    yield from _margins(claim)
    if all(claim.quantity_of(each).low < 0 for each in claim.conditions):
        yield Mutant(ARMS, "what is subtracted from what", _measuring(claim, _turned))
    yield from _exchanged(claim)
    yield from _neighbours(claim, record)


def _margins(claim: Claim) -> Iterator[Mutant]:
    quantities = [claim.quantity_of(each) for each in claim.conditions]
    for margin in (-claim.margin, 10 * claim.margin, claim.margin / 10):
        if claim.margin and all(each.low < margin < each.high for each in quantities):
            yield Mutant(MARGIN, f"{claim.margin:g} → {margin:g}", replace(claim, margin=margin))


def _exchanged(claim: Claim) -> Iterator[Mutant]:
    for one, other in pairwise(claim.conditions):
        if one.quantity is other.quantity and one.at.keys() == other.at.keys():

            def change(
                at: dict[str, object], a: Condition = one, b: Condition = other
            ) -> Coordinates:
                for here, there in ((a.at, b.at), (b.at, a.at)):
                    if here.items() <= at.items():
                        return {**at, **there}
                return at

            yield Mutant(CONDITIONS, f"{one.name} ↔ {other.name}", _asking(claim, change))


def _neighbours(claim: Claim, record: xr.Dataset) -> Iterator[Mutant]:
    """A label that stands for another one: of those that the record has, the next."""
    asked = [{**claim.given, **condition.at} for condition in claim.conditions]
    for name, label in dict.fromkeys(pair for at in asked for pair in at.items()):
        if (dim := dimension(record, name, label)) is None:
            continue
        labels = record[dim].values.tolist()
        for neighbour in [*labels[labels.index(label) :], *labels[: labels.index(label)]][1:]:

            def change(
                at: dict[str, object], key: str = name, old: object = label, new: object = neighbour
            ) -> Coordinates:
                return {**at, key: new} if at.get(key) == old else at

            wrong = _asking(claim, change)
            if _found(wrong, record):
                yield Mutant(LABELS, f"{name}: {neighbour} for {label}", wrong)
                break


def _found(claim: Claim, record: xr.Dataset) -> bool:
    """Whether every condition finds its numbers."""
    try:
        return all(len(claim.samples(condition, record)) for condition in claim.conditions)
    except ValueError:
        return False


def _asking(claim: Claim, change: Change) -> Claim:
    """The claim with its quantities asked at other labels than it says."""

    def asked(quantity: Quantity) -> Quantity:
        @wraps(quantity.measure)
        def measure(record: xr.Dataset, **at: object) -> xr.DataArray:
            return quantity.measure(record, **change(at))

        return replace(quantity, measure=measure)

    return _measuring(claim, asked)


def _turned(quantity: Quantity) -> Quantity:
    @wraps(quantity.measure)
    def measure(record: xr.Dataset, **at: object) -> xr.DataArray:
        return -quantity.measure(record, **at)

    return replace(quantity, measure=measure)


def _measuring(claim: Claim, by: Callable[[Quantity], Quantity]) -> Claim:
    conditions = tuple(
        replace(each, quantity=each.quantity and by(each.quantity)) for each in claim.conditions
    )
    return replace(claim, quantity=claim.quantity and by(claim.quantity), conditions=conditions)
