"""Text may differ between the languages; evidence and structure may not."""

import re

import pytest

from dlqa.publishing.sources.sections import SECTIONS
from dlqa.publishing.sources.source import Source
from dlqa.publishing.store.catalog import questions
from tests.pages.reading import (
    HEADER,
    LANGUAGES,
    ROOT,
    answers,
    differences,
    facts,
    pages,
    references,
    sections,
)

FIRST, *OTHERS = LANGUAGES
PAGES = {language: pages(language) for language in LANGUAGES}
SLUGS = [question.slug for question in questions()]


def changed(page: Source, old: str, new: str) -> Source:
    assert old in page.text, f"the test's own premise: {old!r} is on the page"
    return Source(page.path, page.text.replace(old, new, 1))


def second_levels(page: Source) -> list[str]:
    return [identity for level, identity, _ in sections(page) if level == 2]


def missing_sources(page: Source, sources: list[str]) -> list[str]:
    """Claims' references that the page's last section does not list."""
    listed = references(page)
    return [each for each in sources if not set(each.split("; ")) <= set(listed)]


@pytest.mark.parametrize("language", OTHERS)
def test_all_languages_have_the_same_pages(language: str) -> None:
    assert list(PAGES[language]) == list(PAGES[FIRST])


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", PAGES[FIRST])
def test_a_page_has_the_same_evidence_in_all(name: str, language: str) -> None:
    assert differences(facts(PAGES[FIRST][name]), facts(PAGES[language][name])) == []


@pytest.mark.parametrize(
    "page", [page for each in LANGUAGES for page in answers(each).values()], ids=str
)
def test_an_answer_has_the_sections_of_an_answer_in_order(page: Source) -> None:
    assert [key for key in HEADER if not page.meta.get(key)] == []
    assert second_levels(page) == [*SECTIONS]


@pytest.mark.parametrize("name", PAGES[FIRST])
def test_a_pages_own_script_and_style_sheet_are_there(name: str) -> None:
    folder = ROOT / "docs/theme/assets"
    assets = PAGES[FIRST][name].meta.get("assets", [])
    assert [each for each in assets if not (folder / each).is_file()] == []


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claims_reference_is_listed(slug: str, language: str) -> None:
    page = Source.read(ROOT / "docs" / language / f"{slug}.md")
    claims = next(q for q in questions() if q.slug == slug).load("claims").CLAIMS
    assert missing_sources(page, [claim.source for claim in claims]) == []


PAGE = """---
question: 1
difficulty: 2
tags: [a]
before: [b]
theme: foundations
assets: [a.js]
---
# Title

## Short {#answer}

It is {{ q.value }}, see [here](https://example.org/a) and [there](#code).

{{ figure q.curve }}

??? figure "bars Bars of {{ q.value }}"

    Three bars at `0.5` and {{ q.value }}.

??? figure "line A line"

    It ends at {{ setting.last }}.

## Code {#code}

```python
--8<-- "q/a.py:one"
```

1. A note on `0.05`.

## Conclusion {#conclusion}

??? claim "c1 words"

    Body.

??? claim "c2 words"

    Body.

## References {#references}

- Abid 2018. Title.
- Glorot & Bengio 2010. Title.
- Keras. Documentation.
"""


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ("{#answer}", "{#short}", "sections"),
        ("## Code {#code}\n", "", "sections"),
        ("q.value", "q.other", "cited values"),
        ("It is {{ q.value }}, see", "See", "cited values"),
        ("q.curve", "q.bars", "figures"),
        ('figure "bars', 'figure "bar', "captions"),
        ("bars at `0.5`", "bars at `0.6`", "captions"),
        ("at {{ setting.last }}", "at {{ setting.first }}", "captions"),
        ("A line", "A line to {{ setting.last }}", "captions"),
        ("q/a.py:one", "q/a.py:two", "fences"),
        ("```python", "```py", "fences"),
        ("c1 words", "c3 words", "claims"),
        ("https://example.org/a", "https://example.org/b", "links"),
        ("#code)", "#answer)", "links"),
        ("2018", "2019", "references"),
        ("- Keras. Documentation.\n", "", "references"),
        ("`0.05`", "`0.01`", "numbers as code"),
        ("1. A note", "A note", "numbered items"),
        ("question: 1", "question: 2", "question"),
        ("[a]", "[a, b]", "tags"),
        ("[a.js]", "[b.js]", "assets"),
    ],
)
def test_a_difference_is_found(old: str, new: str, fact: str) -> None:
    page = Source(ROOT / "page.md", PAGE)
    found = differences(facts(page), facts(changed(page, old, new)))
    assert any(fact in difference for difference in found), found


def test_swapped_claims_are_found() -> None:
    page = Source(ROOT / "page.md", PAGE)
    other = Source(page.path, re.sub("c1|c2", lambda m: {"c1": "c2", "c2": "c1"}[m[0]], PAGE))
    assert differences(facts(page), facts(other)) != []


def test_a_value_in_another_figures_caption_is_found() -> None:
    page = Source(ROOT / "page.md", PAGE)
    other = changed(changed(page, "bars at `0.5`", "bars"), "It ends", "From `0.5` it ends")
    found = differences(facts(page), facts(other))
    assert len(found) == 1, "the section as a whole has the same numbers"
    assert "captions" in found[0]


def test_words_may_differ() -> None:
    page = Source(ROOT / "page.md", PAGE)
    other = changed(changed(page, "It is", "我们得到"), "# Title", "# 题目")
    other = changed(changed(other, "Three bars", "三根"), "A line", "一条线")
    assert differences(facts(page), facts(other)) == []


def test_references_are_read_with_and_without_a_year() -> None:
    page = Source(ROOT / "page.md", PAGE)
    assert references(page) == ["Abid 2018", "Glorot & Bengio 2010", "Keras"]


def test_an_unlisted_reference_is_found() -> None:
    page = Source(ROOT / "page.md", PAGE)
    assert missing_sources(page, ["Abid 2018", "He et al. 2015"]) == ["He et al. 2015"]
