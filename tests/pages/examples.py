"""Fences as Sybil examples: code is run, shown output compared, commands checked, all else refused."""

import difflib
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from sybil import Document, Example, Region

from tests.installed.sections import FOLLOWED, OUT_OF_REACH, PAGE
from tests.pages.fences import Fence, fences
from tests.pages.pieces import EMBED, Piece, Runs, Snippets

CODE = {"python", "py", "py3", "python3"}
OUTPUT = {"text"}
COMMANDS = {"console"}
HEADING = re.compile(r"^## [^\n]*\{#(?P<id>[\w-]+)\}", re.MULTILINE)


class PageParser:
    """Yields every fence of a page; what it may not hold makes its example fail."""

    def __init__(self, root: Path, refresh: bool = False) -> None:
        self.root, self.refresh = root, refresh
        self.runs = Runs()

    @cached_property
    def snippets(self) -> Snippets:
        return Snippets(self.root)

    def __call__(self, document: Document) -> Iterator[Region]:
        for fence in fences(document.text):
            yield Region(fence.start, fence.end, fence, self.evaluate)

    def evaluate(self, example: Example) -> str | None:
        """None where the fence is right, else what is wrong with it."""
        fence: Fence = example.parsed
        if fence.problem:
            return fence.problem
        if fence.kind in CODE:
            return self._run(fence, example.document)
        if fence.kind in OUTPUT:
            return self._compare(fence, example.document)
        if fence.kind in COMMANDS:
            return _check_commands(fence, self.root, _section(fence, example.document))
        return f"a fence of kind {fence.kind!r} is not tested; use python, text or console"

    def _run(self, fence: Fence, document: Document) -> str | None:
        if typed := _typed(fence):
            return f'code is embedded, never typed: expected `--8<-- "slug/file.py:section"`, got {typed!r}'
        for file, _ in _embeds(fence):
            if not file.endswith(".py"):
                return f"a {fence.kind} fence embeds .py files, got {file!r}"
            self.runs.printed(self._chain(file, document, fence.end))
        return None

    def _compare(self, fence: Fence, document: Document) -> str | None:
        embeds = _embeds(fence)
        if _typed(fence) or len(embeds) != 1 or not embeds[0][0].endswith(".out"):
            return 'shown output is embedded, never typed: expected one `--8<-- "slug/file.out"`'
        place = self.snippets.folder / embeds[0][0]
        file, section = self._printer(embeds[0][0])
        chain = self._chain(file, document, fence.start)
        ends = [i for i, piece in enumerate(chain, 1) if section in (None, piece.section)]
        if not ends:
            return f"{embeds[0][0]} stands before the page shows what prints it"
        real = "".join(self.runs.printed(chain[:end]) for end in (ends[-1:] if section else ends))
        if self.refresh:
            place.write_text(real, "utf-8")
            return None
        if not place.is_file():
            return f"{place} is not there; `make examples` writes it"
        return _difference(place, place.read_text("utf-8"), real)

    def _printer(self, output: str) -> tuple[str, str | None]:
        """Which file, or which of its sections, prints what `slug/file[.section].out` shows."""
        name = output.removesuffix(".out")
        if (self.snippets.folder / f"{name}.py").is_file():
            return f"{name}.py", None
        file, _, section = name.rpartition(".")
        return f"{file}.py", section

    def _chain(self, file: str, document: Document, end: int) -> tuple[Piece, ...]:
        """The pieces of a file that the page shows up to there."""
        return tuple(
            self.snippets.piece(file, section)
            for fence in fences(document.text)
            if fence.end <= end and fence.kind in CODE and not _typed(fence)
            for embedded, section in _embeds(fence)
            if embedded == file
        )


def _typed(fence: Fence) -> str | None:
    """The first line that is no embed; of an empty fence, its emptiness."""
    if not any(line.strip() for line in fence.lines):
        return "nothing"
    others = (line for line in fence.lines if line.strip() and not EMBED.fullmatch(line.strip()))
    return next(others, None)


def _embeds(fence: Fence) -> list[tuple[str, str | None]]:
    found = (EMBED.fullmatch(line.strip()) for line in fence.lines)
    return [(each["file"], each["section"]) for each in found if each]


def _difference(place: Path, shown: str, real: str) -> str | None:
    if shown == real:
        return None
    lines = list(zip(shown.splitlines(), real.splitlines(), strict=False))
    same = next((i for i, (a, b) in enumerate(lines) if a != b), len(lines))
    difference = difflib.unified_diff(
        shown.splitlines(), real.splitlines(), "shown", "printed", lineterm=""
    )
    return f"{place}:{same + 1}: shown output is not what is printed\n" + "\n".join(difference)


def _section(fence: Fence, document: Document) -> str:
    """The section of the page of installing whose first fence this is, which is followed; else ""."""
    if Path(document.path).name != PAGE:
        return ""
    headings = [found for found in HEADING.finditer(document.text) if found.end() <= fence.start]
    if not headings:
        return ""
    between = (headings[-1].end() <= each.start < fence.start for each in fences(document.text))
    return "" if any(between) else headings[-1]["id"]


def _check_commands(fence: Fence, root: Path, section: str) -> str | None:
    for line in filter(str.strip, fence.lines):
        if not line.startswith("$ "):
            return f"a console fence holds commands, each after `$ `; got {line!r}"
        words = shlex.split(line[2:], comments=True)
        if section in FOLLOWED or words[0] in OUT_OF_REACH.get(section, ()):
            continue
        if problem := _check_command(words, root):
            return f"{line!r}: {problem}"
    return None


def _check_command(words: list[str], root: Path) -> str | None:
    """Commands are not run, but must be such as exist."""
    match words:
        case ["make", *targets]:
            check = ["make", "--dry-run", "--always-make", *targets]
        case ["dlqa", verb, *_]:
            check = [sys.executable, "-m", "dlqa.cli", verb, "--help"]
        case ["git" | "pip" | "cd" | "python", *_]:
            return None
        case _:
            return "expected make, dlqa, git, pip, cd or python"
    done = subprocess.run(check, cwd=root, capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else None
