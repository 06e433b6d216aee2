"""Formulas as readers meet them: seen, heard, copied, on a phone."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Answer, Visit, in_languages
from tests.conftest import BuiltSite

LANGUAGES = ("zh", "en")
MATH = {"math", "MathMLMath"}  # as Chromium calls it, now or earlier
SELECT = """formula => {
  const range = document.createRange()
  range.selectNode(formula)
  getSelection().removeAllRanges()
  getSelection().addRange(range)
  return getSelection().toString()
}"""


def spoken(page: Page) -> list[str]:
    """What the browser tells a screen reader of each formula."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    known = {node["nodeId"]: node for node in nodes}

    def text(node: dict) -> str:
        name = node.get("name", {}).get("value", "")
        inner = [text(known[child]) for child in node.get("childIds", []) if child in known]
        return "".join(inner) or name

    return [text(node) for node in nodes if node.get("role", {}).get("value") in MATH]


@in_languages("zh")  # in the other they are the same
def test_formulas_are_heard(answer: Answer) -> None:
    page = answer.at()
    said = spoken(page)
    if len(said) != page.locator("math").count():  # notes in code were laid out meanwhile
        page.wait_for_timeout(500)
        said = spoken(page)
    assert len(said) == page.locator("math").count()
    assert [each for each in said if not each.strip()] == []
    assert not [each for each in said if "\\" in each or "$" in each]


def test_formulas_fit_a_phone(answer: Answer) -> None:
    page = answer.at(390)
    page.evaluate("document.fonts.ready")
    wide = page.locator(".formula--display").evaluate_all(
        "all => all.filter(each => each.scrollWidth > each.clientWidth).map(each => each.textContent)"
    )
    assert wide == []
    if page.locator("math").count():
        assert page.evaluate("document.fonts.check('16px \"Site Math\"', '∑')")


@pytest.mark.parametrize("language", LANGUAGES)
def test_copying_a_formula_gives_its_tex(visit: Visit, site: BuiltSite, language: str) -> None:
    page = visit(site.page(language, "initialization"))
    copied = page.locator(".formula--display").first.evaluate(SELECT)
    assert copied.strip().startswith(r"$$\mathbb{E}[z^2]=n_{\mathrm{in}}")
    assert copied.strip().endswith("$$")
