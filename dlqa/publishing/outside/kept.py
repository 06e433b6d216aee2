"""The previews of a site's pages: what each shows, kept in the store until that changes."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dlqa.publishing.sources.checks import claim_words
from dlqa.publishing.sources.library import Library
from dlqa.publishing.store.findings import FoundClaim, FoundCondition
from dlqa.publishing.store.fingerprint import Fingerprint, digest, ingredients
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Say, Stage, files
from dlqa.publishing.verdicts import counted

if TYPE_CHECKING:
    from dlqa.publishing.outside.preview import Interval

SHELF, FILE, HOME, CARDS = "previews", "preview.png", "index", "cards"
MOST = 80  # intervals in a picture
SITE = "dlqa"  # what home's preview calls itself where its name is not Latin


def previews(library: Library, name: str, store: Store, say: Say = print) -> dict[str, bytes]:
    """A PNG a question and one for all other pages, by slug; `name` is the site's."""
    claims = {slug: library.published[slug].claims for slug in library.sources}
    every = [claim for slug in claims for claim in claims[slug]]
    shown = {HOME: (SITE, _drawable(name), every)}
    for slug, source in library.sources.items():
        number, title = str(source.heading.question), _drawable(source.heading.title)
        shown[slug] = (number, title, claims[slug])
    return {
        slug: _picture(
            *parts, Stage(store, SHELF, f"{slug}.{library.language}", _of(*parts), files(FILE)), say
        )
        for slug, parts in shown.items()
    }


def claim_cards(libraries: Sequence[Library], store: Store, say: Say) -> dict[str, bytes]:
    """A PNG a claim by its path from the site's root, one for all languages.

    Its sentence is of the first language whose letters the building machine's own font has.
    """
    found: dict[str, bytes] = {}
    for slug, results in libraries[0].published.items():
        words = [claim_words(library.sources[slug]) for library in libraries]
        number = libraries[0].sources[slug].heading.question
        shown = {
            claim.id: (
                f"{number} {claim.id}",
                next(filter(None, (_drawable(each[claim.id]) for each in words)), ""),
                claim,
            )
            for claim in results.claims
        }
        what = {"what they show": digest(repr(shown).encode())}
        names = {identity: f"{identity}.png" for identity in shown}
        stage = Stage(
            store, SHELF, f"{slug}.claims",
            Fingerprint(what | ingredients("dlqa.publishing.outside.preview")),
            files(*names.values()),
        )  # fmt: skip
        folder = stage.up_to_date(partial(_draw_claims, shown), say)
        found |= {f"{CARDS}/{slug}/{name}": (folder / name).read_bytes() for name in names.values()}
    return found


def _draw_claims(shown: Mapping[str, tuple[str, str, FoundClaim]], folder: Path) -> None:
    from dlqa.publishing.outside.preview import Preview, write_preview  # loads matplotlib

    for identity, (name, words, claim) in shown.items():
        verdict = ((claim.verdict, None),)
        preview = Preview(name, words, verdict, tuple(intervals_of([claim])))
        write_preview(preview, folder / f"{identity}.png")


def _drawable(title: str) -> str:
    """A title whose letters the building machine's own font has; "" for another."""
    letters = [unicodedata.name(each, "") for each in title if each.isalpha()]
    return title if all(each.startswith(("LATIN", "GREEK")) for each in letters) else ""


def _of(name: str, title: str, claims: list[FoundClaim]) -> Fingerprint:
    """What a preview depends on: what it shows, and how that is drawn."""
    shown = {"what it shows": digest(repr((name, title, claims)).encode())}
    return Fingerprint(shown | ingredients("dlqa.publishing.outside.preview"))


def _picture(name: str, title: str, claims: list[FoundClaim], stage: Stage, say: Say) -> bytes:
    def make(folder: Path) -> None:
        from dlqa.publishing.outside.preview import Preview, write_preview  # loads matplotlib

        preview = Preview(
            name,
            title,
            tuple(counted(claim.verdict for claim in claims)),
            tuple(intervals_of(claims)),
        )
        write_preview(preview, folder / FILE)

    return (stage.up_to_date(make, say) / FILE).read_bytes()


def intervals_of(claims: list[FoundClaim]) -> "Iterator[Interval]":
    """Every condition of the claims, or the first of each where that would be too many to see.

    Right of the margin a claim holds, whichever side of the scale that is; a claim's conditions
    share a scale, on which what is farthest from the margin is at 1.
    """
    from dlqa.publishing.outside.preview import Interval

    crowded = sum(len(claim.conditions) for claim in claims) > MOST
    for claim in claims:
        conditions = claim.conditions[: 1 if crowded else None]
        side = -1 if claim.below else 1
        offsets = [[side * (end - claim.margin) for end in _ends(each)] for each in conditions]
        farthest = max((abs(end) for ends in offsets for end in ends), default=0)
        for each, ends in zip(conditions, offsets, strict=True):
            if farthest:
                low, effect, high = sorted(end / farthest for end in ends)
                yield Interval(low, effect, high, each.verdict)


def _ends(condition: FoundCondition) -> tuple[float, float, float]:
    """Interval and effect; an end that is not there is the effect's own."""
    effect = condition.effect
    low = effect if condition.low is None else condition.low
    return low, effect, effect if condition.high is None else condition.high
