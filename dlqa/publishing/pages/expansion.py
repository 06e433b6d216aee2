"""From a page as written to Markdown with its evidence in place.

`{{ slug.name }}` cites a value, `??? figure "name Title"` with a description below is a figure and
its caption, `{{ figure slug.name }}` on a line of its own shows it on another page,
`??? claim "c7 words"` opens a claim of the ledger, `{{ downloads }}` lists a page's files,
`{{ questions }}` the questions of the site with their claims and `{{ question lines }}` a line of
each, `{{ reading path }}` the order in which to read them; `{{ train slug.claim }}` shows one claim with the networks to try it on; `{{ benchmark name }}`
places a table of the last benchmark, `{{ verdict log }}` all verdicts that changed,
`{{ cheat sheet }}` the answers, formulas and pitfalls of all questions, `{{ self-test }}` the frame
of the self-test and `{{ cards }}` its cards. Where the package lies, `{{ address }}` and
`{{ wheel }}`, is filled in before. Anything else in double braces stops the build. Formulas stand
between dollars, and `[words](#c7)` leads to a claim of the page.
"""

import re

from dlqa.publishing.fragments import fragment
from dlqa.publishing.pages.cheat_sheet import Resolve, cheat_sheet
from dlqa.publishing.pages.ledger import claim_block, header
from dlqa.publishing.pages.question_lists import (
    path_lines,
    question_index,
    question_lines,
)
from dlqa.publishing.pages.trainer import claim_to_try
from dlqa.publishing.places import place
from dlqa.publishing.selftest.cards import Card, cards
from dlqa.publishing.selftest.page import frame, listing
from dlqa.publishing.sources.captions import CAPTION, OPENING
from dlqa.publishing.sources.checks import CLAIM, CLAIM_PARTS, check_claims, check_digits, unknown
from dlqa.publishing.sources.citations import BRACES, cited
from dlqa.publishing.sources.library import Library, marked
from dlqa.publishing.sources.played import check_played
from dlqa.publishing.sources.source import Source
from dlqa.publishing.sources.ways import WAY, Way, check_ways, first_ways

ANY_OF = re.compile(
    "|".join((CAPTION.pattern, CLAIM.pattern, BRACES.pattern, WAY.pattern)), re.MULTILINE
)
AFTER_FIGURE = "follow-ups"  # the section that follows the live figure
PARTS = re.compile(r"\{\{ ([a-z0-9_.-]+(?: [a-z0-9_.-]+)*) \}\}")
FORMS = (
    "{{ slug.name }}, {{ figure slug.name }}, {{ downloads }}, {{ questions }}, "
    "{{ question lines }}, {{ reading path }}, {{ train slug.claim }}, {{ benchmark name }}, "
    "{{ verdict log }}, {{ cheat sheet }}, {{ self-test }} or {{ cards }}"
)


def expand(source: Source, library: Library) -> str:
    """The page's Markdown with every citation resolved. Raises PageErrors with file and line."""
    check_digits(source)
    source = marked(source)
    if not source.is_answer:
        return _resolved(source.body, 0, source, library)
    published = library.published[source.slug]
    check_claims(source, published)
    check_ways(source, published)
    check_played(source, published)
    source.section("answer")  # what the page is for; others quote it
    title, _, rest = _resolved(source.body, 0, source, library).partition("\n")
    if not title.startswith("# "):
        raise source.error(0, f"expected the page's title, `# words`, got {title!r}")
    if published.exercise:
        rest = _before(AFTER_FIGURE, place("exercise", source.slug), rest)
    if library.install:
        rest = _below("code", place("install", source.slug), rest)
    return f"{title}\n\n{header(source, library)}\n{rest}"


def _before(identity: str, block: str, text: str) -> str:
    """The page's Markdown with a block before the heading of that id."""
    heading = re.compile(rf"^(?=## [^\n]*\{{#{identity}\}})", re.MULTILINE)
    return heading.sub(lambda _: f"{block}\n\n", text, count=1)


def _below(identity: str, block: str, text: str) -> str:
    """The page's Markdown with a block right below the heading of that id."""
    heading = re.compile(rf"^## [^\n]*\{{#{identity}\}}[^\n]*\n", re.MULTILINE)
    return heading.sub(lambda found: f"{found[0]}\n{block}\n", text, count=1)


def _resolved(
    text: str, start: int, source: Source, library: Library, *, quoted: bool = False
) -> str:
    """A part of the page, from `start` of its body, with claims opened, braces and ways resolved.

    quoted: whether it stands on another page, where its ways lead nowhere.
    """

    def resolve(found: re.Match[str]) -> str:
        offset = start + found.start()
        if found["target"]:
            inner = start + found.start("words")
            words = _resolved(found["words"], inner, source, library, quoted=quoted)
            return words if quoted else _way(words, found["target"], offset, source, library)
        if found["name"]:
            return place("figure", f"{source.slug}.{found['name']}") + "\n\n"
        if found[0].startswith("???"):
            return _claim(found[0], offset, source, library)
        return _cited(found[0], offset, source, library)

    if not source.is_answer and (caption := OPENING.search(text)):
        raise source.error(start + caption.start(), "a caption stands on its question's page alone")
    return ANY_OF.sub(resolve, text)


def _way(words: str, target: str, offset: int, source: Source, library: Library) -> str:
    """A link to a place on its own page; to a claim, with the claim's verdict."""
    way = Way(offset, words, target, "")
    if way.claim and source.is_answer:
        claims = {claim.id: claim for claim in library.published[source.slug].claims}
        first = first_ways(source).get(way.claim) == offset
        parts = {"claim": claims[way.claim], "words": words, "first": first}
        return fragment("to_claim.html", library.language, **parts)
    if way.figure and source.is_answer:  # its place is filled once links have been checked
        return f"<a href='#{target}'>{words}</a>"
    return f"[{words}](#{target})"


def _cited(braces: str, offset: int, source: Source, library: Library) -> str:
    words = PARTS.fullmatch(braces)
    match words[1].split() if words else []:
        case [value] if "." in value:
            slug, name = value.split(".", 1)
            return cited(name, offset, source, library.question(slug, source, offset))
        case ["figure", figure] if "." in figure:
            return _figure(figure, offset, source, library)
        case ["train", claim] if "." in claim:
            return _train(claim, offset, source, library)
        case ["benchmark", name]:
            return place("benchmark", name)
        case ["verdict", "log"] if not source.is_answer:
            return place("log", "verdicts")
        case ["downloads"] if source.is_answer:
            return place("downloads", source.slug)
        case ["questions"] if not source.is_answer:
            return question_index(library.entries(), library.language)
        case ["question", "lines"] if not source.is_answer:
            return question_lines(library.entries(), library.language)
        case ["reading", "path"] if not source.is_answer:
            return path_lines(library.sources, library.language)
        case ["cheat", "sheet"] if not source.is_answer:
            return _cheat_sheet(library)
        case ["self-test"] if not source.is_answer:
            return frame(library.sources, library.language)
        case ["cards"] if not source.is_answer:
            return _cards(library)
    raise source.error(offset, f"cannot read {braces!r}; expected {FORMS}")


def _figure(figure: str, offset: int, source: Source, library: Library) -> str:
    slug, name = figure.split(".", 1)
    known = library.question(slug, source, offset).figures
    if name not in known:
        raise source.error(offset, unknown(f"figure of {slug}", name, known))
    if slug == source.slug:
        problem = f"figure {name!r} stands on this page where its caption does"
        raise source.error(offset, problem)
    return place("figure", figure)


def _claim(line: str, offset: int, source: Source, library: Library) -> str:
    if not source.is_answer:
        raise source.error(offset, "a claim stands on its question's page alone")
    parts = CLAIM_PARTS.fullmatch(line)
    assert parts is not None, "an answer's claims were checked"
    fold, identity, words = parts.groups()
    claims = {claim.id: claim for claim in library.published[source.slug].claims}
    said = identity in first_ways(source)
    root = "../" * (1 + library.folder.count("/"))
    claim, slug = claims[identity], source.slug
    return claim_block(fold, claim, words, slug, library.language, said=said, root=root)


def _cards(library: Library) -> str:
    def of(source: Source) -> list[Card]:
        results = library.published[source.slug]
        return cards(source, results, _quoting(source, library), library.language)

    return listing([(source, of(source)) for source in library.sources.values()], library.language)


def _cheat_sheet(library: Library) -> str:
    questions = [(source, _quoting(source, library)) for source in library.sources.values()]
    return cheat_sheet(questions, library.language)


def _quoting(source: Source, library: Library) -> Resolve:
    """Resolves parts of a page for another one."""
    return lambda text, start: _resolved(text, start, source, library, quoted=True)


def _train(claim: str, offset: int, source: Source, library: Library) -> str:
    slug, identity = claim.split(".", 1)
    results = library.question(slug, source, offset)
    arms = results.trainer.arms if results.trainer else []
    known = sorted({name for arm in arms for name in arm.claims})
    if identity not in known:
        raise source.error(offset, unknown(f"claim to train for of {slug}", identity, known))
    page = "" if source.slug == slug else library.sources[slug].path.name
    return claim_to_try(library.sources[slug], results, identity, page, library.language)
