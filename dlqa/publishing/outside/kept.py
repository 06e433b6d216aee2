"""The previews of a site's pages: what each shows, kept in the store until that changes."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dlqa.evidence.verdicts import Verdict
from dlqa.publishing.sources.library import Library
from dlqa.publishing.store.findings import FoundClaim
from dlqa.publishing.store.fingerprint import Fingerprint, ingredients
from dlqa.publishing.store.shelves import Damaged, Store
from dlqa.publishing.verdicts import SYMBOLS

if TYPE_CHECKING:
    from dlqa.publishing.outside.preview import Interval

SHELF, FILE, HOME = "previews", "preview.png", "index"
MOST = 80  # intervals in a picture
SITE = "dlqa"  # what home's preview calls itself where its name is not Latin


def previews(library: Library, name: str, store: Store) -> dict[str, bytes]:
    """A PNG a question and one for all other pages, by slug; `name` is the site's."""
    claims = {slug: library.published[slug].claims for slug in library.sources}
    every = [claim for slug in claims for claim in claims[slug]]
    shown = {HOME: (SITE, _drawable(name), every)}
    for slug, source in library.sources.items():
        number, title = str(source.heading.question), _drawable(source.heading.title)
        shown[slug] = (number, title, claims[slug])
    return {
        slug: _stored(*parts, f"{slug}.{library.language}", store) for slug, parts in shown.items()
    }


def _drawable(title: str) -> str:
    """A title whose letters the building machine's own font has; "" for another."""
    letters = [unicodedata.name(each, "") for each in title if each.isalpha()]
    return title if all(each.startswith(("LATIN", "GREEK")) for each in letters) else ""


def _stored(name: str, title: str, claims: list[FoundClaim], shelf: str, store: Store) -> bytes:
    content = hashlib.sha256(repr((name, title, claims)).encode()).hexdigest()[:16]
    drawn = Fingerprint({"content": content} | ingredients("dlqa.publishing.outside.preview"))
    place = (SHELF, shelf, drawn.key)
    with store.locked(SHELF):
        try:
            found = store.find(*place)
        except Damaged:
            store.discard(*place)
            found = None
        if found is None:
            from dlqa.publishing.outside.preview import Preview, write_preview  # loads matplotlib

            with store.writing(SHELF, shelf, drawn) as folder:
                preview = Preview(name, title, _counts(claims), tuple(intervals_of(claims)))
                write_preview(preview, folder / FILE)
            found = store.find(*place)
            assert found is not None, "a result just written is there"
        return (found / FILE).read_bytes()


def _counts(claims: list[FoundClaim]) -> tuple[tuple[Verdict, int], ...]:
    counted = Counter(claim.verdict for claim in claims)
    return tuple((verdict, counted[verdict]) for verdict in SYMBOLS if counted[verdict])


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
        offsets = [
            [side * (end - claim.margin) for end in (each.low, each.effect, each.high)]
            for each in conditions
        ]
        farthest = max((abs(end) for ends in offsets for end in ends), default=0)
        for each, ends in zip(conditions, offsets, strict=True):
            if farthest:
                low, effect, high = sorted(end / farthest for end in ends)
                yield Interval(low, effect, high, each.verdict)
