"""Where a page's text comes from, and the error that points into it."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml


class PageErrors(Exception):
    """What cannot be published, a line for each: file, line, problem."""


class PageError(PageErrors):
    """One problem on a page, with its file and line."""

    def __init__(self, path: Path | str, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")


@dataclass(frozen=True)
class Source:
    """An answer page as written: front matter and Markdown."""

    path: Path
    text: str

    @classmethod
    def read(cls, path: Path) -> "Source":
        return cls(path, path.read_text("utf-8"))

    @property
    def slug(self) -> str:
        return self.path.stem

    @cached_property
    def meta(self) -> dict[str, Any]:  # what YAML holds
        """The front matter. Raises PageError where it is no mapping or does not parse."""
        head, _ = self._parts
        try:
            found = yaml.safe_load(head) or {}
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = 2 + (mark.line if mark else 0)
            raise PageError(self.path, line, f"front matter does not parse: {error}") from error
        if not isinstance(found, dict):
            raise PageError(self.path, 1, f"front matter must be `key: value` lines, got {found!r}")
        return found

    @property
    def body(self) -> str:
        return self._parts[1]

    @property
    def first_line(self) -> int:
        """The line of the file on which the body starts."""
        return self.text[: len(self.text) - len(self.body)].count("\n") + 1

    def error(self, offset: int, problem: str) -> PageError:
        """An error at an offset into the body."""
        return PageError(self.path, self.first_line + self.body[:offset].count("\n"), problem)

    def section(self, identity: str) -> str:
        """The text under the second-level heading with that id. Raises PageError where absent."""
        pattern = rf"^## [^\n]*\{{#{identity}\}}[^\n]*\n(.*?)(?=^## |\Z)"
        found = re.search(pattern, self.body, re.MULTILINE | re.DOTALL)
        if not found:
            raise PageError(self.path, self.first_line, f"no section {{#{identity}}}")
        return found[1].strip()

    @cached_property
    def _parts(self) -> tuple[str, str]:
        found = re.match(r"---\n(.*?)^---\n+", self.text, re.MULTILINE | re.DOTALL)
        return (found[1], self.text[found.end() :]) if found else ("", self.text)


def answers(docs: Path) -> list[Source]:
    """The answer pages of one language, by their question's number."""
    found = [Source.read(path) for path in docs.glob("*.md")]
    return sorted((s for s in found if "question" in s.meta), key=lambda s: int(s.meta["question"]))
