"""What was found of each claim, as claims.json publishes it."""

from dataclasses import dataclass, field

from dlqa.evidence.verdicts import Kind, Verdict

Words = dict[str, str]  # a language's code -> the words in it


@dataclass(frozen=True)
class FoundCondition:
    """One condition of a claim: its label in every language and what was measured.

    low, high: of the plain 95 % interval; least, most: of the one that decides; None where no bound
    was found. needed: about how many seeds would decide it, None where it is decided or none would.
    weak: the text and this have come apart without contradiction.
    """

    name: str
    label: Words
    relies: Verdict | None
    verdict: Verdict
    effect: float
    low: float | None
    high: float | None
    least: float | None
    most: float | None
    seeds: int
    needed: float | None = None
    weak: bool = False


@dataclass(frozen=True)
class FoundClaim:
    """A claim's verdict with its conditions; `form` prints its numbers.

    stops: where the text is wrong, in words; warnings: where it has come apart from what was found.
    """

    id: str
    kind: Kind
    verdict: Verdict
    source: str
    quantity: Words = field(default_factory=dict)  # none where nothing was measured
    margin: float = 0.0
    resolution: float = 0.0
    below: bool = False
    form: str = ""
    stops: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    conditions: list[FoundCondition] = field(default_factory=list)
