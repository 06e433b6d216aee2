"""The index suggests an order to read in, and answers lead to what they rest on."""

import pytest
from bs4 import BeautifulSoup, Tag

from dlqa.publishing.sources.source import Source
from tests.conftest import ROOT, SLUGS, BuiltSite


def linked(part: Tag | BeautifulSoup, chosen: str) -> list[str]:
    """The slugs of the questions to which links lead, in the order in which they stand."""
    return [str(link["href"]).rstrip("/").split("/")[-1] for link in part.select(chosen)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_question_stands_after_those_that_it_rests_on(site: BuiltSite, language: str) -> None:
    index = site.text(f"{site.page(language, 'questions')}index.html")
    order = linked(BeautifulSoup(index, "html.parser"), "#path ~ ol > li > a")
    assert sorted(order) == sorted(SLUGS)
    for slug in SLUGS:
        after = Source.read(ROOT / "docs" / language / f"{slug}.md").heading.after
        assert all(order.index(each) < order.index(slug) for each in after)
        page = site.text(f"{site.page(language, slug)}index.html")
        assert linked(BeautifulSoup(page, "html.parser"), ".answer-head p:first-child a") == [
            *after
        ]
