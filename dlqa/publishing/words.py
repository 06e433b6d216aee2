"""The words that the machinery itself puts on a page: `words.zh.toml` and the like, one a language.

They lie apart from code, so that a changed word makes no stored figure stale. A table in a file
holds the words of one script, or what the language is called.
"""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


def spoken() -> list[str]:
    """The languages that the machinery has words in."""
    return sorted(path.name.split(".")[1] for path in FOLDER.glob("words.*.toml"))


def file_of(language: str) -> Path:
    return FOLDER / f"words.{language}.toml"


def word(name: str, language: str, **parts: object) -> str:
    """The word or phrase of that name, its parts filled in."""
    text = words(language)[name]
    assert isinstance(text, str), f"{name!r} is a table"
    return text.format(**parts)


def table(name: str, language: str) -> Mapping[str, str]:
    """The words of a script, or of the language itself, by name."""
    found = words(language)[name]
    assert not isinstance(found, str), f"{name!r} is a word"
    return found


def said(tables: Mapping[str, str | Mapping[str, str]]) -> dict[str, str]:
    """What scripts say, by their names: tables of words called like a script, as JSON."""
    return {
        name: json.dumps(words, ensure_ascii=False)
        for name, words in tables.items()
        if name.endswith(".js")
    }


@cache
def words(language: str) -> Mapping[str, str | Mapping[str, str]]:
    """A language's file."""
    text = file_of(language).read_text("utf-8")
    found: Mapping[str, str | Mapping[str, str]] = tomllib.loads(text)
    return found
