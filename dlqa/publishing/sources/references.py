"""References lead to what they name: a DOI, an arXiv abstract, a repository's or publisher's page."""

import re
from collections.abc import Iterator

from dlqa.publishing.sources.source import PageErrors, Source

ITEM = re.compile(r"^- (?P<text>.+(?:\n[ \t]+\S.*)*)", re.MULTILINE)
LINK = re.compile(r"\]\(((?:[^()\s]|\([^()\s]*\))+)\)|<([a-z]+://[^>\s]+)>")
FORM = re.compile(
    r"https://(?:"
    r"doi\.org/10\.\d{4,9}/\S+"
    r"|arxiv\.org/abs/(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
    r"|(?!(?:dx\.)?doi\.org|(?:[a-z]+\.)?arxiv\.org)[\w-]+(?:\.[\w-]+)+(?:/\S*)?"
    r")"
)
EXPECTED = "expected https://doi.org/10.…, https://arxiv.org/abs/… or another https:// address"


def check_references(source: Source) -> None:
    """Raises PageErrors for references without a link, and for links of another form."""
    PageErrors.stop([*_faults(source)])


def _faults(source: Source) -> Iterator[PageErrors]:
    text = source.section("references")
    start = source.body.index(text, source.body.index("{#references}"))
    for item in ITEM.finditer(text):
        links = [(each.start(), each[1] or each[2]) for each in LINK.finditer(item["text"])]
        if not links:
            given = item["text"].split("\n")[0]
            yield source.error(start + item.start(), f"no link in {given[:40]!r}; {EXPECTED}")
        for offset, address in links:
            if not FORM.fullmatch(address):
                problem = f"{address!r} is no known form of a link; {EXPECTED}"
                yield source.error(start + item.start("text") + offset, problem)
