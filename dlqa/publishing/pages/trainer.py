"""A claim that the reader tries by training a network in the page, beside what the study stored.

Drawn here is the default setting; `trainer.js` draws any other, and the reader's run, into the same
boxes.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from dlqa.publishing.fragments import fragment
from dlqa.publishing.places import place
from dlqa.publishing.sources.checks import claim_words
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.results import Published
from dlqa.publishing.store.trainers import Arm, Rows

AREAS = {"whole": (0, 4), "half": (1, 3), "median": (2,)}  # edges among the quantiles
EVEN = 0.618034  # of which the multiples spread evenly between whole numbers


@dataclass(frozen=True)
class Panel:
    """A measure by step, in pixels of the drawing; `low` and `high` are the ends of its axis, or
    their logarithms."""

    measure: str
    width: int
    low: float
    high: float
    log: bool = False
    left: int = 36
    top: int = 28
    height: int = 126

    @property
    def box(self) -> str:
        """As the script reads it."""
        parts = (self.left, self.top, self.width, self.height, self.low, self.high, int(self.log))
        return " ".join(f"{part:g}" for part in parts)

    def x(self, share: float) -> float:
        return round(self.left + self.width * share, 1)

    def y(self, value: float) -> float:
        share = ((math.log10(value) if self.log else value) - self.low) / (self.high - self.low)
        return round(self.top + self.height * (1 - min(1.02, max(-0.02, share))), 1)

    def ticks(self) -> list[tuple[float, str]]:
        """Heights and labels."""
        if self.log:
            powers = range(round(self.low), round(self.high) + 1)
            return [(self.y(10.0**power), f"{10.0**power:g}") for power in powers]
        tenths = range(round(self.low * 10), round(self.high * 10) + 1)
        return [(self.y(each / 10), f"{each / 10:g}") for each in tenths if each % 2 == 0]

    def points(self, arm: Arm | None, steps: int, edges: Sequence[int]) -> str:
        """A line along one edge of an arm's quantiles, or the area between two."""
        rows: Rows = getattr(arm, self.measure, [])
        pairs = list(zip(arm.step if arm else (), rows, strict=False))
        ways = [[f"{self.x(step / steps)},{self.y(row[e])}" for step, row in pairs] for e in edges]
        return " ".join(chain(ways[0], *(reversed(way) for way in ways[1:])))

    def dots(self, arm: Arm | None) -> list[tuple[float, float]]:
        """The last accuracies beside the curves, none over another."""
        ends = arm.ends if arm else []
        offsets = [34 + 13 * (2 * (number * EVEN % 1) - 1) for number in range(len(ends))]
        return [(round(self.x(1) + d, 1), self.y(v)) for d, v in zip(offsets, ends, strict=True)]


def claim_to_try(
    source: Source, results: Published, identity: str, page: str, language: str
) -> str:
    """The claim of that id over the place of its trainer, as Markdown; both are known.

    page: where its question is answered, "" on that very page.
    """
    claim = next(claim for claim in results.claims if claim.id == identity)
    return fragment(
        "trainer.md",
        language,
        page=page,
        heading=source.heading,
        claim=claim,
        sentence=claim_words(source)[identity],
        place=place("trainer", f"{results.slug}.{identity}"),
    )


def trainer_html(results: Published, identity: str, language: str, root: str) -> str:
    """Drawings of the default setting, the controls, and what is said of each setting."""
    trainer = results.trainer
    assert trainer is not None, "expansion has found it"
    claim = next(claim for claim in results.claims if claim.id == identity)
    arm = trainer.tested(trainer.default)
    tried = {each.claims.get(identity) for each in trainer.arms}
    told = {"claim": identity, "fixed": trainer.fixed, "steps": trainer.steps}
    return fragment(
        "trainer.html",
        language,
        root=root,
        slug=results.slug,
        trainer=trainer,
        told=told,
        claim=claim,
        conditions=[each for each in claim.conditions if each.name in tried],
        case=arm.claims.get(identity, "stored") if arm else "untested",
        arm=arm,
        panels=_panels(trainer.arms),
        areas=AREAS,
    )


def _panels(arms: Sequence[Arm]) -> list[Panel]:
    """Accuracy, with room for the last ones, and loss on a log scale; what lies beyond runs along
    the edge, so that the few arms that explode do not flatten all others."""
    accuracies = sorted(number for arm in arms for row in arm.accuracy for number in row)
    losses = sorted(number for arm in arms for row in arm.loss for number in row)
    low, high = (losses[round(share * (len(losses) - 1))] for share in (0.02, 0.9))
    lowest = math.floor(accuracies[len(accuracies) // 50] * 10) / 10
    ends = math.floor(math.log10(low)), math.ceil(math.log10(high))
    return [Panel("accuracy", 214, lowest, 1), Panel("loss", 270, *ends, log=True)]
