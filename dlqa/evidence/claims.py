"""A claim, the test fixed for it before the run, and the verdict that a record gives.

A measured claim is tried under one or more conditions. Each gives one number a seed, and the
interval of their mean decides: it holds where the interval lies wholly beyond the margin, does not
where it lies wholly on the other side, and is practically equal to the margin where it lies within
the quantity's resolution around it. Where none of these is so at one look, the next has more seeds.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import xarray as xr

from dlqa.evidence.looks import error_at
from dlqa.evidence.means import interval
from dlqa.evidence.quantities import Coordinates, Quantity
from dlqa.evidence.records import Array
from dlqa.evidence.sides import Border, Side, decide, seeds_needed
from dlqa.evidence.verdicts import Kind, Verdict, combine

PLAIN = 0.05  # error of the interval that a page prints, each by itself


@dataclass(frozen=True)
class Condition:
    """One place in the record at which a claim is tried, named by its coordinates.

    relies: the verdict that the prose uses; None where it says that nothing is decided. quantity:
    the claim's, unless given.
    """

    at: Coordinates
    relies: Verdict | None
    quantity: Quantity | None = None

    @property
    def name(self) -> str:
        parts = [self.quantity.name] if self.quantity else []
        parts += [str(label) for label in self.at.values()]
        return re.sub(r"[^a-z0-9]+", "_", "_".join(parts).lower())


@dataclass(frozen=True)
class Claim:
    """What is claimed, how it is decided, and what the page's prose relies on.

    A measured claim has conditions, and holds in one where the mean of its samples lies above
    `margin` (below it with `below`). `given` are labels at which its quantity is asked under every
    condition. A derived claim has a `check` of the record. A cited one has only the verdict that
    its source gives.
    """

    id: str
    kind: Kind
    source: str
    quantity: Quantity | None = None
    margin: float = 0.0
    below: bool = False
    conditions: tuple[Condition, ...] = ()
    given: Coordinates = field(default_factory=dict)
    check: Callable[[xr.Dataset], bool] | None = None
    stated: Verdict | None = None

    def only(self, condition: Condition) -> "Claim":
        """The claim with that condition alone."""
        return replace(self, conditions=(condition,))

    def quantity_of(self, condition: Condition) -> Quantity:
        quantity = condition.quantity or self.quantity
        assert quantity is not None, f"claim {self.id} is measured but has no quantity"
        return quantity

    def border_of(self, condition: Condition) -> Border:
        quantity = self.quantity_of(condition)
        return Border(self.margin, quantity.resolution, quantity.low, quantity.high)

    def samples(self, condition: Condition, record: xr.Dataset) -> Array:
        """One number a seed, [S]. Raises ValueError where the record does not have them."""
        at = {**self.given, **condition.at}
        return self.quantity_of(condition).samples(record, at)

    def verdict_of(self, side: Side) -> Verdict:
        """What a side of the margin means for this claim."""
        if side is Side.EQUAL:
            return Verdict.EQUAL
        if side is Side.UNDECIDED:
            return Verdict.UNDECIDED
        return Verdict.HOLDS if (side is Side.BELOW) is self.below else Verdict.FAILS

    def side_of(self, verdict: Verdict) -> Side:
        """The side of the margin on which the mean lies where that is the verdict."""
        if verdict is Verdict.EQUAL:
            return Side.EQUAL
        return Side.BELOW if (verdict is Verdict.HOLDS) is self.below else Side.ABOVE


@dataclass(frozen=True)
class Outcome:
    """What was measured under one condition, at the first look that decides it or at the last.

    low, high: of the plain 95 % interval; least, most: of the one that decides, whose error is this
    look's share of the page's. leans: the verdict that the mean alone would give. needed: about how
    many seeds would decide it, where none did.
    """

    name: str
    relies: Verdict | None
    verdict: Verdict
    leans: Verdict
    effect: float
    low: float
    high: float
    least: float
    most: float
    seeds: int
    needed: float | None = None
    excluded: bool = False  # that the mean is as good as equal to the margin

    @property
    def contradicts(self) -> bool:
        """Whether the text is wrong: decided otherwise, or the mean lies on the other side."""
        if self.relies is None:
            return False
        if self.relies is Verdict.EQUAL:
            return self.excluded
        return self.relies is not self.leans

    @property
    def weak(self) -> bool:
        """Whether the text says more than this can carry, or leaves unsaid what is decided."""
        relied = self.relies or Verdict.UNDECIDED
        return not self.contradicts and self.verdict is not relied


@dataclass(frozen=True)
class Finding:
    """A claim's verdict, with the outcome of each of its conditions."""

    id: str
    kind: Kind
    source: str
    verdict: Verdict
    outcomes: tuple[Outcome, ...] = ()
    broken: bool = False  # of a derived claim: its check failed

    @property
    def stops(self) -> list[str]:
        """Where the text is wrong, in words: the build stops there."""
        lines = [_told(self.id, outcome) for outcome in self.outcomes if outcome.contradicts]
        if self.broken:
            lines.append(f"{self.id}: its check of the record fails")
        return lines

    @property
    def warnings(self) -> list[str]:
        """Where verdict and text have come apart without contradiction, in words."""
        return [_told(self.id, outcome) for outcome in self.outcomes if outcome.weak]


def measured(
    id: str,
    source: str,
    quantity: Quantity,
    *conditions: tuple[Condition, ...],
    above: float | None = None,
    below: float | None = None,
    **given: object,
) -> Claim:
    """A claim that a quantity's mean lies above (or below) a margin, at conditions written with
    `holds`, `fails`, `equal` and `undecided`; `given` labels serve all of them."""
    if (above is None) == (below is None):
        raise ValueError(f"claim {id}: expected one margin, either above or below")
    margin = below if above is None else above
    assert margin is not None
    every = tuple(condition for group in conditions for condition in group)
    return Claim(id, Kind.MEASURED, source, quantity, margin, above is None, every, given)


def derived(id: str, source: str, verdict: Verdict, check: Callable[[xr.Dataset], bool]) -> Claim:
    """A claim that a closed form decides, which `check` evaluates."""
    return Claim(id, Kind.DERIVED, source, check=check, stated=verdict)


def cited(id: str, source: str, verdict: Verdict) -> Claim:
    """A claim that a source decides."""
    return Claim(id, Kind.CITED, source, stated=verdict)


def holds(quantity: Quantity | None = None, **at: object) -> tuple[Condition, ...]:
    """Conditions in which the text relies on the claim's holding: one for each combination of
    labels, where several are given of a dimension."""
    return _each(Verdict.HOLDS, quantity, at)


def fails(quantity: Quantity | None = None, **at: object) -> tuple[Condition, ...]:
    """Conditions in which the text relies on the claim's not holding."""
    return _each(Verdict.FAILS, quantity, at)


def equal(quantity: Quantity | None = None, **at: object) -> tuple[Condition, ...]:
    """Conditions in which the text relies on the mean's being as good as equal to the margin."""
    return _each(Verdict.EQUAL, quantity, at)


def undecided(quantity: Quantity | None = None, **at: object) -> tuple[Condition, ...]:
    """Conditions of which the text says that they are undecided; it relies on nothing there."""
    return _each(None, quantity, at)


def judge(claims: Sequence[Claim], looks: Sequence[xr.Dataset]) -> list[Finding]:
    """The finding of every claim of a page, from the record as it was at each look.

    A condition is looked at again where a record has more seeds for it than the last; at the first
    look that decides, it is decided. Raises ValueError where two claims, or two conditions of one,
    have the same name.
    """
    _check_names(claims)
    conditions = sum(len(claim.conditions) for claim in claims)
    return [finding(claim, looks, conditions) for claim in claims]


def finding(claim: Claim, looks: Sequence[xr.Dataset], conditions: int) -> Finding:
    """The finding of one claim, on a page of so many conditions."""
    if claim.kind is Kind.MEASURED:
        outcomes = tuple(_outcome(claim, each, looks, conditions) for each in claim.conditions)
        verdict = combine([outcome.verdict for outcome in outcomes])
        return Finding(claim.id, claim.kind, claim.source, verdict, outcomes)
    assert claim.stated is not None, f"claim {claim.id} is {claim.kind} but states no verdict"
    broken = claim.check is not None and not claim.check(looks[-1])
    verdict = Verdict.UNDECIDED if broken else claim.stated
    return Finding(claim.id, claim.kind, claim.source, verdict, broken=broken)


def _each(
    relies: Verdict | None, quantity: Quantity | None, at: Coordinates
) -> tuple[Condition, ...]:
    labels = [each if isinstance(each, tuple) else (each,) for each in at.values()]
    places = [dict(zip(at, chosen, strict=True)) for chosen in product(*labels)]
    return tuple(Condition(place, relies, quantity) for place in places)


def _check_names(claims: Sequence[Claim]) -> None:
    names = [claim.id for claim in claims]
    names += [f"{claim.id}_{condition.name}" for claim in claims for condition in claim.conditions]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"claims or conditions of one name: {', '.join(twice)}")


def _outcome(
    claim: Claim, condition: Condition, looks: Sequence[xr.Dataset], conditions: int
) -> Outcome:
    border = claim.border_of(condition)
    try:
        number, seen = -1, 0
        for record in looks:
            samples = claim.samples(condition, record)
            if len(samples) == seen:
                continue  # nothing new to look at
            number, seen = number + 1, len(samples)
            share = error_at(number, conditions)
            least, most = interval(samples, error=share, low=border.low, high=border.high)
            side = decide(least, most, border)
            if side is not Side.UNDECIDED:
                break
        low, high = interval(samples, error=PLAIN, low=border.low, high=border.high)
    except ValueError as error:
        raise ValueError(f"claim {claim.id}, condition {condition.name}: {error}") from error
    effect = float(samples.mean())
    band = border.margin - border.resolution, border.margin + border.resolution
    return Outcome(
        name=condition.name,
        relies=condition.relies,
        verdict=claim.verdict_of(side),
        leans=claim.verdict_of(Side.ABOVE if effect > border.margin else Side.BELOW),
        effect=effect,
        low=low,
        high=high,
        least=least,
        most=most,
        seeds=seen,
        needed=seeds_needed(samples, border, error=share) if side is Side.UNDECIDED else None,
        excluded=least > band[1] or most < band[0],
    )


def _told(identity: str, outcome: Outcome) -> str:
    relied = outcome.relies or Verdict.UNDECIDED
    return (
        f"{identity} ({outcome.name}): the page relies on {relied.value!r}, measured "
        f"{outcome.verdict.value!r} (effect {outcome.effect:.4g} "
        f"[{outcome.least:.4g}, {outcome.most:.4g}], {outcome.seeds} seeds)"
    )
