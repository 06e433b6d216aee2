"""Which questions there are: the folder listing is the registry."""

import ast
import importlib
import re
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import dlqa
from dlqa.drawing.labels import Labels, languages_of, read
from dlqa.publishing.store.parsing import parsed
from dlqa.publishing.store.stop import Stop
from dlqa.publishing.words import word

PACKAGE = Path(dlqa.__file__).parent
CHECKOUT = PACKAGE.parent if (PACKAGE.parent / "mkdocs.yml").is_file() else None
QUESTIONS = PACKAGE / "questions"
SLUG = re.compile(r"[a-z][a-z0-9_]*")


class UnknownQuestion(Stop, ValueError):
    """A slug that has no folder under `dlqa/questions`, or a folder that is no slug."""


@dataclass(frozen=True)
class Question:
    """One folder under `dlqa/questions`: its record, study, claims, figures and words."""

    slug: str

    @property
    def folder(self) -> Path:
        return QUESTIONS / self.slug

    @property
    def modules(self) -> list[str]:
        """The names of its modules; `live` is there where a figure has controls."""
        return sorted(path.stem for path in self.folder.glob("*.py"))

    @property
    def languages(self) -> list[str]:
        """The languages that it has words in."""
        return languages_of(self.folder)

    def labels(self, language: str) -> Labels:
        """Its words in a language."""
        return read(self.folder, language, between=word("between", language))

    @property
    def summary(self) -> str:
        """The first line of the record module's docstring, read without importing it."""
        tree = parsed(self.folder / "record.py")
        return (ast.get_docstring(tree) or self.slug).splitlines()[0].rstrip(".")

    @property
    def data(self) -> list[Path]:
        """The files beside its modules and words: what its study may read."""
        no_data = {".py", ".pyc"}
        return sorted(
            path
            for path in self.folder.rglob("*")
            if path.is_file() and path.suffix not in no_data and path not in self.words
        )

    @property
    def words(self) -> list[Path]:
        return sorted(self.folder.glob("words.*.toml"))

    def module_name(self, part: str) -> str:
        return f"dlqa.questions.{self.slug}.{part}"

    def load(self, part: str) -> ModuleType:
        """Its module of that name: `study` loads torch, `figures` and `live` load matplotlib."""
        return importlib.import_module(self.module_name(part))


def questions() -> list[Question]:
    """Every question, by slug. Raises UnknownQuestion for a folder whose name can be no slug."""
    found = [Question(path.parent.name) for path in sorted(QUESTIONS.glob("*/record.py"))]
    for question in found:
        if not SLUG.fullmatch(question.slug):
            expected = "lower-case letters, digits and underscores, a letter first"
            raise UnknownQuestion(f"{question.folder}: a question's folder is named by {expected}")
    return found


def find(slug: str) -> Question:
    """The question of that slug. Raises UnknownQuestion."""
    known = {question.slug: question for question in questions()}
    if slug not in known:
        raise UnknownQuestion(f"unknown question {slug!r}; expected one of {', '.join(known)}")
    return known[slug]
