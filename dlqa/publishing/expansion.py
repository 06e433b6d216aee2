"""From a page as written to Markdown with its evidence in place.

`{{ slug.name }}` cites a value, `{{ figure slug.name }}` on a line of its own places a figure,
`??? claim "c7 words"` opens a claim of the ledger, `{{ downloads }}` lists a page's files and
`{{ questions }}` the questions of the site. Anything else in double braces stops the build.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from dlqa.publishing.ledger import claim_block, header, home_list
from dlqa.publishing.publish import Published
from dlqa.publishing.sources import PageError, PageErrors, Source

BRACES = re.compile(r"\{\{.*?\}\}|\{\{|\}\}")
VALUE = re.compile(r"\{\{ ([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*) \}\}")
FIGURE = re.compile(r"\{\{ figure ([a-z][a-z0-9_]*)\.([a-z][a-z0-9_-]*) \}\}")
CLAIM = re.compile(r"^\?\?\?\+? claim\b.*$", re.MULTILINE)
CLAIM_PARTS = re.compile(r'(\?\?\?\+?) claim "([a-z]\d+) (.+)"')
MEASURED_LOOKING = re.compile(r"(?<![\w.`])\d+\.\d+(?![\w.])|(?<![\w.])\d+(?:\.\d+)? ?[%％]")
NOT_PROSE = re.compile(  # fences, inline code, links' targets, HTML tags, embeds, braces
    r"^[ \t]*(?P<fence>`{3,}).*?^[ \t]*(?P=fence)[ \t]*$|`[^`\n]+`|\]\([^)\n]*\)|<[^>\n]+>|\{\{.*?\}\}",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Library:
    """What the pages of one language may cite: every question's results and page."""

    language: str
    published: Mapping[str, Published]
    sources: Mapping[str, Source]

    def question(self, slug: str, source: Source, offset: int) -> Published:
        if slug not in self.published:
            raise source.error(offset, _unknown("question", slug, self.published))
        return self.published[slug]


def expand(source: Source, library: Library) -> str:
    """The page's Markdown with every citation resolved. Raises PageError with file and line."""
    _check_digits(source)
    if "question" in source.meta:
        _check_claims(source, library)

    def resolve(found: re.Match[str]) -> str:
        return _resolve(found[0], found.start(), source, library)

    def open_claim(found: re.Match[str]) -> str:
        return _claim(found, source, library)

    # claims first keep no offsets, so both are replaced in one pass over the text as written
    either = re.compile(f"{CLAIM.pattern}|{BRACES.pattern}", re.MULTILINE)
    text = either.sub(
        lambda found: open_claim(found) if found[0].startswith("???") else resolve(found),
        source.body,
    )
    if "question" in source.meta:
        text = _with_header(text, header(source, library.published[source.slug], library.language))
    return text


def _resolve(braces: str, offset: int, source: Source, library: Library) -> str:
    if found := VALUE.fullmatch(braces):
        slug, name = found.groups()
        values = library.question(slug, source, offset).values
        if name not in values:
            raise source.error(offset, _unknown(f"value of {slug}", name, values))
        return values[name].text
    if found := FIGURE.fullmatch(braces):
        slug, name = found.groups()
        figures = library.question(slug, source, offset).figures
        if name not in figures:
            raise source.error(offset, _unknown(f"figure of {slug}", name, figures))
        return f'<div data-figure="{slug}.{name}"></div>'
    if braces == "{{ downloads }}":
        return f'<div data-downloads="{source.slug}"></div>'
    if braces == "{{ questions }}":
        return _home(library)
    forms = "{{ slug.name }}, {{ figure slug.name }}, {{ downloads }} or {{ questions }}"
    raise source.error(offset, f"cannot read {braces!r}; expected {forms}")


def _home(library: Library) -> str:
    def answer(slug: str) -> str:
        source = library.sources[slug]
        start = source.body.index(source.section("answer"))
        return BRACES.sub(
            lambda found: _resolve(found[0], start + found.start(), source, library),
            source.section("answer"),
        )

    entries = [
        (source, library.published[slug], answer(slug)) for slug, source in library.sources.items()
    ]
    return home_list(entries, library.language)


def _claim(found: re.Match[str], source: Source, library: Library) -> str:
    parts = CLAIM_PARTS.fullmatch(found[0])
    if not parts:
        raise source.error(found.start(), f'expected `??? claim "c7 words"`, got {found[0]!r}')
    fold, identity, words = parts.groups()
    claims = {claim["id"]: claim for claim in library.published[source.slug].claims}
    if identity not in claims:
        raise source.error(found.start(), _unknown("claim", identity, claims))
    claim = claims[identity]
    if "{{" in words:
        raise source.error(found.start(), "a claim's own words cite no number; its body may")
    return claim_block(fold, claim, words, library.language)


def _check_claims(source: Source, library: Library) -> None:
    """Every claim stands on its page once, and no verdict is another than the prose relies on."""
    if source.slug not in library.published:
        problem = _unknown("question: no folder dlqa/questions/", source.slug, library.published)
        raise PageError(source.path, 1, problem)
    written = [
        (parts[2], found.start())
        for found in CLAIM.finditer(source.body)
        if (parts := CLAIM_PARTS.fullmatch(found[0]))
    ]
    seen: dict[str, int] = {}
    for identity, offset in written:
        if identity in seen:
            raise source.error(offset, f"claim {identity!r} stands on this page twice")
        seen[identity] = offset
    claims = library.published[source.slug].claims
    surprises = [
        str(source.error(seen[claim["id"]], f"unexpected verdict of {surprise}"))
        for claim in claims
        for surprise in claim["surprises"]
        if claim["id"] in seen
    ]
    if surprises:
        raise PageErrors("\n".join(surprises))
    if missing := [claim["id"] for claim in claims if claim["id"] not in seen]:
        problem = f"claims that are judged but not on the page: {', '.join(missing)}"
        raise PageError(source.path, source.first_line, problem)


def _check_digits(source: Source) -> None:
    """No number that looks measured is typed: decimals and percentages are cited or in code."""
    prose = NOT_PROSE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source.body)
    references = re.search(r"^## [^\n]*\{#references\}", prose, re.MULTILINE)
    limit = references.start() if references else len(prose)
    if found := MEASURED_LOOKING.search(prose, 0, limit):
        problem = (
            f"{found[0]!r} is typed by hand; cite it as {{{{ slug.name }}}}, or set it as code"
        )
        raise source.error(found.start(), problem)


def _with_header(text: str, head: str) -> str:
    title, rest = text.split("\n", 1)
    return f"{title}\n\n{head}\n{rest}"


def _unknown(what: str, name: str, known: Mapping[str, object] | list[str]) -> str:
    close = get_close_matches(name, list(known), n=3)
    hint = (
        f"; did you mean {', '.join(close)}?" if close else f"; known: {', '.join(sorted(known))}"
    )
    return f"unknown {what} {name!r}{hint}"
