"""What a page shows of a record: values, findings and figures, as files of one folder."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from dlqa.drawing.canvas import Drawing
from dlqa.evidence.claims import Claim, Finding, judge
from dlqa.evidence.values import Value, Values, value
from dlqa.publishing.exhibits.figure_files import write_figures, write_json
from dlqa.publishing.exhibits.live_grids import Lives, check_lives
from dlqa.publishing.store.results import CLAIMS, VALUES

TAKEN = {"claims", "values", "receipt"}  # JSON files that are published beside the figures'


class Page(Protocol):
    """What a question's page module holds; one with live figures has `LIVE: Lives` as well."""

    CLAIMS: Sequence[Claim[Any]]  # each page has a record type of its own
    FIGURES: Mapping[str, Callable[[Any, str], Drawing]]

    def values(self, record: Any) -> Values: ...


def write_exhibits(page: Page, record: object, receipt: Collection[str], folder: Path) -> None:
    """Writes values.json, claims.json and, for each figure, an SVG a language, CSV and JSON.

    Figures with controls come in every setting. Raises ValueError where one of the page's values
    has the name of a claim's effect or of one of the receipt's entries, which a page cites in the
    same way, or a figure that of another file, and where controls offer what was not run.
    """
    lives: Lives = getattr(page, "LIVE", {})
    check_lives(lives, page.FIGURES, record)
    if lost := sorted(page.FIGURES.keys() & TAKEN):
        raise ValueError(f"names of figures whose data would replace another file: {lost}")
    findings = judge(page.CLAIMS, record)
    own, effects = page.values(record), _of_findings(page.CLAIMS, findings)
    if taken := sorted(own.keys() & {*effects, *receipt}):
        raise ValueError(f"names of values that a claim or the receipt has taken: {taken}")
    values = {**own, **effects}
    write_json(folder / VALUES, {name: vars(value) for name, value in values.items()})
    write_json(folder / CLAIMS, [_row(*pair) for pair in zip(page.CLAIMS, findings, strict=True)])
    write_figures(page.FIGURES, lives, record, folder)


def _of_findings(claims: Sequence[Claim[Any]], findings: Sequence[Finding]) -> Values:
    """Every measured effect as a value: c7_correlated, and c7_correlated_low and _high for its interval."""
    found: dict[str, Value] = {}
    for claim, finding in zip(claims, findings, strict=True):
        for outcome in finding.outcomes:
            name = f"{claim.id}_{outcome.name}"
            found[name] = value(outcome.effect, claim.form)
            found[f"{name}_low"] = value(outcome.low, claim.form)
            found[f"{name}_high"] = value(outcome.high, claim.form)
    return found


def _row(claim: Claim[Any], finding: Finding) -> dict[str, object]:
    """A finding as the published claims.json has it; the first condition stands for the claim."""
    first = finding.outcomes[0] if finding.outcomes else None
    labels = {condition.name: dict(condition.label) for condition in claim.conditions}
    return {
        "id": finding.id,
        "kind": finding.kind.value,
        "verdict": finding.verdict.value,
        "expected": finding.expected.value,
        "effect": first and first.effect,
        "low": first and first.low,
        "high": first and first.high,
        "seeds": first.seeds if first else 0,
        "test": finding.test,
        "source": finding.source,
        "quantity": dict(claim.quantity) if claim.quantity else None,
        "margin": claim.margin if first else None,
        "form": claim.form,
        "surprises": finding.surprises,
        "conditions": [
            {**vars(outcome), "label": labels[outcome.name]} for outcome in finding.outcomes
        ],
    }
