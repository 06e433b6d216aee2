"""What results promise that a site shows: files of the right names, which hold what may be published.

Figures and pages of exercises are published as they are, so whatever acts, or asks other places, is
damage there; names, numbers and headings are of a form that means nothing to HTML or Markdown.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from dlqa.evidence.values import Value
from dlqa.publishing.store.findings import FoundClaim
from dlqa.publishing.store.reading import content, decoded
from dlqa.publishing.store.results import (
    CLAIMS,
    CONTROLS,
    OUTLINE,
    PAGE,
    SEEDS,
    SETTINGS,
    TRAINER,
    VALUES,
    Exercise,
)
from dlqa.publishing.store.shelves import MANIFEST, Damaged
from dlqa.publishing.store.stages import Promise
from dlqa.publishing.store.trainers import Trainer

NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")  # of a figure, with a setting of its controls or without
FORM = re.compile(r"[+]?(\.\d{1,2})?[efg%]?")  # how a number is printed: of a width that is shown
PRINTED = re.compile(r"[^<>&\"'`{}\[\]\\|\n\r\0]{0,200}")  # a number, a name or a date
ID = re.compile(r"[^\s<>&\"'`]+")
# Of text in small letters. Each pattern begins with what stands nowhere else: `re` finds that fast.
ACTS = (
    re.compile(
        rb"<(?:!|[/\s]*(?:\w+:)?"
        rb"(?:script|foreignobject|iframe|object|embed|animate\w*|set|base|form|meta)\b)"
    ),
    re.compile(rb"javascript:"),
    re.compile(rb"@import"),
    re.compile(rb"url\(\s*[\"']?(?!#)"),
)
OUT = (
    re.compile(rb"href\s*=\s*[\"']?(?![\"']?#)"),
    re.compile(rb"src\s*=\s*[\"']?(?![\"']?#)"),
)
# What a page's address may not begin with: characters that are read as others, or not at all.
DISGUISED = (
    re.compile(rb"href\s*=\s*[\"']?[^\"'/#?<>=]*[&\t\n\r]"),
    re.compile(rb"action\s*=\s*[\"']?[^\"'/#?<>=]*[&\t\n\r]"),
)
# Asked of a whole word: of any "on", it would take a long word time by the square of its length.
HANDLES = re.compile(rb"on(?<=[\s/\"']on)\w+\s*=")  # perhaps; in a tag it does
IN_TAG = re.compile(rb"<[^<>]*[\s/\"']on\w+\s*=")
# A tag that does not end where it seems to, since a value in it holds what ends one.
ODD_TAG = re.compile(rb"<[a-z](?![^<>\"']*(?:\"[^\"<>]*\"[^<>\"']*|'[^'<>]*'[^<>\"']*)*>)")


class Heading(msgspec.Struct):
    """Of an exercise's outline."""

    level: int
    id: str
    words: str


def exhibits(languages: Collection[str]) -> Promise:
    """Values, claims and, for each figure, its numbers and a drawing in every language."""

    def check(folder: Path) -> None:
        _stop(folder, _of_values(decoded(folder / VALUES, dict[str, Value])))
        _stop(folder, _of_claims(decoded(folder / CLAIMS, list[FoundClaim])))
        found = {path.name for path in folder.iterdir()} - {MANIFEST}
        names = {name.removesuffix(".csv") for name in found if name.endswith(".csv")}
        due = {f"{name}{end}" for name in names for end in (".csv", ".json")}
        due |= {f"{name}.{language}.svg" for name in names for language in languages}
        live = {f"{name}{end}" for name in names for end in (CONTROLS, SETTINGS)}
        if wrong := sorted((due - found) | (found - due - live - {VALUES, CLAIMS, TRAINER})):
            raise Damaged(f"{folder}: missing or unknown: {', '.join(wrong)}")
        if TRAINER in found:
            decoded(folder / TRAINER, Trainer)
        _stop(folder, (f"figure {name!r}" for name in names if not NAME.fullmatch(name)))
        for path in folder.glob("*.svg"):
            _still(path, alone=True)

    return check


def exercise(slug: str) -> Promise:
    """An outline, and in each of its languages a notebook to show and one to download."""

    def check(folder: Path) -> None:
        result = Exercise(slug, folder)
        outline = decoded(folder / OUTLINE, dict[str, list[Heading]])
        for language, headings in outline.items():
            for path in (result.shown(language), result.download(language)):
                decoded(path, dict[str, object])
            _stop(folder, (each.id for each in headings if not ID.fullmatch(each.id)))
        if not outline or not all(outline.values()):
            raise Damaged(f"{folder / OUTLINE}: no headings")

    return check


def exercise_page(folder: Path) -> None:
    """Raises Damaged where a page is missing, or would act."""
    _still(folder / PAGE, alone=False)


def look(folder: Path) -> None:
    """Raises Damaged where it does not say which seeds are wanted: by part, from where to where."""
    decoded(folder / SEEDS, dict[str, tuple[int, int]])


def _of_values(values: dict[str, Value]) -> Iterator[str]:
    for name, value in values.items():
        if not NAME.fullmatch(name) or not PRINTED.fullmatch(value.text):
            yield f"value {name!r}: {value.text!r}"


def _of_claims(claims: list[FoundClaim]) -> Iterator[str]:
    for claim in claims:
        if not NAME.fullmatch(claim.id) or not FORM.fullmatch(claim.form):
            yield f"claim {claim.id!r} with the format {claim.form!r}"
        yield from (f"condition {c.name!r}" for c in claim.conditions if not NAME.fullmatch(c.name))


def _still(path: Path, *, alone: bool) -> None:
    """Raises Damaged for what acts when it is shown, and asks other places if it is no page."""
    text = content(path).lower()
    asked = (*ACTS, *(OUT if alone else DISGUISED))
    acts = next(filter(None, (pattern.search(text) for pattern in asked)), None)
    if not acts and HANDLES.search(text):
        acts = IN_TAG.search(text) or ODD_TAG.search(text)
    if acts or not text.strip():
        raise Damaged(f"{path}: {acts[0][-60:].decode(errors='replace') if acts else 'nothing'!r}")


def _stop(folder: Path, wrong: Iterator[str]) -> None:
    if found := sorted(wrong):
        raise Damaged(f"{folder}: not to be published: {'; '.join(found)}")
