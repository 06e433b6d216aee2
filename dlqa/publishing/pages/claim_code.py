"""The code that decides a question's claims, as a page of its own with a place for each claim.

A question's page shows the modules of its folder that do not draw, `claims.py` first;
the page `evidence` says how a verdict comes about from what those modules measure, how often it is
wrong, and shows the code of it.
"""

import ast
import re
from functools import cache
from pathlib import Path

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from dlqa.publishing.fragments import TEMPLATES, fragment
from dlqa.publishing.pages.highlighting import only_colours
from dlqa.publishing.places import place
from dlqa.publishing.store.catalog import PACKAGE, QUESTIONS
from dlqa.publishing.store.fingerprint import Fingerprint, digest, of_files, versions
from dlqa.publishing.store.keeping import kept
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.verdicts import SYMBOLS
from dlqa.publishing.words import word

MAKERS = {"measured", "derived", "cited"}  # of claims
CODE_FILE = "code_file.html"
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
        trial = place("trial", "verdict")
        intro = word("code evidence", language, tables=tables, trial=trial, **signs)
    else:
        intro = word("code intro", language, page=back)
    assets = "assets: [trial.css, trial.js]\n" if slug == EVIDENCE else ""
    files = "\n".join(
        f"## {path.name} {{#{path.stem}}}\n\n{place('code', f'{slug}.{path.stem}')}\n"
        for path in modules(slug)
    )
    return f"---\ntitle: {title}\nsearch: {{exclude: true}}\n{assets}---\n# {title}\n\n{intro}\n\n{files}"


def code_html(slug: str, name: str, store: Store) -> str:
    """A file of a page of code, highlighted, its claims' definitions with the claims' ids.

    It is kept: nothing else costs a build in which nothing changed as much.
    """
    path = next(path for path in modules(slug) if path.stem == name)
    text = path.read_text("utf-8")

    def make() -> str:
        defined = definitions(text)
        shown = highlight(text, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
        return fragment(
            CODE_FILE,
            name=name,
            lines=only_colours(shown).splitlines(),
            claims={first: identity for identity, first, _ in defined},
            ends={last for _, _, last in defined},
        )

    found = {"text": digest(text.encode()), **_makers()}
    return kept(store, "code", f"{slug}.{name}", Fingerprint(found), make, str)


@cache
def _makers() -> dict[str, str]:
    """What highlighted code depends on beside its text."""
    makers = [Path(__file__), Path(__file__).with_name("highlighting.py"), TEMPLATES / CODE_FILE]
    return of_files(makers) | versions({"pygments"})


@cache
def definitions(text: str) -> list[tuple[str, int, int]]:
    """Every claim that a module defines under a literal id: the id, its first and last line."""
    found: list[tuple[str, int, int]] = []
    if not any(f"{maker}(" in text for maker in MAKERS):
        return found
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
    return bool(re.search(r"^from dlqa\.drawing", path.read_text("utf-8"), re.MULTILINE))
