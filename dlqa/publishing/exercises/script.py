"""An exercise as written, one script for both languages, and the notebooks that it becomes.

The script is Python in the percent format. Its markdown cells stand in pairs, `lang="zh"` and then
`lang="en"`; its code cells belong to both languages. A code cell that draws has `alt_zh` and
`alt_en`, what is to be seen; the tag `reveal` folds what a cell shows until the reader has guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
from markdown.extensions.toc import slugify, unique
from nbformat import NotebookNode, v4

from dlqa.publishing.languages import LANGUAGES
from dlqa.publishing.sources.checks import check_digits, check_formulas
from dlqa.publishing.sources.source import PageError, PageErrors, Source

MARKER = re.compile(r"# %%(?: |$)")
HEADING = re.compile(r"^(#{1,6}) +(.+?) *#*$", re.MULTILINE)
FENCE = re.compile(r"^(`{3,}).*?^\1`*$", re.MULTILINE | re.DOTALL)
KERNEL = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}
MARKUP, CODE = {"lang"}, {"tags", *(f"alt_{language}" for language in LANGUAGES)}
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
    """An exercise's cells, checked: the two languages say the same things in the same places."""

    path: Path
    cells: Sequence[Cell]

    @classmethod
    def read(cls, path: Path) -> "Script":
        """Raises PageErrors with all that is wrong, each with its line."""
        text = path.read_text("utf-8")
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

    def written_in(self, language: str) -> list[Cell]:
        """The cells of one language's notebook."""
        return [cell for cell in self.cells if cell.metadata.get("lang", language) == language]

    def headings(self, language: str) -> list[Heading]:
        return [h for cell in self.written_in(language) for h in cell.headings]

    def identities(self) -> list[str]:
        """An id for each heading: the English words, in both languages."""
        used: set[str] = set()
        return [unique(slugify(words, "-"), used) for _, words in self.headings("en")]

    def error(self, cell: Cell, problem: str, line: int = 0) -> PageError:
        """An error at a line of a cell, 0 for its marker."""
        return PageError(self.path, cell.line + line, problem)


Shown = Sequence[Sequence[NotebookNode]]  # each code cell's outputs


def notebook(script: Script, language: str, shown: Shown | None = None) -> NotebookNode:
    """One language's notebook, with what its code has shown or with no outputs.

    The same script gives the same notebook: a cell's id is its place.
    """
    outputs = iter(shown or [[]] * len(script.code))
    cells = []
    for place, cell in enumerate(script.written_in(language)):
        identity = f"cell-{place}"
        if cell.kind == "markdown":
            cells.append(v4.new_markdown_cell(cell.text, id=identity))
        else:
            made = v4.new_code_cell(cell.text, id=identity, outputs=[*next(outputs)])
            made.metadata.update({"tags": cell.tags} if cell.tags else {})
            cells.append(made)
    whole: NotebookNode = v4.new_notebook(cells=cells, metadata=KERNEL)
    return whole


def _metadata(node: NotebookNode) -> dict[str, Any]:
    """A cell's own, without the notes that jupytext takes."""
    return {key: value for key, value in node.metadata.items() if "lines_to" not in key}


def _wrong(script: Script) -> Iterator[PageErrors]:
    """What is wrong with a script's cells, each with its line."""
    for cell in script.cells:
        allowed = MARKUP if cell.kind == "markdown" else CODE
        if strange := sorted(cell.metadata.keys() - allowed):
            known = ", ".join(sorted(allowed))
            yield script.error(cell, f"unknown {', '.join(strange)} of a {cell.kind} cell: {known}")
        if cell.tags not in ([], [REVEAL]):
            yield script.error(cell, f"the one tag is {REVEAL!r}, got {cell.tags!r}")
        if cell.kind == "markdown":
            yield from _in_words(script, cell)
    yield from _unpaired(script)
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


def _unpaired(script: Script) -> Iterator[PageError]:
    """Markdown cells that are not one in Chinese and the same in English after it."""
    waiting: Cell | None = None
    for cell in [*script.cells, None]:
        language = cell.metadata.get("lang") if cell and cell.kind == "markdown" else None
        if waiting and language != "en":
            yield script.error(waiting, "a Chinese cell that no English one follows")
        if cell and cell.kind == "markdown" and language not in LANGUAGES:
            yield script.error(cell, f'expected lang="zh" or lang="en", got {language!r}')
        if cell and language == "en":
            if not waiting:
                yield script.error(cell, "an English cell that follows no Chinese one")
            elif [level for level, _ in cell.headings] != [h for h, _ in waiting.headings]:
                yield script.error(cell, "its headings are not those of the Chinese cell before it")
        waiting = cell if language == "zh" else None
