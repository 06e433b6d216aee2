"""What data, arms, axes and quantities are called in one language: a question's words file."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PATTERN = "each"  # the entry that serves every label of its table which has none of its own


@dataclass(frozen=True)
class Labels:
    """Tables of words, one a dimension of the record and one a kind of other thing.

    `between` joins the parts of a label in this language, as ", " does in English.
    """

    language: str
    tables: Mapping[str, Mapping[str, str]]
    between: str = ", "

    def __call__(self, table: str, key: object) -> str:
        """The word for a key of a table. Raises KeyError that says what was looked for where."""
        words, name = self.tables.get(table, {}), str(key)
        if name in words:
            return words[name]
        if PATTERN in words:
            return words[PATTERN].format(name)
        raise KeyError(f"no word for {name!r} in [{table}] of words.{self.language}.toml")

    def of(self, table: str) -> Mapping[str, str]:
        """A whole table, by key."""
        if table not in self.tables:
            raise KeyError(f"no table [{table}] in words.{self.language}.toml")
        return self.tables[table]

    def joined(self, coordinates: Mapping[str, object], *more: str) -> str:
        """The label of a place in the record, composed of those of its coordinates."""
        parts = [self(dimension, label) for dimension, label in coordinates.items()]
        return self.between.join([*parts, *more])


def languages_of(folder: Path) -> list[str]:
    """The languages that a question has words in."""
    return sorted(path.name.split(".")[1] for path in folder.glob("words.*.toml"))


def read(folder: Path, language: str, *, between: str = ", ") -> Labels:
    """A question's words in a language. Raises ValueError for a file that does not hold tables."""
    path = folder / f"words.{language}.toml"
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error
    for table, words in tables.items():
        if not isinstance(words, dict) or not all(isinstance(w, str) for w in words.values()):
            raise ValueError(f"{path}: expected a table of words, [{table}] is something else")
    return Labels(language, tables, between)


def differences(folder: Path) -> list[str]:
    """Keys that one language's file has and another's lacks, in words."""
    keys = {name: _keys(read(folder, name)) for name in languages_of(folder)}
    everything = set().union(*keys.values())
    return [
        f"{folder / f'words.{name}.toml'}: no word for {'.'.join(key)}"
        for name, found in keys.items()
        for key in sorted(everything - found)
    ]


def plain(label: object) -> str:
    """A label as names of values hold it: lower-case letters, digits and underscores."""
    return re.sub(r"[^a-z0-9]+", "_", str(label).lower()).strip("_")


def _keys(labels: Labels) -> set[tuple[str, str]]:
    return {(table, key) for table, words in labels.tables.items() for key in words}
