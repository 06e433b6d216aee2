"""An exercise as written, one script for all languages, and the notebooks that it becomes.

The script is Python in the percent format. Its markdown cells stand in groups, one of each
language, `lang="zh"` and the like, always in the order of the first group; its code cells belong to
all languages. A code cell that draws has an `alt_zh` and the like, what is to be seen. Where a
language has words of its own for those that code draws or prints, a `words_zh={"step": "步"}` of any
cell takes the place of all strings "step" in that language's notebook; the tag `reveal` folds what
a cell shows until the reader has guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
from markdown.extensions.toc import slugify, unique
from nbformat import NotebookNode, v4

from dlqa.publishing.sources.checks import check_digits, check_formulas
from dlqa.publishing.sources.source import PageError, PageErrors, Source, text_of

MARKER = re.compile(r"# %%(?: |$)")
HEADING = re.compile(r"^(#{1,6}) +(.+?) *#*$", re.MULTILINE)
FENCE = re.compile(r"^(`{3,}).*?^\1`*$", re.MULTILINE | re.DOTALL)
STRING = re.compile(r'''"((?:[^"\\\n]|\\.)*)"''')
KERNEL = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}
REVEAL = "reveal"

Heading = tuple[int, str]  # level, words


@dataclass(frozen=True)
class Cell:
    """A cell of an exercise's script, and the line of its marker."""

    line: int
    kind: str  # "markdown" or "code"
    text: str
    metadata: Mapping[str, Any]

    @property
    def tags(self) -> list[str]:
        return [*self.metadata.get("tags", [])]

    @property
    def headings(self) -> list[Heading]:
        prose = FENCE.sub("", self.text)
        return [(len(marks), words) for marks, words in HEADING.findall(prose)]


@dataclass(frozen=True)
class Script:
    """An exercise's cells, checked: the languages say the same things in the same places."""

    path: Path
    cells: Sequence[Cell]

    @classmethod
    def read(cls, path: Path) -> "Script":
        """Raises PageErrors with all that is wrong, each with its line."""
        text = text_of(path)
        lines = [n for n, line in enumerate(text.splitlines(), 1) if MARKER.match(line)]
        nodes = jupytext.reads(text, fmt="py:percent").cells
        if len(nodes) != len(lines):
            problem = f"{len(nodes)} cells but {len(lines)} markers `# %%`; begin with a marker"
            raise PageError(path, 1, problem)
        cells = [
            Cell(line, node.cell_type, node.source, _metadata(node))
            for line, node in zip(lines, nodes, strict=True)
        ]
        script = cls(path, cells)
        PageErrors.stop([*_wrong(script)])
        return script

    @property
    def code(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.kind == "code"]

    @property
    def languages(self) -> list[str]:
        """Those of its markdown cells, in the order of their first ones."""
        markdown = (cell for cell in self.cells if cell.kind == "markdown")
        return list(dict.fromkeys(str(cell.metadata.get("lang", "")) for cell in markdown))

    def written_in(self, language: str) -> list[Cell]:
        """The cells of one language's notebook."""
        return [cell for cell in self.cells if cell.metadata.get("lang", language) == language]

    def headings(self, language: str) -> list[Heading]:
        return [h for cell in self.written_in(language) for h in cell.headings]

    def identities(self) -> list[str]:
        """An id for each heading, in all languages: the words of the first that addresses can hold.

        Where no language's letters are in ASCII, headings are numbered.
        """
        for language in self.languages:
            words = [slugify(words, "-") for _, words in self.headings(language)]
            if all(words):
                used: set[str] = set()
                return [unique(each, used) for each in words]
        return [f"part-{place}" for place, _ in enumerate(self.headings(self.languages[0]), 1)]

    def words(self, language: str) -> dict[str, str]:
        """What stands in its notebook in place of the code's strings, those of all cells."""
        return {k: v for cell in self.code for k, v in words_of(cell, language).items()}

    def error(self, cell: Cell, problem: str, line: int = 0) -> PageError:
        """An error at a line of a cell, 0 for its marker."""
        return PageError(self.path, cell.line + line, problem)


def words_of(cell: Cell, language: str) -> Mapping[str, str]:
    """The words that a cell has in a language for those of its code."""
    found: Mapping[str, str] = cell.metadata.get(f"words_{language}", {})
    return found


Shown = Sequence[Sequence[NotebookNode]]  # each code cell's outputs


def notebook(script: Script, language: str, shown: Shown | None = None) -> NotebookNode:
    """One language's notebook, with what its code has shown or with no outputs.

    The same script gives the same notebook: a cell's id is its place.
    """
    words = script.words(language)

    def said(string: re.Match[str]) -> str:
        return f'"{words.get(string[1], string[1])}"'

    outputs = iter(shown or [[]] * len(script.code))
    cells = []
    for place, cell in enumerate(script.written_in(language)):
        identity = f"cell-{place}"
        if cell.kind == "markdown":
            cells.append(v4.new_markdown_cell(cell.text, id=identity))
        else:
            made = v4.new_code_cell(
                STRING.sub(said, cell.text), id=identity, outputs=[*next(outputs)]
            )
            made.metadata.update({"tags": cell.tags} if cell.tags else {})
            cells.append(made)
    whole: NotebookNode = v4.new_notebook(cells=cells, metadata=KERNEL)
    return whole


def _metadata(node: NotebookNode) -> dict[str, Any]:
    """A cell's own, without the notes that jupytext takes."""
    return {key: value for key, value in node.metadata.items() if "lines_to" not in key}


def _wrong(script: Script) -> Iterator[PageErrors]:
    """What is wrong with a script's cells, each with its line."""
    described = {f"{what}_{language}" for what in ("alt", "words") for language in script.languages}
    for cell in script.cells:
        allowed = {"lang"} if cell.kind == "markdown" else {"tags", *described}
        if strange := sorted(cell.metadata.keys() - allowed):
            known = ", ".join(sorted(allowed))
            yield script.error(cell, f"unknown {', '.join(strange)} of a {cell.kind} cell: {known}")
        if cell.tags not in ([], [REVEAL]):
            yield script.error(cell, f"the one tag is {REVEAL!r}, got {cell.tags!r}")
        if cell.kind == "markdown":
            yield from _in_words(script, cell)
    yield from _ungrouped(script)
    first = script.cells[0].headings[:1] if script.cells else []
    if [level for level, _ in first] != [1]:
        yield PageError(script.path, 1, "an exercise begins with its title, `# words`")


def _in_words(script: Script, cell: Cell) -> Iterator[PageErrors]:
    """Numbers that look measured, which the code prints instead, and formulas that are none."""
    source = Source(script.path, "\n" * cell.line + cell.text)
    for check in (check_digits, check_formulas):
        try:
            check(source)
        except PageErrors as errors:
            yield errors


def _ungrouped(script: Script) -> Iterator[PageError]:
    """Markdown cells that are not one of each language in the order of the first ones."""
    expected = script.languages
    order = ", ".join(f'lang="{language}"' for language in expected)
    if "" in expected:
        unnamed = (c for c in script.cells if c.kind == "markdown" and not c.metadata.get("lang"))
        yield from (script.error(cell, 'expected lang="…", got none') for cell in unnamed)
        return
    group: list[Cell] = []
    for cell in [*script.cells, None]:
        following = cell is not None and cell.kind == "markdown"
        if cell is not None and following:
            place = len(group) % len(expected)
            if cell.metadata["lang"] != expected[place]:
                yield script.error(cell, f"out of order; expected one cell each of {order}")
                return
            if place and _levels(cell) != _levels(group[-place]):
                yield script.error(cell, "its headings are not those of the cell before it")
            group.append(cell)
        elif len(group) % len(expected):
            yield script.error(group[-1], f"the last of its group; expected one each of {order}")
            return
        else:
            group = []


def _levels(cell: Cell) -> list[int]:
    return [level for level, _ in cell.headings]
