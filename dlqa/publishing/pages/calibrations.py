"""How often verdicts are wrong, as a page shows what the last `make calibrate` left.

It leaves one JSON file a table in the store's folder `calibration`; a build only reads them.
"""

from dataclasses import dataclass
from pathlib import Path

from dlqa.evidence.values import percent
from dlqa.publishing.fragments import fragment
from dlqa.publishing.store.reading import decoded
from dlqa.publishing.store.shelves import Damaged

SHOWN = ("builds", "power", "mutants", "studies", "pages", "coverage-0.05")  # as a page has them


Words = dict[str, str]  # a language's code -> the words in it


@dataclass(frozen=True)
class Column:
    """Its numbers stand under `name` in a row's cells; `share`: they are parts of a whole."""

    name: str
    words: Words
    share: bool


@dataclass(frozen=True)
class Row:
    words: Words
    cells: dict[str, float | None]


@dataclass(frozen=True)
class Table:
    name: str
    words: Words
    columns: list[Column]
    rows: list[Row]
    receipt: dict[str, str | int]


@dataclass(frozen=True)
class Calibrations:
    """The tables in a folder."""

    folder: Path

    def tables(self) -> list[Table]:
        """Those that a page shows and that are there; one that cannot be read is none."""
        found = []
        for name in SHOWN:
            try:
                found.append(decoded(self.folder / f"{name}.json", Table))
            except Damaged:
                continue
        return found

    def html(self, language: str) -> str:
        """All tables, or how to make them where there is none."""
        tables = self.tables()
        parts = {"tables": tables, "called": lambda of: _called(of, language), "shown": _shown}
        return fragment("calibrations.html", language, **parts)


def _called(words: Words, language: str) -> str:
    """What it is called in a language, or in the first that there is."""
    return words.get(language) or next(iter(words.values()))


def _shown(cell: float | None, column: Column) -> str:
    if cell is None:
        return ""
    return percent(cell, 1).text if column.share else f"{cell:.3g}".replace("-", "−")
