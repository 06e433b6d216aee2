"""What of a page must be the same in both languages, read from its source."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dlqa.publishing.formulas.mathml import found as formulas_of
from dlqa.publishing.sources.captions import CAPTION
from dlqa.publishing.sources.source import Source
from tests.pages.fences import fences

ROOT = Path(__file__).parents[2]
LANGUAGES = [path.parent.name for path in sorted(ROOT.glob("docs/*/index.md"))]
HEADER = ("question", "title", "description", "tags", "difficulty", "before")

HEADING = re.compile(r"^(#+) .*?(?:\{#([\w-]+)\})?[ \t]*$", re.MULTILINE)
CLAIM = re.compile(r'^\?\?\?\+? claim "(\w+) ', re.MULTILINE)
CITED = re.compile(r"\{\{ (?!figure|downloads|questions)(.+?) \}\}")
FIGURE = re.compile(r"\{\{ figure (.+?) \}\}")
PLACED = re.compile(r"\{\{ (downloads|questions) \}\}")
EMBED = re.compile(r'--8<-- "(.+?)"')
LINK = re.compile(r"\]\(([^)\s]+)[^)]*\)|<(https?://[^>]+)>")
CODE = re.compile(r"`([^`\n]+)`")
ADMONITION = re.compile(r"^[ \t]*(?:\?\?\?\+?|!!!) ([\w-]+)", re.MULTILINE)
ANNOTATION = re.compile(r"^\d+\. ", re.MULTILINE)
REFERENCE = re.compile(r"^- (?:\*\*)?(?P<key>[^\n]+? \d{4}[a-z]?|\w+)(?:\*\*)?\. ", re.MULTILINE)

Facts = dict[str, object]


def pages(language: str, root: Path = ROOT) -> dict[str, Source]:
    """Every page of a language by its path under `docs/<language>`."""
    folder = root / "docs" / language
    return {
        str(path.relative_to(folder)): Source.read(path) for path in sorted(folder.rglob("*.md"))
    }


def answers(language: str, root: Path = ROOT) -> dict[str, Source]:
    """The pages that answer a question."""
    return {name: page for name, page in pages(language, root).items() if "question" in page.meta}


def facts(page: Source) -> Facts:
    """Evidence and structure, section by section; two languages of a page have equal facts.

    Within a section a language may order its citations and links as its sentences need.
    """
    found: Facts = {
        "question": page.meta.get("question"),
        "difficulty": page.meta.get("difficulty"),
        "tags": len(page.meta.get("tags", ())),
        "assets": page.meta.get("assets"),
        "know first": len(page.meta.get("before", ())),
        "sections": [identity for _, identity, _ in sections(page)],
        "references": references(page),
    }
    for level, identity, text in sections(page):
        where = f"{'#' * level}{identity}"
        found |= {
            f"{where}: cited values": Counter(CITED.findall(text)),
            f"{where}: figures": FIGURE.findall(text),
            f"{where}: captions": [
                (found["name"], Counter(CITED.findall(found[0])), _numbers(found[0]))
                for found in CAPTION.finditer(text)
            ],
            f"{where}: formulas": formulas_of(text),
            f"{where}: lists": PLACED.findall(text),
            f"{where}: claims": CLAIM.findall(text),
            f"{where}: blocks": ADMONITION.findall(text),
            f"{where}: fences": [(fence.kind, fence.lines) for fence in fences(text)],
            f"{where}: numbered items": len(ANNOTATION.findall(text)),
            f"{where}: links": Counter(a or b for a, b in LINK.findall(text)),
            f"{where}: numbers as code": _numbers(text),
            f"{where}: table rows": len(re.findall(r"^\|", text, re.MULTILINE)),
        }
    return found


def sections(page: Source) -> Iterator[tuple[int, str, str]]:
    """Level, id and text of every heading's section; what stands before the first is level 0."""
    body = _without_fences(page.body)
    marks = [found for found in HEADING.finditer(body) if len(found[1]) > 1]
    yield 0, "", page.body[: marks[0].start()] if marks else page.body
    for found, following in zip(marks, [*marks[1:], None][: len(marks)], strict=True):
        end = following.start() if following else len(body)
        yield len(found[1]), found[2] or "", page.body[found.end() : end]


def references(page: Source) -> list[str]:
    """The keys of the page's references, in order: author and year, or a name alone."""
    texts = [text for _, identity, text in sections(page) if identity == "references"]
    return [found["key"] for text in texts for found in REFERENCE.finditer(text)]


def differences(left: Facts, right: Facts) -> list[str]:
    """In words, which facts two languages of a page do not share."""
    return [
        f"{name}: {left.get(name)} against {right.get(name)}"
        for name in sorted({*left, *right})
        if left.get(name) != right.get(name)
    ]


def _numbers(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", code) for code in CODE.findall(text) if _is_number(code))


def _is_number(code: str) -> bool:
    return bool(re.fullmatch(r"[−-]?\d[\d.,]*\s?%?", code))


def _without_fences(text: str) -> str:
    """The same text at the same offsets, fenced lines blanked: `# comment` is no heading."""
    for fence in fences(text):
        blank = re.sub(r"[^\n]", " ", text[fence.start : fence.end])
        text = text[: fence.start] + blank + text[fence.end :]
    return text
