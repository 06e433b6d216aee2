"""The cheat sheet as it is built: every question's answer, formula and pitfalls, and a PDF of two columns."""

import pytest
from bs4 import BeautifulSoup

from dlqa.publishing.outside.paper import browser
from dlqa.publishing.store.catalog import questions
from tests.conftest import BuiltSite


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_question_is_on_the_sheet(site: BuiltSite, language: str) -> None:
    path = site.page(language, "cheat-sheet")
    sheet = BeautifulSoup(site.text(f"{path}index.html"), "html.parser").select_one(".sheet")
    assert sheet is not None
    slugs = [str(each["id"]).removeprefix("sheet-") for each in sheet.select("h2")]
    assert set(slugs) == {question.slug for question in questions()}
    for slug, part in zip(slugs, sheet.select(".sheet__question"), strict=True):
        page = BeautifulSoup(site.text(f"{site.page(language, slug)}index.html"), "html.parser")
        answer = page.select_one("#answer + p")
        assert answer is not None
        for sign in answer.select(".sign"):
            sign.decompose()
        assert answer.get_text() == part.select("p")[0].get_text()
        assert part.select(".formula--display, table"), slug
        assert len(part.select("li")) == len(page.select("#pitfalls + ul > li"))
    assert not sheet.select("[data-place], .to-claim")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheet_is_there_as_pdf_where_there_was_a_browser(
    site: BuiltSite, language: str
) -> None:
    path, name = site.page(language, "cheat-sheet"), f"cheat-sheet.{language}.pdf"
    there = browser() is not None
    assert (site.folder / path / name).is_file() == there
    assert (f'href="{name}"' in site.text(f"{path}index.html")) == there
    if there:
        assert (site.folder / path / name).read_bytes().startswith(b"%PDF")
