"""The answer that is said aloud: as short as half a minute, led to claims, its numbers compared."""

import re
from collections.abc import Iterator

from dlqa.publishing.formulas.mathml import marked
from dlqa.publishing.places import PLACE
from dlqa.publishing.sources.citations import BRACES
from dlqa.publishing.sources.source import PageErrors, Source
from dlqa.publishing.sources.ways import ways

MOST_CHARACTERS, MOST_WORDS = 130, 80  # of Chinese, of other languages: what half a minute holds
HAN = re.compile(r"[\u3400-\u9fff]")
TOKEN = re.compile(rf"{HAN.pattern}|[A-Za-z]+|\d+(?:[.,]\d+)*")
WORD = re.compile(r"\S*\w\S*")
LINK = re.compile(r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\])+)\]\([^()\s]+\)")
CODE = re.compile(r"`([^`\n]+)`")
NUMBER = re.compile(rf"{BRACES.pattern}|\d+(?:[.,]\d+)*|[½⅓¼¾]")
SENTENCE = re.compile(r".+?(?:[。！？]|[.!?](?=\s|$)|$)", re.DOTALL)


def check_spoken(source: Source) -> None:
    """Raises PageErrors for an answer that is too long, leads to no claim, or gives a number alone."""
    PageErrors.stop([*_faults(source)])


def length(answer: str) -> tuple[int, int]:
    """How many characters or words it takes to say, and how many it may.

    A citation, a formula and a piece of code are a word each; in Chinese a Latin word and a number
    are a character each.
    """
    text = PLACE.sub("x", marked(BRACES.sub("0", answer)))
    text = CODE.sub("x", LINK.sub(r"\1", text))
    if HAN.search(text):
        return len(TOKEN.findall(text)), MOST_CHARACTERS
    return len(WORD.findall(text)), MOST_WORDS


def _faults(source: Source) -> Iterator[PageErrors]:
    answer = source.section("answer")
    start = source.body.index(answer)
    said, most = length(answer)
    if said > most:
        unit = "characters" if most == MOST_CHARACTERS else "words"
        yield source.error(start, f"the answer takes {said} {unit} to say; at most {most}")
    if not any(way.claim for way in ways(source) if way.section == "answer"):
        yield source.error(start, "the answer leads to no claim; write [words](#c7)")
    for sentence in SENTENCE.finditer(answer):
        cited = [*BRACES.finditer(sentence[0])]
        if cited and len(NUMBER.findall(sentence[0])) < 2:
            offset = start + sentence.start() + cited[0].start()
            remedy = "say in its sentence the number that it is compared to"
            yield source.error(offset, f"the answer gives {cited[0][0]} alone; {remedy}")
