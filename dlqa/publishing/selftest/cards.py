"""Flash cards of a page: its question, its follow-ups and what its experiments decided.

A card's two sides are Markdown, resolved as the page itself is, so a card shows no other number.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from textwrap import dedent

from dlqa.evidence.verdicts import Kind, Verdict
from dlqa.publishing.fragments import badge, literal
from dlqa.publishing.sources.sections import section_at
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.results import Published
from dlqa.publishing.words import word

KINDS = ("question", "follow-up", "claim")  # in the order in which one meets them
FOLDED = re.compile(
    r'^\?\?\?\+? (?P<kind>question|claim) "(?P<words>.+)"\n(?P<body>(?:[ \t]*\n|(?: {4}|\t).*(?:\n|\Z))*)',
    re.MULTILINE,
)
Resolve = Callable[[str, int], str]  # a part of the page and where in its body it starts


@dataclass(frozen=True)
class Card:
    """One thing to recall; its id is the same in both languages, so progress is shared."""

    slug: str
    kind: str  # one of KINDS
    place: str  # on its page: q, f1, c3
    front: str
    back: str
    anchor: str  # where on the page it is from

    @property
    def id(self) -> str:
        return f"{self.slug}.{self.place}"


def cards(source: Source, published: Published, resolve: Resolve, language: str) -> list[Card]:
    """A question's cards, the question's own first, then follow-ups, then claims.

    A claim makes a card when an experiment has decided it: what is only cited, derived or
    undecided is reading, nothing to recall. Raises PageErrors where the page has no answer.
    """
    answer = source.section("answer")
    back = resolve(answer, source.body.index(answer))
    asked = Card(source.slug, "question", "q", literal(source.heading.title), back, "answer")
    folded = [*_follow_ups(source, resolve), *_claims(source, published, resolve, language)]
    return [asked, *folded]


def _follow_ups(source: Source, resolve: Resolve) -> Iterator[Card]:
    folded = (each for each in FOLDED.finditer(source.body) if each["kind"] == "question")
    found = (each for each in folded if section_at(each.start(), source) == "follow-ups")
    for number, each in enumerate(found, start=1):
        front = resolve(each["words"], each.start("words"))
        back = dedent(resolve(each["body"], each.start("body")))
        yield Card(source.slug, "follow-up", f"f{number}", front, back, "follow-ups")


def _claims(
    source: Source, published: Published, resolve: Resolve, language: str
) -> Iterator[Card]:
    verdicts = {c.id: c.verdict for c in published.claims if c.kind is Kind.MEASURED}
    for each in FOLDED.finditer(source.body):
        identity, _, words = each["words"].partition(" ")
        verdict = verdicts.get(identity, Verdict.UNDECIDED)
        if each["kind"] != "claim" or verdict is Verdict.UNDECIDED:
            continue
        front = word("does it hold", language, claim=words)
        body = dedent(resolve(each["body"], each.start("body")))
        back = f"{badge(verdict, language)}\n\n{body}"
        yield Card(source.slug, "claim", identity, front, back, identity)
