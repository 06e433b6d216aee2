"""What a page shows of a record: values, findings and figures, as files of one folder."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Protocol

import xarray as xr

from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw, Live
from dlqa.drawing.trainable import Trainable
from dlqa.evidence.claims import Claim
from dlqa.evidence.values import Value, Values, bound, not_finite, value
from dlqa.publishing.exhibits.figure_files import write_figures
from dlqa.publishing.exhibits.judged import judged
from dlqa.publishing.exhibits.tested_arms import trainer
from dlqa.publishing.store.findings import FoundClaim
from dlqa.publishing.store.results import CLAIMS, TRAINER, VALUES, written

TAKEN = {
    "claims",
    "values",
    "receipt",
    "trainer",
}  # JSON files that are published beside the figures'


@dataclass(frozen=True)
class Exhibited:
    """What a question's modules say of its record, and its words by language."""

    claims: Sequence[Claim]
    values: Values
    figures: Mapping[str, Draw]
    lives: Mapping[str, Live]
    labels: Mapping[str, Labels]
    trainable: Trainable | None = None


class Question(Protocol):
    """What is asked of `store.catalog.Question`, which loads modules that no key could follow."""

    @property
    def modules(self) -> list[str]: ...

    @property
    def languages(self) -> list[str]: ...

    def load(self, part: str) -> ModuleType: ...

    def labels(self, language: str) -> Labels: ...


def exhibited(question: Question, record: xr.Dataset) -> Exhibited:
    """Loads the question's modules. Raises ValueError where two figures have one name."""
    claims, figures = question.load("claims"), question.load("figures").FIGURES
    lives = question.load("live").LIVE if "live" in question.modules else {}
    if twice := sorted({*figures} & {*lives}):
        raise ValueError(f"figures both still and live: {', '.join(twice)}")
    stills = {name: live.still for name, live in lives.items()}
    labels = {language: question.labels(language) for language in question.languages}
    trainable = question.load("trainable").TRAINABLE if "trainable" in question.modules else None
    values = claims.values(record)
    return Exhibited(claims.CLAIMS, values, {**figures, **stills}, lives, labels, trainable)


def write_exhibits(
    shown: Exhibited, looks: Sequence[xr.Dataset], receipt: Collection[str], folder: Path
) -> None:
    """Writes values.json, claims.json and, for each figure, an SVG a language, CSV and JSON;
    trainer.json where a reader may train.

    looks: the record as it was at each look at the claims. Figures and values are those of the
    first, in which all arms have their seeds; claims have as many as it took to decide them.
    Figures with controls come in every setting. Raises ValueError where one of the page's values
    has the name of a claim's effect or of one of the receipt's entries, which a page cites in the
    same way or is not finite, or a figure that of another file, and where controls offer what was
    not run.
    """
    if lost := sorted({*shown.figures} & TAKEN):
        raise ValueError(f"names of figures whose data would replace another file: {lost}")
    found = judged(shown.claims, looks, shown.labels)
    effects = _effects(shown.claims, found)
    if taken := sorted({*shown.values} & {*effects, *receipt}):
        raise ValueError(f"names of values that a claim or the receipt has taken: {taken}")
    if lacking := sorted(not_finite(shown.values)):
        raise ValueError(f"values that are no finite numbers: {', '.join(lacking)}")
    (folder / VALUES).write_bytes(written({**shown.values, **effects}))
    (folder / CLAIMS).write_bytes(written(found))
    if shown.trainable:
        offered = trainer(shown.trainable, looks[0], shown.claims, shown.labels)
        (folder / TRAINER).write_bytes(written(offered))
    write_figures(shown.figures, shown.lives, looks[0], shown.labels, folder)


def _effects(claims: Sequence[Claim], found: Sequence[FoundClaim]) -> dict[str, Value]:
    """Every measured effect as a value: c7_correlated, and c7_correlated_low and _high for its interval."""
    effects: dict[str, Value] = {}
    for claim, each in zip(claims, found, strict=True):
        for condition, outcome in zip(claim.conditions, each.conditions, strict=True):
            name, form = f"{claim.id}_{outcome.name}", claim.quantity_of(condition).form
            effects[name] = value(outcome.effect, form)
            effects[f"{name}_low"] = bound(outcome.low, form, "−∞")
            effects[f"{name}_high"] = bound(outcome.high, form, "∞")
    return effects
