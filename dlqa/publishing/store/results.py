"""A question's results as they lie in the store, read when they are asked for."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dlqa.evidence.values import Value

RECORD, RECEIPT = "record.npz", "receipt.json"
SHOWN, DOWNLOAD, OUTLINE = "labs/{slug}.ipynb", "{slug}.{language}.ipynb", "outline.json"
PAGE = "page.html"
VALUES, CLAIMS, CAPTION = "values.json", "claims.json", ".caption.json"
CONTROLS = ".controls.json"


@dataclass(frozen=True)
class Exercise:
    """A question's exercise: the folder of its notebooks."""

    slug: str
    folder: Path

    def pages(self, language: str) -> Path:
        """The folder in which a language's executed notebook stands where its page will."""
        return self.folder / language

    @property
    def page(self) -> str:
        """The notebook's path in there."""
        return SHOWN.format(slug=self.slug)

    def shown(self, language: str) -> Path:
        """The notebook with its outputs."""
        return self.pages(language) / self.page

    def download(self, language: str) -> Path:
        """The notebook as a reader gets it, without outputs: they are to be guessed first."""
        return self.folder / DOWNLOAD.format(slug=self.slug, language=language)

    def text(self, language: str) -> str:
        return self.download(language).read_text("utf-8")

    def outline(self, language: str) -> list[dict[str, Any]]:
        """Its headings in order, the title first: level, id, words."""
        outline: list[dict[str, Any]] = _read(self.folder / OUTLINE)[language]
        return outline

    def title(self, language: str) -> str:
        return str(self.outline(language)[0]["words"])


@dataclass(frozen=True)
class Published:
    """A question's results: the folder of its record and the folder of what its page shows.

    A site has its exercise too; the command line, which needs no scripts, has not.
    """

    slug: str
    record: Path
    exhibits: Path
    exercise: Exercise | None = None

    @cached_property
    def receipt(self) -> dict[str, Any]:  # what JSON holds
        receipt: dict[str, Any] = _read(self.record / RECEIPT)
        return receipt

    @cached_property
    def claims(self) -> list[dict[str, Any]]:
        claims: list[dict[str, Any]] = _read(self.exhibits / CLAIMS)
        return claims

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every number that a page may cite: the page's, the claims' effects, the receipt's."""
        measured = {name: Value(**value) for name, value in _read(self.exhibits / VALUES).items()}
        return measured | {name: _printed(value) for name, value in self.receipt.items()}

    @cached_property
    def figures(self) -> list[str]:
        captions = self.exhibits.glob(f"*{CAPTION}")
        return sorted(path.name.removesuffix(CAPTION) for path in captions)

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

    def caption(self, name: str, language: str) -> dict[str, str]:
        caption: dict[str, str] = _read(self.exhibits / f"{name}{CAPTION}")[language]
        return caption

    def controls(self, name: str) -> list[dict[str, Any]]:
        """What a reader may set of a figure; none where it is not live."""
        path = self.exhibits / f"{name}{CONTROLS}"
        controls: list[dict[str, Any]] = _read(path) if path.exists() else []
        return controls


def _read(path: Path) -> Any:  # what JSON holds
    return json.loads(path.read_text("utf-8"))


def _printed(value: object) -> Value:
    if isinstance(value, float):
        return Value(value, f"{value:.1f}" if value >= 10 else f"{value:.2f}")
    if isinstance(value, int):
        return Value(value, f"{value:,}" if value >= 10_000 else str(value))
    return Value(None, str(value))
