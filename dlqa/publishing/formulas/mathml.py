r"""Formulas: TeX between dollars becomes MathML, which needs no script and is read aloud.

`$a$` stands within a line and `$$a$$` on lines of its own; `\$` is the sign itself. Code, links'
targets, HTML tags and braces are left alone. A browser too old for MathML shows the TeX.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

from math_core import LatexError, LatexToMathML

from dlqa.publishing.formulas.font import CHARACTERS
from dlqa.publishing.places import filled, place

SKIPPED = (  # on a page as written: fences, code, comments, links' targets, HTML tags, braces
    r"^[ \t]*(?P<fence>`{3,}+|~{3,}+).*?^[ \t]*(?P=fence)[ \t]*$"
    r"|(?<!`)(?P<ticks>`{1,9})(?!`)(?:(?!\n[ \t]*\n).){1,999}?(?<!`)(?P=ticks)(?!`)"
    r"|<!--.{0,9999}?-->|\]\([^)\n]{0,999}\)|</?[A-Za-z][^<>]{0,999}>|\{\{ .{0,999}?\}\}"
)  # without bounds, a long line of things that are not closed takes its length squared
SKIPPED_IN_HTML = r"<(?P<skip>pre|code|script|style|svg|math)\b.*?</(?P=skip)>|<[^>]*>"
SIGN = r"(?P<sign>\\\$)"
DISPLAY = r"\$\$(?P<display>[^$]+)\$\$"
OWN_LINES = rf"^(?P<indent>[ \t]*){DISPLAY}[ \t]*$"
INLINE = r"\$(?!\s)(?P<inline>(?:\\.|[^$\\\n])+)(?<!\s)\$(?![A-Za-z0-9])"
LONE = r"(?P<lone>\$+)"
IN_MARKDOWN = re.compile("|".join((SKIPPED, SIGN, OWN_LINES, INLINE, LONE)), re.M | re.S)
IN_HTML = re.compile("|".join((SKIPPED_IN_HTML, SIGN, DISPLAY, INLINE, LONE)), re.M | re.S)
NOT_HERE = re.compile(r"(?<!\\)%|\\(?:(?:re)?newcommand|def|(?:text)?color|label|ref|tag)\b|\{\{ ")
STRAY = r"a dollar that belongs to no formula; write \$ for the sign itself"


class FormulaError(ValueError):
    """TeX that is no formula, and why."""


@dataclass(frozen=True)
class Formula:
    """A formula's TeX, and whether it stands on lines of its own."""

    tex: str
    display: bool

    def render(self) -> str:
        return render(self.tex, self.display)


def render(tex: str, display: bool) -> str:
    """The formula as HTML: MathML to see and to hear, TeX to copy. Raises FormulaError.

    The TeX is no second `span`: at its end the search would take the formula for ended.
    """
    mathml = _mathml(tex, display)
    dollars = "$$" if display else "$"
    kind = "formula formula--display" if display else "formula"
    return (
        f'<span class="{kind}" data-search-exclude><i class="formula-tex" aria-hidden="true">'
        f"{dollars}{escape(tex)}{dollars}</i>{mathml}</span>"
    )


def found(text: str) -> list[Formula]:
    """The formulas of a page's Markdown, in order."""
    return [_formula(each) for each in IN_MARKDOWN.finditer(text) if _is_formula(each)]


def faults(text: str) -> Iterator[tuple[int, str]]:
    """Offset and problem of every dollar and every formula of a page that cannot stand there."""
    for each in IN_MARKDOWN.finditer(text):
        line = text[text.rfind("\n", 0, each.start()) + 1 : each.end()]
        if each["lone"]:
            yield each.start(), STRAY
        elif _is_formula(each) and line.startswith("#"):
            yield each.start(), "a heading holds no formula: lists of headings could not show it"
        elif _is_formula(each):
            try:
                _formula(each).render()
            except FormulaError as error:
                yield each.start(), str(error)


def marked(text: str) -> str:
    """Markdown whose formulas have become HTML that Markdown leaves alone; see `placed`.

    Every line keeps its number.
    """

    def mark(each: re.Match[str]) -> str:
        if each["sign"]:
            return "&#36;"
        if not _is_formula(each):
            return each[0]
        formula = _formula(each)
        tex = base64.urlsafe_b64encode(formula.tex.encode()).decode()
        kind = "display" if formula.display else "formula"
        lines = "\n" * each[0].count("\n")
        return f"{each['indent'] or ''}{place(kind, tex, inline=True)}{lines}"

    return IN_MARKDOWN.sub(mark, text)


def placed(html: str) -> str:
    """HTML made from `marked` Markdown, its formulas in place. Raises FormulaError."""
    return filled(
        html,
        {
            "formula": lambda tex: render(_decoded(tex), display=False),
            "display": lambda tex: render(_decoded(tex), display=True),
        },
    )


def typeset(html: str) -> str:
    """HTML from elsewhere, such as a notebook's, its dollars made formulas. Raises FormulaError."""

    def place(each: re.Match[str]) -> str:
        if each["lone"]:
            raise FormulaError(STRAY)
        if each["sign"]:
            return "$"
        if not _is_formula(each):
            return each[0]
        formula = _formula(each)
        return render(unescape(formula.tex), formula.display)

    return IN_HTML.sub(place, html)


def _is_formula(each: re.Match[str]) -> bool:
    return bool(each["inline"] or each["display"])


def _formula(each: re.Match[str]) -> Formula:
    return Formula((each["inline"] or each["display"]).strip(), not each["inline"])


def _decoded(tex: str) -> str:
    return base64.urlsafe_b64decode(tex).decode()


def _mathml(tex: str, display: bool) -> str:
    where = f"formula ${tex}$"
    if not tex.strip():
        raise FormulaError(f"{where} is empty")
    if wrong := NOT_HERE.search(tex):
        raise FormulaError(f"{where}: {wrong[0].strip()!r} may not stand in a formula")
    try:
        mathml = LatexToMathML(fancy_error=False).convert_with_local_state(
            tex, displaystyle=display
        )
    except LatexError as error:
        place, _, reason = str(error).partition(": ")
        after = f" after {tex[: int(place)]}" if int(place) else ""
        raise FormulaError(f"{where} does not parse{after}: {reason}") from None
    shown = unescape(re.sub(r"<[^>]*>", "", mathml))
    if strange := sorted({*shown} - CHARACTERS):
        problem = f"{where}: the site's math font has no {', '.join(map(repr, strange))}"
        raise FormulaError(
            f"{problem}; add it to dlqa/publishing/formulas/font.py, or say it in words"
        )
    return str(mathml)
