"""What was found of each claim, as claims.json publishes it."""

from dataclasses import dataclass, field

from dlqa.evidence.verdicts import Kind, Verdict

Words = dict[str, str]  # a language's code -> the words in it


@dataclass(frozen=True)
class FoundCondition:
    """One condition of a claim: its label in every language and what was measured."""

    name: str
    label: Words
    expected: Verdict
    leaning: bool
    side: Verdict
    verdict: Verdict
    effect: float
    low: float
    high: float
    p: float
    seeds: int


@dataclass(frozen=True)
class FoundClaim:
    """A claim's verdict with its conditions; `form` prints its numbers.

    `surprises` say where the verdict is not the one that the prose relies on.
    """

    id: str
    kind: Kind
    verdict: Verdict
    expected: Verdict
    source: str
    test: str = ""
    quantity: Words = field(default_factory=dict)  # none where nothing was measured
    margin: float = 0.0
    below: bool = False
    form: str = ""
    surprises: list[str] = field(default_factory=list)
    conditions: list[FoundCondition] = field(default_factory=list)
