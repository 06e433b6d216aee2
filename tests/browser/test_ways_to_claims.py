"""From a sentence to its claim and back, and into what is folded under its heading."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Answer, Visit

PHONE = {"width": 390, "height": 844}
SCREENS = "place => (place.getBoundingClientRect().top + scrollY) / innerHeight"


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["wide", "phone"])
def test_a_sentence_opens_its_claim_and_the_claim_leads_back(
    visit: Visit, options: dict[str, object]
) -> None:
    page = visit("en/initialization/", **options)
    sentence = page.locator("#answer ~ p .to-claim").first
    identity = sentence.get_attribute("href")
    claim = page.locator(f"details.claim:has({identity})")
    expect(claim).not_to_have_attribute("open", "")
    sentence.click()
    expect(claim).to_have_attribute("open", "")
    expect(claim.locator(".verdict").first).to_be_in_viewport()
    claim.locator("summary").click()
    page.evaluate("scrollTo(0, 0)")
    sentence.click()  # to the same address once more
    expect(claim).to_have_attribute("open", "")
    claim.locator("[href^='#from-']").click()
    expect(sentence).to_be_in_viewport()


def test_a_sentences_name_ends_in_its_verdict(visit: Visit) -> None:
    page = visit("en/initialization/")
    sentence = page.locator("#answer ~ p .to-claim").first
    word = sentence.locator("[role=img]").get_attribute("aria-label")
    sign = page.locator(f"details.claim:has({sentence.get_attribute('href')}) .verdict").first
    assert word
    assert word in sign.text_content()
    expect(page.get_by_role("link", name=word).first).to_be_visible()


@pytest.mark.parametrize("place", ["method", "errata"])
def test_how_it_was_measured_opens_where_an_address_leads_into_it(visit: Visit, place: str) -> None:
    page = visit("initialization/")
    expect(page.locator("details.method > summary")).to_be_visible()
    expect(page.locator("#errata")).not_to_be_visible()
    page.goto(f"{page.url}#{place}")
    expect(page.locator("#errata")).to_be_visible()
    expect(page.locator(f"#{place}")).to_be_in_viewport()


def test_a_phone_soon_shows_what_one_comes_for(answer: Answer) -> None:
    page = answer.at(**PHONE, unfolded=False)
    figure = page.locator("#see ~ .evidence-figure .evidence-figure__drawing").first
    assert figure.evaluate(SCREENS) < 3.5
    assert page.locator("#pitfalls").evaluate(SCREENS) < 6
    chips = page.locator(".chips a")
    assert chips.count() == 5
    chips.nth(2).click()
    expect(page.locator("#pitfalls")).to_be_in_viewport()
