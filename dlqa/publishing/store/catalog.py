"""Which questions there are: the folder listing is the registry."""

import ast
import importlib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import dlqa
from dlqa.drawing.labels import Labels, languages_of, read
from dlqa.publishing.words import word

PACKAGE = Path(dlqa.__file__).parent
QUESTIONS = PACKAGE / "questions"


class UnknownQuestion(ValueError):
    """A slug that has no folder under `dlqa/questions`."""


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
        tree = ast.parse((self.folder / "record.py").read_text("utf-8"))
        return (ast.get_docstring(tree) or self.slug).splitlines()[0].rstrip(".")

    def module_name(self, part: str) -> str:
        return f"dlqa.questions.{self.slug}.{part}"

    def load(self, part: str) -> ModuleType:
        """Its module of that name: `study` loads torch, `figures` and `live` load matplotlib."""
        return importlib.import_module(self.module_name(part))


def questions() -> list[Question]:
    """Every question, by slug."""
    folders = QUESTIONS.glob("*/record.py")
    return [Question(path.parent.name) for path in sorted(folders)]


def find(slug: str) -> Question:
    """The question of that slug. Raises UnknownQuestion."""
    known = {question.slug: question for question in questions()}
    if slug not in known:
        raise UnknownQuestion(f"unknown question {slug!r}; expected one of {', '.join(known)}")
    return known[slug]
