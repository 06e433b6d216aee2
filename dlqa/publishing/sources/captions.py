"""Captions: a figure's title and description, written on its question's page as a claim is.

`??? figure "curves Title"` with the description indented below stands where the figure does. A
caption is text with `code` and formulas; it cites its own question's values, and in a live figure
`{{ setting.name }}`: what the figure's numbers or controls say in the setting that is shown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from itertools import product
from textwrap import dedent

from markdown import markdown

from dlqa.publishing.formulas import mathml
from dlqa.publishing.sources.checks import unknown
from dlqa.publishing.sources.citations import BRACES, VALUE, cited
from dlqa.publishing.sources.source import PageError, PageErrors, Source
from dlqa.publishing.store.results import Published

OPENING = re.compile(r"^[ \t]*(?:\?\?\?\+?|!!!) figure\b.*$", re.MULTILINE)
CAPTION = re.compile(
    r'^\?\?\? figure "(?P<name>[a-z][a-z0-9_-]*) (?P<title>.+)"[ \t]*\n'
    r"(?P<body>(?:[ \t]*\n|(?: {4}|\t).*(?:\n|\Z))*)",
    re.MULTILINE,
)
SETTING = "setting"  # where a question's slug stands otherwise
SHOWN = re.compile(r'<span data-setting="([a-z0-9_.]+)">[^<]*</span>')
TAGS = {"p", "code", "em", "strong", "span"}
# Where a drawing without words has place for them.
TITLE_PLACE = re.compile(r'(<(title) id="[^"]+") />')
DESCRIPTION_PLACE = re.compile(r'(<(desc) id="[^"]+") />')

Given = Mapping[str, Mapping[str, str]]  # a setting's name -> what a caption may cite -> its text
RENDERED = re.compile(  # a formula, its TeX beside it
    r'<span class="formula\b[^>]*><i [^>]*>(\$\$?)(.*?)\1</i><math.*?</math></span>', re.S
)


@dataclass(frozen=True)
class Caption:
    """A figure's words as HTML, in the setting that a page shows first.

    title: within a line; description: paragraphs; settings: what either may cite of each setting,
    none where the figure stands still. What they cite stands in `<span data-setting>`.
    """

    title: str
    description: str
    settings: Given = field(default_factory=dict)

    def at(self, setting: str) -> "Caption":
        """The same figure's words in another setting."""
        texts = self.settings[setting]

        def shown(found: re.Match[str]) -> str:
            return _shown(found[1], texts)

        title, description = (SHOWN.sub(shown, html) for html in (self.title, self.description))
        return Caption(title, description, self.settings)

    def told(self, svg: str) -> str:
        """The figure's drawing with title and description in their places, formulas as TeX."""
        for place, html in {TITLE_PLACE: self.title, DESCRIPTION_PLACE: self.description}.items():
            words = escape(_plain(html), quote=False)
            if not (found := place.search(svg)):
                raise ValueError(f"a drawing without a place for {words!r}")
            filled = f"{found[1]}>{words}</{found[2]}>"
            svg = svg[: found.start()] + filled + svg[found.end() :]
        return svg

    @property
    def cites(self) -> list[str]:
        """What of a setting it cites, each once."""
        return list(dict.fromkeys(SHOWN.findall(self.title + self.description)))


@lru_cache(maxsize=1000)
def captions(source: Source, published: Published, language: str) -> Mapping[str, Caption]:
    """A page's captions by their figures, in the page's order; the page is `marked`.

    Raises PageErrors with all that is wrong, each with its line: a caption without a figure, twice,
    or that does not read as one, a figure without a caption, a value that is not there.
    """
    found: dict[str, Caption] = {}
    errors: list[PageErrors] = []
    for opening in OPENING.finditer(source.body):
        block = CAPTION.match(source.body, opening.start())
        try:
            name = _name(source, opening, block, published, found)
            assert block is not None, "it has a name"
            found[name] = _caption(source, block, published, language)
        except PageErrors as error:
            errors.append(error)
    opened = {block["name"] for block in CAPTION.finditer(source.body)}
    if missing := [name for name in published.figures if name not in opened]:
        problem = f"figures without a caption on the page: {', '.join(missing)}"
        errors.append(PageError(source.path, source.first_line, problem))
    PageErrors.stop(errors)
    return found


def _name(
    source: Source,
    opening: re.Match[str],
    block: re.Match[str] | None,
    published: Published,
    found: Mapping[str, Caption],
) -> str:
    """The figure of a caption. Raises PageError where it is none of this question's."""
    place = opening.start()
    if block is None:
        problem = f'expected `??? figure "name Title"` at the start of a line, got {opening[0]!r}'
        raise source.error(place, problem)
    name = block["name"]
    if name not in published.figures:
        raise source.error(place, unknown(f"figure of {published.slug}", name, published.figures))
    if name in found:
        raise source.error(place, f"figure {name!r} has a caption on this page already")
    if not block["body"].strip():
        raise source.error(place, f"figure {name!r}: its description is missing; indent it below")
    return name


def _caption(source: Source, block: re.Match[str], published: Published, language: str) -> Caption:
    settings, default = _given(published, block["name"], language)
    shown = settings.get(default)

    def resolved(part: str) -> str:
        def resolve(braces: re.Match[str]) -> str:
            return _cited(braces[0], block.start(part) + braces.start(), source, published, shown)

        html: str = markdown(dedent(BRACES.sub(resolve, block[part])).strip())
        return html

    title, description = resolved("title"), resolved("body")
    for html in (title, description):
        if strange := {*re.findall(r"<([a-z][a-z0-9]*)", html)} - TAGS:
            tags = ", ".join(f"<{tag}>" for tag in sorted(strange))
            raise source.error(block.start(), f"a caption is text, code and formulas, got {tags}")
    title = mathml.placed(title.removeprefix("<p>").removesuffix("</p>"))
    return Caption(title, mathml.placed(description), settings)


def _cited(
    braces: str,
    offset: int,
    source: Source,
    published: Published,
    shown: Mapping[str, str] | None,
) -> str:
    """What a citation in a caption stands for. Raises PageError."""
    found = VALUE.fullmatch(braces)
    slug, name = found.groups() if found else ("", "")
    if slug == SETTING and shown is None:
        raise source.error(offset, f"{braces!r}: this figure has no settings")
    if slug == SETTING and shown is not None:
        if name not in shown:
            raise source.error(offset, unknown("value of a setting", name, shown))
        return _shown(name, shown)
    if slug != published.slug:
        raise source.error(
            offset,
            f"cannot read {braces!r}; a caption cites {{{{ {published.slug}.name }}}}, "
            "and a live figure's {{ setting.name }}",
        )
    return escape(cited(name, offset, source, published))


def _given(published: Published, name: str, language: str) -> tuple[Given, str]:
    """What a live figure's caption may cite of each setting, and its default's name."""
    controls, numbers = published.controls(name), published.settings(name)
    found: dict[str, dict[str, str]] = {}
    for chosen in product(*(control["options"] for control in controls)):
        key = "-".join(option["id"] for option in chosen)
        pairs = zip(controls, chosen, strict=True)
        labels = {control["id"]: option["label"][language] for control, option in pairs}
        found[key] = labels | {each: value.text for each, value in numbers.get(key, {}).items()}
    default = "-".join(control["options"][control["default"]]["id"] for control in controls)
    return (found if controls else {}), default


def _shown(name: str, texts: Mapping[str, str]) -> str:
    return f'<span data-setting="{name}">{escape(texts[name])}</span>'


def _plain(html: str) -> str:
    html = RENDERED.sub(lambda found: found[2], html)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
