"""Words as the search compares them: stems, and of Chinese every two characters that stand together.

`docs/theme/assets/search.js` takes a query apart in the same way; a test holds the two together.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

HAN = re.compile(r"[\u3400-\u9fff]+")
WORD = re.compile(r"[^\W_]+")
HYPHEN = re.compile(r"(?<=[^\W_])-(?=[^\W_])")
# What English adds to a word that means the same; British spelling included. Kept short: both
# sides of a comparison lose it, so that it need not be grammar.
ENDING = "^([a-z]{3,}?)(?:i[sz](?:e[drs]?|ers?|ing|ations?)|ations?|ions?|ing|ed|es|[ae]nce|ity|ly|e|(?<!s)s)$"
STEM = re.compile(ENDING)


def terms(text: str) -> list[str]:
    """The terms of a text in their order; a word with a hyphen is also its parts, and in one.

    >>> from dlqa.publishing.outside.terms import terms
    >>> terms("Fine-tuning ＢＥＲＴ的权重")
    ['finetun', 'fin', 'tun', 'bert', '的权', '权重']
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    found: list[str] = []
    for chunk in HAN.sub(lambda run: f" {run[0]} ", plain).split():
        if HAN.match(chunk):
            found += [chunk[at : at + 2] for at in range(max(1, len(chunk) - 1))]
            continue
        if HYPHEN.search(chunk):
            found += map(_stem, WORD.findall(HYPHEN.sub("", chunk)))
        found += map(_stem, WORD.findall(chunk))
    return found


def _stem(word: str) -> str:
    return STEM.sub(r"\1", word)


def weighed(fields: Iterable[tuple[str, float]]) -> dict[str, int]:
    """How much each term of a passage says of it, from its texts and their weights.

    A term that is repeated counts for more, up to twice and a half; in a long text for less (as in
    BM25, with k = 1.5 and b = 0.75).
    """
    found: Counter[str] = Counter()
    for text, weight in fields:
        counts = Counter(terms(text))
        length = 0.25 + 0.75 * counts.total() / USUAL
        for term, count in counts.items():
            found[term] += 10 * weight * 2.5 * count / (count + 1.5 * length)  # type: ignore[assignment]
    return {term: max(1, round(weight)) for term, weight in found.items()}


USUAL = 100  # terms in a passage
