"""What questions have in the store: their claims, and their records as they were at each look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import xarray as xr

from dlqa.evidence.claims import Claim, Condition
from dlqa.evidence.further import Blocks, joined, most_seeds
from dlqa.evidence.records import Array, gathered
from dlqa.publishing.publish import stored
from dlqa.publishing.sources.checks import stated
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.catalog import CHECKOUT, Question, questions
from dlqa.publishing.store.reading import receipt
from dlqa.publishing.store.records import load
from dlqa.publishing.store.results import RECEIPT, combined
from dlqa.publishing.store.shelves import Store


@dataclass(frozen=True)
class Recorded:
    """A question's record: `later`, of seeds so many later than its page's.

    blocks: every part's, as it was at each look. seconds: that all of it took.
    """

    question: Question
    later: int
    blocks: Sequence[Blocks]
    seconds: float

    @property
    def name(self) -> str:
        seeds = f", seeds from {self.later} on" if self.later else ""
        return f"{self.question.slug}{seeds}"

    @cached_property
    def claims(self) -> Sequence[Claim]:
        claims: Sequence[Claim] = self.question.load("claims").CLAIMS
        return claims

    @cached_property
    def looks(self) -> list[xr.Dataset]:
        return [gathered(each.values()) for each in self.blocks]

    @cached_property
    def most(self) -> Mapping[tuple[str, str], int]:
        """The most seeds that a condition may have, by the names of its claim and itself."""
        parts = self.question.load("study").parts(self.question.load("record").Params())
        limits = {name: part.limit for name, part in parts.items()}
        return most_seeds(self.claims, self.blocks[0], limits)

    @cached_property
    def stated(self) -> set[float] | None:
        """The numbers that its page states among its criteria; None where there is no page."""
        pages = CHECKOUT.glob(f"docs/*/{self.question.slug}.md") if CHECKOUT else []
        return next((stated(Source.read(page)) for page in sorted(pages)), None)

    @cached_property
    def conditions(self) -> list[tuple[Claim, Condition]]:
        return [(claim, each) for claim in self.claims for each in claim.conditions]

    def samples(self, claim: Claim, condition: Condition, look: int = -1) -> Array:
        return claim.samples(condition, self.looks[look])


def recorded(later: int = 0) -> Iterator[Recorded]:
    """The record of each question that has one which is still true; none is made."""
    store = Store.default()
    for question in questions():
        if folders := stored(question, store, later):
            blocks = [load(folder) for folder in folders]
            looks = [joined(blocks[: number + 1]) for number in range(len(blocks))]
            seconds = combined([receipt(folder / RECEIPT) for folder in folders])["seconds"]
            yield Recorded(question, later, looks, seconds)
