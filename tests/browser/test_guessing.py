"""Guesses in an exercise's page: written before the fold is opened, measured against after it, kept."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_a_guess_is_told_how_far_off_it_was_once_the_fold_is_open_and_is_kept(visit: Visit) -> None:
    page = visit("labs/iou/", viewport={"width": 390, "height": 844}, has_touch=True)
    asked = page.locator(".guesses").first
    fields, told = asked.locator("input"), asked.locator("output")
    fold = page.locator(".guesses ~ details.lab-reveal").first
    fields.nth(0).tap()
    page.keyboard.type("0.5")
    page.keyboard.press("Tab")
    page.keyboard.type("-1")
    expect(told.nth(0)).to_be_empty()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(told.nth(0)).to_have_text("差 0.17")  # one third
    expect(told.nth(1)).to_have_text("差 1.14")  # one seventh
    expect(told.nth(2)).to_be_empty()
    fields.nth(2).fill("0.25")
    expect(told.nth(2)).to_have_text("差 0.00")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".languages a").click()
    for place, value in enumerate(("0.5", "-1", "0.25", "")):
        expect(page.locator(".guesses input").nth(place)).to_have_value(value)


def test_without_a_script_the_fold_stands_alone(visit: Visit) -> None:
    page = visit("en/labs/iou/", java_script_enabled=False)
    expect(page.locator(".guesses").first).to_be_hidden()
    page.locator("details.lab-reveal summary").first.click()
    expect(page.locator("details.lab-reveal samp").first).to_be_visible()


def test_whatever_is_kept_fields_take_numbers_alone(visit: Visit) -> None:
    page = visit("en/labs/iou/")
    page.evaluate("__md_set('guesses.iou/', {length: 2, 0: 'x'})")
    page.reload()
    expect(page.locator(".guesses input").first).to_have_value("")
    page.evaluate("__md_set('guesses.iou/', ['x', '0.25'])")
    page.reload()
    expect(page.locator(".guesses input").first).to_have_value("")
    expect(page.locator(".guesses input").nth(1)).to_have_value("0.25")
