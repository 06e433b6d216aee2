"""Where a page's text comes from, and the error that points into it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import yaml
from mkdocs.utils.meta import YAML_RE, get_data

from dlqa.publishing.sources.front_matter import Heading, wrong_entries
from dlqa.publishing.store.stop import Stop


class PageErrors(Stop):
    """What cannot be published, a line for each: file, line, problem."""

    @classmethod
    def stop(cls, errors: Sequence["PageErrors"]) -> None:
        """Raises all of them as one, if there are any."""
        if errors:
            raise PageErrors("\n".join(str(error) for error in errors))


class PageError(PageErrors):
    """One problem on a page, with its file and line."""

    def __init__(self, path: Path | str, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")


def text_of(path: Path) -> str:
    """A text file. Raises PageError, with the line, where it is no UTF-8 or no text."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise PageError(path, line, "not written in UTF-8; save it as that") from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise PageError(path, line, "a character of code 0, which no text holds")
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True)
class Source:
    """A page as written: front matter and Markdown."""

    path: Path
    text: str

    @classmethod
    def read(cls, path: Path) -> "Source":
        """The page in a file; one that is read again unchanged is the same, its parts at hand."""
        return _source(path, text_of(path).removeprefix("\ufeff"))

    @property
    def slug(self) -> str:
        return self.path.stem

    @cached_property
    def meta(self) -> dict[str, object]:
        """The front matter. Raises PageError where it is no mapping or does not parse."""
        head, _ = self._parts
        if not head and (self.text.startswith("---") or get_data(self.text)[1]):
            raise PageError(self.path, 1, "front matter stands between two lines of `---`")
        try:
            found = yaml.safe_load(head) or {}
        except yaml.MarkedYAMLError as error:
            line = 2 + (error.problem_mark.line if error.problem_mark else 0)
            problem = f"front matter does not parse: {error.problem}"
            raise PageError(self.path, line, problem) from error
        if not isinstance(found, dict):
            raise PageError(self.path, 1, f"front matter must be `key: value` lines, got {found!r}")
        return found

    @cached_property
    def heading(self) -> Heading:
        """An answer's front matter. Raises PageErrors for what lacks or cannot be."""
        wrong = wrong_entries(self.meta)
        PageErrors.stop([self.wrong(key, wrong[key]) for key in wrong])
        return Heading.of(self.meta)

    @property
    def is_answer(self) -> bool:
        return "question" in self.meta

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

    def wrong(self, key: str, problem: str) -> PageError:
        """An error at a key of the front matter."""
        return PageError(self.path, self._line_of(key), problem)

    def section(self, identity: str) -> str:
        """The text under the second-level heading with that id. Raises PageError where absent."""
        pattern = rf"^## [^\n]*\{{#{identity}\}}[^\n]*\n(.*?)(?=^## |\Z)"
        found = re.search(pattern, self.body, re.MULTILINE | re.DOTALL)
        if not found:
            raise PageError(self.path, self.first_line, f"no section {{#{identity}}}")
        return found[1].strip()

    def _line_of(self, key: str) -> int:
        """The line of a key of the front matter; 1 where it is not there."""
        lines = self._parts[0].splitlines()
        return next((n for n, line in enumerate(lines, start=2) if line.startswith(f"{key}:")), 1)

    @cached_property
    def _parts(self) -> tuple[str, str]:
        """Front matter and body, parted where MkDocs parts them."""
        found = YAML_RE.match(self.text)
        return (found[1], self.text[found.end() :].lstrip("\n")) if found else ("", self.text)


@lru_cache(maxsize=1000)
def _source(path: Path, text: str) -> Source:
    return Source(path, text)
