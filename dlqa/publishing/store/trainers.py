"""What a reader may train in the page and what was tested of it, as trainer.json holds it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dlqa.publishing.store.findings import Words

Rows = list[list[float]]  # of each step, quantiles over seeds: low, lower, median, upper, high


@dataclass(frozen=True)
class Arm:
    """A tested setting: knobs that make it, by claim the condition tried there, curves, last accuracies."""

    where: dict[str, str]
    claims: dict[str, str]
    step: list[int]
    accuracy: Rows
    ends: list[float]
    loss: Rows = field(default_factory=list)


@dataclass(frozen=True)
class Knob:
    """One thing to set; `only` names an option of another knob with which alone it is there."""

    id: str
    label: Words
    options: dict[str, Words]
    default: str
    only: tuple[str, str] | None = None


@dataclass(frozen=True)
class Trainer:
    """What a page may offer; steps: of a run in a setting that was not tested."""

    knobs: list[Knob]
    fixed: dict[str, str]
    steps: int
    arms: list[Arm]

    @property
    def default(self) -> dict[str, str]:
        return self.fixed | {knob.id: knob.default for knob in self.knobs}

    def tested(self, setting: Mapping[str, str]) -> Arm | None:
        """The arm of a setting, if it was run."""
        return next((arm for arm in self.arms if arm.where.items() <= setting.items()), None)
