"""The code that pages embed: its files, sections, published form, and whether an embed exists."""

import re
from collections.abc import Iterator
from pathlib import Path

from dlqa.publishing.sources.source import PageError, PageErrors, Source, text_of

MARKER = re.compile(r"^[ \t]*# --8<-- \[(start|end):([\w-]+)\][ \t]*\n", re.MULTILINE)
ANNOTATION = re.compile(r"[ \t]*# \(\d+\)!?[ \t]*$", re.MULTILINE)
EMBED = re.compile(
    r'^[ \t]*--8<--[ \t]*"(?P<file>[^":]+)(?::(?P<section>[\w-]+))?"[ \t]*$', re.MULTILINE
)

MOST_LINES, MOST_COLUMNS = 40, 72  # of a piece: what one takes in at once, on a phone too
EXERCISE = "exercise.py"  # beside the snippets and none of them: it becomes a page of its own


def exercise_of(slug: str, snippets: Path) -> Path:
    """The script of a question's exercise. Raises PageError where there is none."""
    path = snippets / slug / EXERCISE
    if not path.is_file():
        raise PageError(
            path, 1, f"question {slug!r} has no exercise; CONTRIBUTING tells what it holds"
        )
    return path


def snippets_of(slug: str, snippets: Path) -> list[Path]:
    """The Python files that a question's page shows and offers."""
    return [path for path in sorted((snippets / slug).glob("*.py")) if path.name != EXERCISE]


def without_marks(text: str) -> str:
    """A snippet as it is downloaded: without section markers and annotation marks."""
    return ANNOTATION.sub("", MARKER.sub("", text))


def sections(text: str) -> set[str]:
    """The names of the sections that a snippet opens and closes."""
    marks = MARKER.findall(text)
    return {name for kind, name in marks if kind == "start" and ("end", name) in marks}


def shown(text: str, section: str | None) -> str:
    """What a page shows of a snippet: a section of it, or all."""
    if section:
        inside = text.partition(f"[start:{section}]\n")[2]
        text = inside[: inside.index(f"[end:{section}]")].rpartition("\n")[0]
    return without_marks(text).strip("\n")


def check_embeds(source: Source, snippets: Path) -> None:
    """Raises PageErrors for embeds whose file or section is not there, with what mends it."""
    PageErrors.stop([*_wrong_embeds(source, snippets)])


def check_pieces(source: Source, snippets: Path) -> None:
    """Raises PageErrors for shown code that is too long or too wide; `check_embeds` found nothing."""
    PageErrors.stop([*_too_large(source, snippets)])


def _too_large(source: Source, snippets: Path) -> Iterator[PageErrors]:
    for embed in EMBED.finditer(source.body):
        if not embed["file"].endswith(".py"):
            continue
        lines = shown(text_of(snippets / embed["file"]), embed["section"]).splitlines()
        if len(lines) > MOST_LINES:
            problem = f"{embed['file']} shows {len(lines)} lines; at most {MOST_LINES}"
            yield source.error(embed.start(), problem)
        for line in lines:
            if len(line) > MOST_COLUMNS:
                problem = (
                    f"{embed['file']} has a line of {len(line)} columns; at most {MOST_COLUMNS}"
                )
                yield source.error(embed.start(), f"{problem}: {line.strip()}")


def _wrong_embeds(source: Source, snippets: Path) -> Iterator[PageErrors]:
    for line in re.finditer(r"^[ \t]*-+8<-+.*$", source.body, re.MULTILINE):
        found = EMBED.fullmatch(line[0])
        if not found:
            expected = f'expected `--8<-- "file:section"`, got {line[0]!r}'
            yield source.error(line.start(), expected)
            continue
        path = snippets / found["file"]
        if not path.is_file():
            remedy = "; `make examples` writes it" if path.suffix == ".out" else ""
            problem = f"no snippet {found['file']!r} under {snippets.name}/{remedy}"
            yield source.error(line.start(), problem)
            continue
        names = sections(text_of(path))
        if found["section"] and found["section"] not in names:
            expected = ", ".join(sorted(names)) or "none"
            problem = f"{found['file']} has no section {found['section']!r}; it has: {expected}"
            yield source.error(line.start(), problem)
