"""A claim, the test fixed for it before the run, and the verdict that a record gives.

A measured claim is tried under one or more conditions. Each condition gives one number a seed,
whose mean is compared with a margin. The p-values of all conditions of all claims of a page are
corrected together; only then does each condition hold, not hold, or stay undecided.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import xarray as xr

from dlqa.evidence.intervals import interval, p_value, test_used
from dlqa.evidence.multiplicity import holm
from dlqa.evidence.quantities import Coordinates, Quantity
from dlqa.evidence.verdicts import Kind, Verdict, combine

LEVEL = 0.05  # chance of any wrong verdict among a page's measured conditions


@dataclass(frozen=True)
class Condition:
    """One place in the record at which a claim is tried, named by its coordinates.

    quantity: the claim's, unless given. `leaning`: the prose relies on no verdict here, only on
    which side of the margin the mean lies, that of `expected`. For effects so near the border that
    another kind of processor, whose rounding is another, may leave them undecided.
    """

    at: Coordinates
    expected: Verdict
    quantity: Quantity | None = None
    leaning: bool = False

    @property
    def name(self) -> str:
        parts = [self.quantity.name] if self.quantity else []
        parts += [str(label) for label in self.at.values()]
        return re.sub(r"[^a-z0-9]+", "_", "_".join(parts).lower())


@dataclass(frozen=True)
class Claim:
    """What is claimed, how it is decided, and the verdict that the page's prose relies on.

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

    @property
    def expected(self) -> Verdict:
        if self.stated is not None:
            return self.stated
        return combine([condition.expected for condition in self.conditions])

    def quantity_of(self, condition: Condition) -> Quantity:
        quantity = condition.quantity or self.quantity
        assert quantity is not None, f"claim {self.id} is measured but has no quantity"
        return quantity


@dataclass(frozen=True)
class Outcome:
    """What was measured under one condition; `p` is corrected over the page.

    `side` is the verdict that the mean alone would give.
    """

    name: str
    expected: Verdict
    leaning: bool
    side: Verdict
    verdict: Verdict
    effect: float
    low: float
    high: float
    p: float
    seeds: int

    @property
    def surprising(self) -> bool:
        """Whether the prose is wrong."""
        relied = self.side if self.leaning and self.verdict is Verdict.UNDECIDED else self.verdict
        return relied is not self.expected


@dataclass(frozen=True)
class Finding:
    """A claim's verdict, with the outcome of each of its conditions."""

    id: str
    kind: Kind
    source: str
    expected: Verdict
    verdict: Verdict
    test: str
    outcomes: tuple[Outcome, ...] = ()

    @property
    def surprises(self) -> list[str]:
        """Where the verdict is not the one that the prose relies on, in words."""
        lines = [
            f"{self.id} ({o.name}): the page relies on {'the side of ' * o.leaning}"
            f"{o.expected.value!r}, measured {o.verdict.value!r} "
            f"(effect {o.effect:.4g} [{o.low:.4g}, {o.high:.4g}], p {o.p:.2g})"
            for o in self.outcomes
            if o.surprising
        ]
        if not self.outcomes and self.expected is not self.verdict:
            lines.append(
                f"{self.id}: the page relies on {self.expected.value!r}, "
                f"its check gives {self.verdict.value!r}"
            )
        return lines


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
    `holds`, `fails` and `undecided`; `given` labels serve all of them."""
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


def undecided(quantity: Quantity | None = None, **at: object) -> tuple[Condition, ...]:
    """Conditions of which the text says that they are undecided."""
    return _each(Verdict.UNDECIDED, quantity, at)


def leaning(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The same conditions, of which the prose says no more than which way the mean lies."""
    return tuple(replace(condition, leaning=True) for condition in conditions)


def judge(claims: Sequence[Claim], record: xr.Dataset) -> list[Finding]:
    """The finding of every claim of a page on its record, corrected together (Holm).

    Raises ValueError where two claims, or two conditions of one, have the same name.
    """
    _check_names(claims)
    tried = [(claim, condition) for claim in claims for condition in claim.conditions]
    raw = [_try(claim, condition, record) for claim, condition in tried]
    adjusted = holm([outcome.p for outcome in raw])
    outcomes: dict[str, list[Outcome]] = {claim.id: [] for claim in claims}
    for (claim, _), outcome, p in zip(tried, raw, adjusted, strict=True):
        outcomes[claim.id].append(_decided(outcome, p))
    return [_finding(claim, tuple(outcomes[claim.id]), record) for claim in claims]


def _each(expected: Verdict, quantity: Quantity | None, at: Coordinates) -> tuple[Condition, ...]:
    labels = [each if isinstance(each, tuple) else (each,) for each in at.values()]
    places = [dict(zip(at, chosen, strict=True)) for chosen in product(*labels)]
    return tuple(Condition(place, expected, quantity) for place in places)


def _check_names(claims: Sequence[Claim]) -> None:
    names = [claim.id for claim in claims]
    names += [f"{claim.id}_{condition.name}" for claim in claims for condition in claim.conditions]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"claims or conditions of one name: {', '.join(twice)}")


def _try(claim: Claim, condition: Condition, record: xr.Dataset) -> Outcome:
    try:
        samples = claim.quantity_of(condition).samples(record, {**claim.given, **condition.at})
        low, high = interval(samples)
        p = p_value(samples, claim.margin)
    except ValueError as error:
        raise ValueError(f"claim {claim.id}, condition {condition.name}: {error}") from error
    effect = float(samples.mean())
    beyond = effect < claim.margin if claim.below else effect > claim.margin
    return Outcome(
        name=condition.name,
        expected=condition.expected,
        leaning=condition.leaning,
        side=Verdict.HOLDS if beyond else Verdict.FAILS,
        verdict=Verdict.UNDECIDED,
        effect=effect,
        low=low,
        high=high,
        p=p,
        seeds=len(samples),
    )


def _decided(outcome: Outcome, p: float) -> Outcome:
    return replace(outcome, verdict=outcome.side if p < LEVEL else Verdict.UNDECIDED, p=p)


def _finding(claim: Claim, outcomes: tuple[Outcome, ...], record: xr.Dataset) -> Finding:
    if claim.kind is Kind.MEASURED:
        side = "below" if claim.below else "above"
        used = " or ".join(sorted({test_used(outcome.seeds) for outcome in outcomes}))
        test = f"{used} over seeds, mean {side} {claim.margin:g}, Holm over the page"
        verdict = combine([outcome.verdict for outcome in outcomes])
    elif claim.kind is Kind.DERIVED:
        assert claim.check is not None, f"claim {claim.id} is derived but has no check"
        assert claim.stated is not None, f"claim {claim.id} is derived but states no verdict"
        test = "closed form"
        verdict = claim.stated if claim.check(record) else Verdict.UNDECIDED
    else:
        assert claim.stated is not None, f"claim {claim.id} is cited but states no verdict"
        test, verdict = "literature", claim.stated
    return Finding(claim.id, claim.kind, claim.source, claim.expected, verdict, test, outcomes)
