"""A question's results as they lie in the store, read when they are asked for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from dlqa.evidence.values import Value
from dlqa.publishing.store.findings import FoundClaim
from dlqa.publishing.store.trainers import Trainer

RECORD, RECEIPT, SEEDS = "record.npz", "receipt.json", "seeds.json"
SHOWN, DOWNLOAD, OUTLINE = "labs/{slug}.ipynb", "{slug}.{language}.ipynb", "outline.json"
PAGE = "page.html"
VALUES, CLAIMS = "values.json", "claims.json"
TRAINER = "trainer.json"  # where a reader may train in the page
CONTROLS, SETTINGS = ".controls.json", ".settings.json"  # of a live figure


@dataclass(frozen=True)
class Exercise:
    """A question's exercise: the folder of its notebooks."""

    slug: str
    folder: Path

    @property
    def page(self) -> str:
        """Its page among the site's."""
        return f"labs/{self.slug}.md"

    def shown(self, language: str) -> Path:
        """The notebook with its outputs, of which the page is made."""
        return self.folder / language / SHOWN.format(slug=self.slug)

    def download(self, language: str) -> Path:
        """The notebook as a reader gets it, without outputs: they are to be guessed first."""
        return self.folder / DOWNLOAD.format(slug=self.slug, language=language)

    def text(self, language: str) -> str:
        return self.download(language).read_text("utf-8")

    @property
    def languages(self) -> list[str]:
        return sorted(_read(self.folder / OUTLINE))

    def outline(self, language: str) -> list[dict[str, Any]]:
        """Its headings in order, the title first: level, id, words."""
        outline: list[dict[str, Any]] = _read(self.folder / OUTLINE)[language]
        return outline

    def title(self, language: str) -> str:
        return str(self.outline(language)[0]["words"])


@dataclass(frozen=True)
class Published:
    """A question's results: the folders of its record's blocks and that of what its page shows.

    A site has its exercise too; the command line, which needs no scripts, has not.
    """

    slug: str
    blocks: tuple[Path, ...]
    exhibits: Path
    exercise: Exercise | None = None

    @cached_property
    def receipt(self) -> dict[str, Any]:  # what JSON holds
        """Of all blocks: work and seconds add up, machines and versions are named if they differ."""
        return combined([_read(block / RECEIPT) for block in self.blocks])

    @cached_property
    def claims(self) -> list[FoundClaim]:
        return claims_in(self.exhibits)

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every number that a page may cite: the page's, the claims' effects, the receipt's."""
        text = (self.exhibits / VALUES).read_bytes()
        measured = msgspec.json.decode(text, type=dict[str, Value])
        return measured | {name: _printed(value) for name, value in self.receipt.items()}

    @cached_property
    def figures(self) -> list[str]:
        return [name for name in self.drawings if "." not in name]

    @cached_property
    def drawings(self) -> list[str]:
        """Every figure, and those that are live in each of their settings: names of files."""
        return sorted(path.stem for path in self.exhibits.glob("*.csv"))

    def figure(self, name: str, language: str) -> str:
        return (self.exhibits / f"{name}.{language}.svg").read_text("utf-8")

    def columns(self, name: str) -> str:
        """The numbers of a figure, as CSV."""
        return (self.exhibits / f"{name}.csv").read_text("utf-8")

    def numbers(self, name: str) -> str:
        """The same as JSON: a list of numbers a column."""
        return (self.exhibits / f"{name}.json").read_text("utf-8")

    def controls(self, name: str) -> list[dict[str, Any]]:
        """What a reader may set of a figure; none where it is not live."""
        path = self.exhibits / f"{name}{CONTROLS}"
        controls: list[dict[str, Any]] = _read(path) if path.exists() else []
        return controls

    @cached_property
    def trainer(self) -> Trainer | None:
        """What a reader may train in the page, if anything."""
        path = self.exhibits / TRAINER
        return msgspec.json.decode(path.read_bytes(), type=Trainer) if path.exists() else None

    def settings(self, name: str) -> dict[str, dict[str, Value]]:
        """What a live figure's caption may cite, by setting; nothing where it is not live."""
        path = self.exhibits / f"{name}{SETTINGS}"
        text = path.read_bytes() if path.exists() else b"{}"
        return msgspec.json.decode(text, type=dict[str, dict[str, Value]])


def combined(receipts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One receipt of a record's blocks; the source's own work was timed with the first."""
    total = dict(receipts[0])
    for later in receipts[1:]:
        for name in ("seconds", "networks", "network_steps"):
            if name in later:
                total[name] = round(total.get(name, 0) + later[name], 3)
        total["measured_at"] = max(total["measured_at"], later["measured_at"])
        for name in ("cpu", "system", "python", "torch", "numpy", "commit"):
            if later[name] not in str(total[name]).split(" + "):
                total[name] = f"{total[name]} + {later[name]}"
    return total


def claims_in(folder: Path) -> list[FoundClaim]:
    """What was found of every claim, as it lies in a folder."""
    return msgspec.json.decode((folder / CLAIMS).read_bytes(), type=list[FoundClaim])


def written(content: object) -> bytes:
    """Values or findings as such a file holds them."""
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def _read(path: Path) -> Any:  # what JSON holds
    return json.loads(path.read_text("utf-8"))


def _printed(value: object) -> Value:
    if isinstance(value, float):
        return Value(value, f"{value:.1f}" if value >= 10 else f"{value:.2f}")
    if isinstance(value, int):
        return Value(value, f"{value:,}" if value >= 10_000 else str(value))
    return Value(None, str(value))
