"""The code that decides a question's claims, as a page of its own with a place for each claim.

A question's page shows the modules of its folder that do not draw, `claims.py` first;
the page `evidence` says how a verdict comes about from what those modules measure, how often it is
wrong, and shows the code of it.
"""

import ast
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from dlqa.publishing.fragments import fragment
from dlqa.publishing.places import place
from dlqa.publishing.store.catalog import PACKAGE, QUESTIONS
from dlqa.publishing.store.fingerprint import Fingerprint, digest, versions
from dlqa.publishing.store.keeping import kept
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.verdicts import SYMBOLS
from dlqa.publishing.words import word

MAKERS = {"measured", "derived", "cited"}  # of claims
EVIDENCE = "evidence"  # the page that every question's page leads to
VERDICTS = (
    "claims",
    "verdicts",
    "sides",
    "means",
    "exceptions",
    "looks",
    "further",
    "reading",
    "quantities",
    "records",
    "values",
)  # in the order of reading


@cache
def modules(slug: str) -> list[Path]:
    """The files that a page of code shows: a question's, or those of the room `evidence`."""
    if slug == EVIDENCE:
        return [PACKAGE / "evidence" / f"{name}.py" for name in VERDICTS]
    paths = sorted((QUESTIONS / slug).glob("*.py"), key=lambda path: (path.stem != "claims", path))
    shown = (path for path in paths if path.stem != "__init__")
    return [path for path in shown if not _draws(path)]


def code_page(slug: str, title: str, back: str, language: str) -> str:
    """The Markdown of a page of code; `back` is the way to the question's page, "" where none."""
    if slug == EVIDENCE:
        tables = place("calibrations", "all")
        signs = {verdict.name.lower(): SYMBOLS[verdict] for verdict in SYMBOLS}
        intro = word("code evidence", language, tables=tables, **signs)
    else:
        intro = word("code intro", language, page=back)
    files = "\n".join(
        f"## {path.name} {{#{path.stem}}}\n\n{place('code', f'{slug}.{path.stem}')}\n"
        for path in modules(slug)
    )
    return f"---\ntitle: {title}\nsearch: {{exclude: true}}\n---\n# {title}\n\n{intro}\n\n{files}"


def code_html(slug: str, name: str, store: Store) -> str:
    """A file of a page of code, highlighted, its claims' definitions with the claims' ids."""
    path = next(path for path in modules(slug) if path.stem == name)
    text = path.read_text("utf-8")
    claims = {first: identity for identity, first, _ in definitions(text)}
    ends = {last for _, _, last in definitions(text)}
    lines = _highlighted(f"{slug}.{name}", text, store)
    return fragment("code_file.html", name=name, lines=lines, claims=claims, ends=ends)


@cache
def definitions(text: str) -> list[tuple[str, int, int]]:
    """Every claim that a module defines under a literal id: the id, its first and last line."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and _called(node.func) in MAKERS:
            named = [each.value for each in node.keywords if each.arg == "id"]
            match [*node.args[:1], *named]:
                case [ast.Constant(value=str(identity)), *_]:
                    found.append((identity, node.lineno, node.end_lineno or node.lineno))
    return found


@cache  # asked for by every claim, in both languages
def decided(slug: str) -> frozenset[str]:
    """The claims that have a place on a question's page of code."""
    texts = (path.read_text("utf-8") for path in modules(slug))
    return frozenset(identity for text in texts for identity, _, _ in definitions(text))


def _called(function: ast.expr) -> str:
    """The name that is called."""
    return function.id if isinstance(function, ast.Name) else ""


def _draws(path: Path) -> bool:
    imports: Sequence[ast.stmt] = ast.parse(path.read_text("utf-8")).body
    names = [node.module or "" for node in imports if isinstance(node, ast.ImportFrom)]
    return any(name.startswith("dlqa.drawing") for name in names)


def _highlighted(name: str, text: str, store: Store) -> list[str]:
    """A line of HTML for each line of code; kept, since nothing else costs a page of code as much."""

    def make() -> list[str]:
        shown: str = highlight(text, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
        return shown.splitlines()

    depends_on = {"text": digest(text.encode()), **versions({"pygments"})}
    return kept(store, "code", name, Fingerprint(depends_on), make, list[str])
