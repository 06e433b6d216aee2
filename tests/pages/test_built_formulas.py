"""Formulas on the built pages: MathML that needs no script, in a font that the site brings."""

import re

import pytest

from dlqa.publishing.formulas.mathml import found
from tests.conftest import BuiltSite
from tests.pages.reading import ROOT, answers
from tests.pages.searched import shown

LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_formula_of_a_page_is_on_it(site: BuiltSite, language: str) -> None:
    for name, page in answers(language).items():
        html = site.text(f"{site.page(language, name.removesuffix('.md'))}index.html")
        assert html.count("<math") == html.count('class="formula-tex"') == len(found(page.body))
        assert "data-place" not in html
        assert ("assets/formulas.css" in html) == ("<math" in html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_pages_with_formulas_load_their_font(site: BuiltSite, language: str) -> None:
    assert "formulas.woff2" not in site.text(f"{site.page(language)}index.html")
    style = (ROOT / "docs/theme/assets/formulas.css").read_text("utf-8")
    assert "url(formulas.woff2)" in style
    assert (site.folder / "assets/formulas.woff2").read_bytes()[:4] == b"wOF2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_formula_is_in_what_the_search_shows(site: BuiltSite, language: str) -> None:
    texts = [f"{each.title} {each.teaser}" for each in shown(site.folder / site.page(language))]
    assert len(texts) > 50
    debris = r"\$|\\frac|\\mathrm|<m|<i>|class=|A∪B|[=+−(]\s*([，。,.]|$)"
    assert [text for text in texts if re.search(debris, text)] == []
