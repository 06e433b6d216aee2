"""Questions in the order in which to read them: by theme and number, after those they rest on."""

from pathlib import Path

import pytest

from dlqa.publishing.sources.reading_path import check_after, reading_path
from dlqa.publishing.sources.source import PageErrors, Source


def sources(**headings: tuple[int, str, str]) -> dict[str, Source]:
    """Pages of these numbers, themes and questions to read first, by slug."""
    head = "---\nquestion: {}\ntheme: {}\nafter: [{}]\n" + "".join(
        f"{key}: {value}\n"
        for key, value in {
            "title": "t",
            "description": "d",
            "tags": "[a]",
            "difficulty": 1,
            "before": "[b]",
        }.items()
    )
    found = {}
    for slug, heading in headings.items():
        text = head.format(*heading).replace("after: []\n", "") + "---\n# t\n"
        found[slug] = Source(Path(f"{slug}.md"), text)
    return found


def test_themes_follow_in_their_order_and_what_others_rest_on_comes_first() -> None:
    pages = sources(
        late=(9, "vision", ""),
        early=(5, "foundations", "base"),
        base=(7, "training", "deeper"),
        deeper=(8, "data", ""),
        first=(4, "foundations", ""),
    )
    path = [source.slug for source in reading_path(pages)]
    assert path == ["first", "deeper", "base", "early", "late"]


def test_a_circle_is_told_whole() -> None:
    pages = sources(one=(1, "data", "two"), two=(2, "data", "three"), three=(3, "data", "one"))
    with pytest.raises(PageErrors, match=r"rests on .* rests on .* rests on "):
        check_after(pages, pages)


def test_languages_rest_on_the_same() -> None:
    first = sources(one=(1, "data", ""), two=(2, "data", "one"))
    other = sources(one=(1, "data", ""), two=(2, "data", ""))
    with pytest.raises(PageErrors, match=r"two.md:1: rests on nothing here, on one in two.md"):
        check_after(other, first)
