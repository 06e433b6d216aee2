"""What was found of every claim, in the words of every language, as it is published."""

import math
from collections.abc import Mapping, Sequence

import xarray as xr

from dlqa.drawing.labels import Labels
from dlqa.evidence.claims import Claim, Finding, Outcome, judge
from dlqa.evidence.reading import misread
from dlqa.publishing.store.findings import FoundClaim, FoundCondition


def judged(
    claims: Sequence[Claim], looks: Sequence[xr.Dataset], labels: Mapping[str, Labels]
) -> list[FoundClaim]:
    """The finding of each claim, from the record as it was at each look.

    Raises ValueError where a condition does not read what it names.
    """
    if wrong := misread(claims, looks[0]):
        raise ValueError("conditions that do not read what they name:\n  " + "\n  ".join(wrong))
    findings = judge(claims, looks)
    return [_found(*pair, labels) for pair in zip(claims, findings, strict=True)]


def _found(claim: Claim, finding: Finding, labels: Mapping[str, Labels]) -> FoundClaim:
    conditions = [
        _condition(claim, place, outcome, labels) for place, outcome in enumerate(finding.outcomes)
    ]
    quantity = claim.quantity
    return FoundClaim(
        id=finding.id,
        kind=finding.kind,
        verdict=finding.verdict,
        source=finding.source,
        quantity={k: w("quantity", quantity.name) for k, w in labels.items()} if quantity else {},
        margin=claim.margin,
        below=claim.below,
        form=quantity.form if quantity else "",
        resolution=quantity.resolution if quantity else 0.0,
        stops=finding.stops,
        warnings=finding.warnings,
        conditions=conditions,
    )


def _condition(
    claim: Claim, place: int, outcome: Outcome, labels: Mapping[str, Labels]
) -> FoundCondition:
    condition = claim.conditions[place]
    own = condition.quantity
    label = {
        language: words.joined(condition.at, *([words("short", own.name)] if own else []))
        for language, words in labels.items()
    }
    return FoundCondition(
        name=outcome.name,
        label=label,
        relies=outcome.relies,
        verdict=outcome.verdict,
        effect=outcome.effect,
        low=_finite(outcome.low),
        high=_finite(outcome.high),
        least=_finite(outcome.least),
        most=_finite(outcome.most),
        seeds=outcome.seeds,
        needed=outcome.needed and _finite(outcome.needed),
        weak=outcome.weak,
    )


def _finite(number: float) -> float | None:
    """JSON has no word for a bound that is not there."""
    return number if math.isfinite(number) else None
