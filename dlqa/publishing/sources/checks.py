"""What a page may not say: numbers typed by hand, claims that are wrong, missing or doubled."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from math import isclose

from dlqa.publishing.formulas import mathml
from dlqa.publishing.sources.source import PageError, PageErrors, Source
from dlqa.publishing.store.findings import FoundClaim
from dlqa.publishing.store.results import Published

CLAIM = re.compile(r"^\?\?\?\+? claim\b.*$", re.MULTILINE)
CLAIM_PARTS = re.compile(r'(\?\?\?\+?) claim "([a-z]\d+) (.+)"')
# Letters are ASCII here: a Chinese character may touch a number, and a sentence may end with one.
SPACE = r"(?:[ \u00a0\u2009\u202f]|&(?:nbsp|thinsp|#160|#xa0|#8201|#8239);)?"
PER = r"(?:\\?[%‰]|&(?:percnt|#37|#x25|permil);)"
MEASURED_LOOKING = re.compile(
    rf"(?<![\w.`])(?:\d+(?:\.\d+)?(?:{SPACE}{PER}|e[-+−]?\d+)|\d*\.\d+(?!\.?\w))",
    re.ASCII | re.IGNORECASE,
)
CODE_NUMBER = re.compile(r"(?<!`)`-?(\d+(?:\.\d+)?)( ?%)?`(?!`)")
FULL_WIDTH = str.maketrans("０１２３４５６７８９．％ｅ－＋", "0123456789.%e-+")
WIDE = re.compile(f"[{''.join(map(chr, FULL_WIDTH))}]")
NOT_PROSE = re.compile(mathml.SKIPPED, re.MULTILINE | re.DOTALL)


def check_digits(source: Source) -> None:
    """No number that looks measured is typed: decimals and percentages are cited or in code.

    In formulas neither: they define. References are free: years and sections are theirs. Raises
    PageErrors.
    """
    prose = NOT_PROSE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source.body)
    references = re.search(r"^## [^\n]*\{#references\}", prose, re.MULTILINE)
    limit = references.start() if references else len(prose)
    remedy = "is typed by hand; cite it as {{ slug.name }}, or set it as code"
    plain = prose.translate(FULL_WIDTH) if WIDE.search(prose) else prose
    typed = MEASURED_LOOKING.finditer(plain, 0, limit)
    errors = [
        source.error(found.start(), f"{prose[found.start() : found.end()]!r} {remedy}")
        for found in typed
    ]
    PageErrors.stop(errors)


def check_formulas(source: Source) -> None:
    """Every formula parses and no dollar is left over. Raises PageErrors with all that is wrong."""
    PageErrors.stop([source.error(*fault) for fault in mathml.faults(source.body)])


def check_claims(source: Source, published: Published) -> None:
    """Every claim stands on its page once, with the verdict that the prose relies on; its margin is
    stated among the criteria.

    Raises PageErrors with all that is wrong, each with its line.
    """
    claims = {claim.id: claim for claim in published.claims}
    places: dict[str, int] = {}
    errors: list[PageErrors] = []
    for found in CLAIM.finditer(source.body):
        identity, problem = _read(found[0], claims, places)
        if problem:
            errors.append(source.error(found.start(), problem))
        else:
            places[identity] = found.start()
    errors += _stops(source, claims, places)
    errors += _unstated(source, claims)
    if missing := [identity for identity in claims if identity not in places]:
        problem = f"claims that are judged but not on the page: {', '.join(missing)}"
        errors.append(PageError(source.path, source.first_line, problem))
    PageErrors.stop(errors)


def stated(source: Source) -> set[float]:
    """The numbers that a page sets as code among its criteria, or anywhere where it has none.

    Percentages are fractions; signs are left to the sentence.
    """
    numbers = CODE_NUMBER.finditer(_criteria(source)[1])
    return {float(number) / (100 if per else 1) for number, per in map(re.Match.groups, numbers)}


def states(numbers: set[float], margin: float) -> bool:
    """Whether a margin is among them; one of 0 is said in words."""
    return margin == 0 or any(isclose(abs(margin), each) for each in numbers)


def claim_words(source: Source) -> dict[str, str]:
    """A page's claims in its own words, by their ids; `check_claims` has found nothing wrong."""
    lines = (CLAIM_PARTS.fullmatch(found[0]) for found in CLAIM.finditer(source.body))
    return {line[2]: line[3] for line in lines if line}


def unknown(what: str, name: str, known: Mapping[str, object] | list[str]) -> str:
    """That there is no such name, with those that it may have meant."""
    if close := get_close_matches(name, list(known), n=3):
        return f"unknown {what} {name!r}; did you mean {', '.join(close)}?"
    return f"unknown {what} {name!r}; known: {', '.join(sorted(known)) or 'none'}"


def _read(line: str, claims: Mapping[str, object], places: Mapping[str, int]) -> tuple[str, str]:
    """A claim's id and what is wrong with its line, "" where nothing is."""
    parts = CLAIM_PARTS.fullmatch(line)
    if not parts:
        return "", f'expected `??? claim "c7 words"`, got {line!r}'
    _, identity, words = parts.groups()
    if identity not in claims:
        return identity, unknown("claim", identity, claims)
    if identity in places:
        return identity, f"claim {identity!r} stands on this page twice"
    if "{{" in words:
        return identity, "a claim's own words cite no number; its body may"
    if "](" in words:
        return identity, "a claim's own words lead nowhere; its body may"
    return identity, ""


def _unstated(source: Source, claims: Mapping[str, FoundClaim]) -> Iterator[PageErrors]:
    numbers, place = stated(source), _criteria(source)[0]
    for claim in claims.values():
        if claim.conditions and not states(numbers, claim.margin):
            problem = f"{claim.id}: its margin {claim.margin:g} is not stated; set it as code"
            yield source.error(place, problem)


def _criteria(source: Source) -> tuple[int, str]:
    """Where a page says what was fixed beforehand, and that text."""
    heading = source.body.find("{#method}")
    return (heading, source.section("method")) if heading >= 0 else (0, source.body)


def _stops(
    source: Source, claims: Mapping[str, FoundClaim], places: Mapping[str, int]
) -> Iterator[PageErrors]:
    for identity, place in places.items():
        for stop in claims[identity].stops:
            yield source.error(place, f"the text is wrong: {stop}")
