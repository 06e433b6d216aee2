"""What a candidate types leads to the right page first: the site's own search, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

CHINESE = {
    "权重初始化": "initialization",
    "为什么不能全零初始化": "initialization",
    "对称性破缺": "initialization",
    "梯度消失 初始化": "initialization",
    "Xavier 和 He 初始化的区别": "initialization",
    "各层收敛速度": "convergence",
    "不同层的权重收敛速度不同吗": "convergence",
    "正则化 稀疏": "regularization",
    "L1 和 L2 的区别": "regularization",
    "权重衰减 AdamW": "regularization",
    "近端算子": "regularization",
    "交并比": "iou",
    "什么是 IoU": "iou",
    "NMS 非极大值抑制": "iou",
    "GIoU 梯度": "iou",
    "LoRA 微调": "finetuning",
    "怎样微调预训练模型": "finetuning",
    "L1和L2的区别": "regularization",
    "sigmoid饱和": "initialization",
    "什么是iou": "iou",
    "什么是IoU?": "iou",
    "Ｌ１ 正则化": "regularization",
    "ｓｉｇｍｏｉｄ　饱和": "initialization",
    "權重初始化": "initialization",
    "為什麼不能全零初始化": "initialization",
    "非極大值抑制": "iou",
    "⽤ LoRA 微調": "finetuning",
    "L1 为什么稀疏": "regularization",
    "“权重衰减”": "regularization",
}
ENGLISH = {
    "weight initialization": "initialization",
    "why not initialize weights to zero": "initialization",
    "symmetry breaking": "initialization",
    "xavier initialization": "initialization",
    "vanishing gradients": "convergence",  # where their ratio is measured
    "do layers converge at different speeds": "convergence",
    "convergence speed of layers": "convergence",
    "l1 sparsity": "regularization",
    "difference between l1 and l2": "regularization",
    "weight decay adamw": "regularization",
    "proximal operator": "regularization",
    "what is iou": "iou",
    "intersection over union": "iou",
    "giou gradient": "iou",
    "non-maximum suppression": "iou",
    "lora fine-tuning": "finetuning",
    "fine-tune a pretrained model": "finetuning",
    "what is IoU?": "iou",
    "ＩｏＵ": "iou",
    "L1/L2": "regularization",
    "“weight decay”": "regularization",
    "sigmoid饱和": "initialization",
}
LANGUAGES = pytest.mark.parametrize(("prefix", "asked"), [("", CHINESE), ("en/", ENGLISH)])


def found(page: Page, words: str) -> list[str]:
    """The addresses of the results, best first."""
    field, told = page.locator(".md-search__input"), page.locator(".md-search-result__meta")
    field.click()
    field.fill("")
    expect(told).to_have_text(re.compile(r"^\D+$"))
    field.fill(words)
    expect(told).to_have_text(re.compile(r"\d"))
    return page.locator(".md-search-result__link").evaluate_all("all => all.map(a => a.href)")


@LANGUAGES
def test_the_right_page_comes_first(visit: Visit, prefix: str, asked: dict[str, str]) -> None:
    page, wrong = visit(f"{prefix}404.html"), []
    assert len(asked) >= 10
    for words, slug in asked.items():
        addresses = found(page, words)
        if not re.search(rf"/answers/{prefix}{slug}/(\?.*)?(#.*)?$", addresses[0]):
            wrong.append(f"{words}: {addresses[:3]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_words_that_stand_nowhere_find_nothing(visit: Visit, prefix: str) -> None:
    page = visit(f"{prefix}404.html")
    field = page.locator(".md-search__input")
    field.click()
    field.fill("qzxjvkw")
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile("没有|No matching"))
    expect(page.locator(".md-search-result__link")).to_have_count(0)


RESULTS = ".md-search-result__link"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def paste(page: Page) -> None:
    """As a mouse or a long press does: no key is let go."""
    page.evaluate("navigator.clipboard.writeText('交并比')")
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "commands": ["paste"]})


def dictate(page: Page) -> None:
    page.keyboard.insert_text("交并比")  # a change without a key


def compose(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    for text in ("jiao", "jiaobing"):
        session.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": 0, "selectionEnd": 0}
        )
    session.send("Input.insertText", {"text": "交并比"})


@pytest.mark.parametrize("enter", [paste, dictate, compose])
def test_whatever_enters_the_words_finds(visit: Visit, enter: Callable[[Page], None]) -> None:
    page = visit("404.html", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".md-search__input").click()
    enter(page)
    expect(page.locator(RESULTS).first).to_have_attribute("href", re.compile("/iou/"))
    page.locator(".md-search__form [type=reset]").click()
    expect(page.locator(RESULTS)).to_have_count(0)


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_signs_are_no_commands(visit: Visit, prefix: str) -> None:
    """Lunr would take these for commands and, where they are none, warn and find nothing."""
    page = visit(f"{prefix}404.html")
    for words in (
        "x^n IoU",
        "IoU~a",
        "a:b IoU",
        "-IoU",
        "+IoU",
        "*IoU",
        "IoU^",
        '"IoU',
        "IoU [.5:.95]",
    ):
        assert any("/iou/" in address for address in found(page, words)), words
    for words in ("^", "~", "：", "-", '"', "()", "。"):
        page.locator(".md-search__input").fill(words)
        expect(page.locator(".md-search-result__meta")).to_have_text(re.compile("没有|No matching"))


@LANGUAGES
def test_results_show_no_code_and_no_gaps(visit: Visit, prefix: str, asked: dict[str, str]) -> None:
    page = visit(f"{prefix}404.html")
    for words in (*asked, "torch", "xavier_uniform_", *(["n_in"] if prefix else ["方差", "均值"])):
        found(page, words)
        expect(page.locator(".md-search-result pre")).to_have_count(0)
        first = page.locator(".md-search-result__item").first.inner_text()
        assert not re.search(r"[，、为有是第] {2,}|\$|\\\\[a-z]|, ,", first), words
        assert page.locator(RESULTS).first.bounding_box()["height"] < 500, words


def test_code_is_found_by_its_names(visit: Visit) -> None:
    page = visit("404.html")
    for words in ("xavier_uniform_", "nn.init.xavier_uniform_"):
        assert "/initialization/" in found(page, words)[0]


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_on_a_phone_the_way_back_is_in_the_field_and_leads_back(visit: Visit, prefix: str) -> None:
    page = visit(f"{prefix}iou/", **PHONE)
    page.locator("label[for=__search].md-header__button").tap()
    back = page.locator(".md-search__icon[for=__search]")
    arrow = back.locator("svg:visible")
    expect(arrow).to_have_count(1)
    arrow.hover()  # once it stands still, and all that moves with it
    page.wait_for_function(
        "() => document.getAnimations().every(each => each.playState !== 'running')"
    )
    field = page.locator(".md-search__input").bounding_box()
    box = arrow.bounding_box()
    assert field["y"] <= box["y"]
    assert box["y"] + box["height"] <= field["y"] + field["height"]
    page.touchscreen.tap(box["x"] + 12, box["y"] + 12)
    expect(page.locator(".md-search__output")).to_be_hidden()
    expect(page.locator("h1")).to_be_in_viewport()


def test_a_found_page_marks_the_words(visit: Visit) -> None:
    page = visit("404.html")
    found(page, "什么是iou")
    page.locator(RESULTS).first.click()
    page.wait_for_url("**/iou/*")
    expect(page.locator("article mark").first).to_be_visible()
