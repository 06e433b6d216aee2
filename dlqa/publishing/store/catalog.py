"""Which questions there are: the folder listing is the registry."""

import ast
import importlib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import dlqa

PACKAGE = Path(dlqa.__file__).parent
QUESTIONS = PACKAGE / "questions"


class UnknownQuestion(ValueError):
    """A slug that has no folder under `dlqa/questions`."""


@dataclass(frozen=True)
class Question:
    """One folder under `dlqa/questions`: its record, study and page."""

    slug: str

    @property
    def summary(self) -> str:
        """The first line of the record module's docstring, read without importing it."""
        tree = ast.parse((QUESTIONS / self.slug / "record.py").read_text("utf-8"))
        return (ast.get_docstring(tree) or self.slug).splitlines()[0].rstrip(".")

    def module_name(self, part: str) -> str:
        return f"dlqa.questions.{self.slug}.{part}"

    def load(self, part: str) -> ModuleType:
        """Its module `record`, `study` (loads torch) or `page` (loads matplotlib)."""
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
