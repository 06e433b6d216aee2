"""Pieces of HTML and of Markdown, a template each in `templates`.

What is put into a template is escaped, unless the template says `safe`: HTML that was made before,
or a page's own Markdown. Line breaks and indents of an `.html` template are for who reads it; the
piece has none, so that it can stand anywhere in Markdown.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dlqa.evidence.values import bound, value
from dlqa.evidence.verdicts import Verdict
from dlqa.publishing.verdicts import SYMBOLS, verdict_class
from dlqa.publishing.words import word

MARKS = re.compile(r"[\\`*_{}\[\]()<>#|&$~^:\"'!]")  # of Markdown, its extensions, or HTML
TEMPLATES = Path(__file__).parent / "templates"


def fragment(template: str, language: str = "", **parts: object) -> str:
    """The piece that a template makes of its parts; `word` gives it the machinery's words."""

    def say(name: str, **given: object) -> Markup:
        return Markup(word(name, language, **{key: escape(part) for key, part in given.items()}))

    def badged(verdict: Verdict) -> Markup:
        return Markup(badge(verdict, language))

    def signed(verdict: Verdict) -> Markup:
        return Markup(sign(verdict, language))

    parts |= {"language": language, "word": say, "badge": badged, "sign": signed}
    return _environment().get_template(template).render(parts)


def literal(text: str) -> Markup:
    """Plain text, such as a title, where Markdown or HTML would read marks in it."""
    return Markup(MARKS.sub(lambda mark: f"&#{ord(mark[0])};", text))


def badge(verdict: Verdict, language: str) -> str:
    """A verdict as a sign and a word, so that colour carries nothing alone."""
    return fragment("badge.html", language, verdict=verdict)


def sign(verdict: Verdict, language: str) -> str:
    """A verdict as a sign whose name is the word, for where there is no room for both."""
    return fragment("sign.html", language, verdict=verdict)


class _Joined(FileSystemLoader):
    """Templates from a folder, an `.html` one's lines as one."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, unchanged = super().get_source(environment, template)
        if template.endswith(".html"):
            source = "".join(line.strip() for line in source.splitlines())
        return source, path, unchanged


@cache
def _environment() -> Environment:
    made = Environment(
        loader=_Joined(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["symbols"] = SYMBOLS
    made.filters |= {
        "literal": literal,
        "bound": lambda number, form, missing: bound(number, form, missing).text,
        "printed": lambda number, form: value(number, form).text,
        "verdict_class": verdict_class,
    }
    return made
