"""What a candidate types leads to the right page first: the site's own search, in a real browser."""

import re

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
}
LANGUAGES = pytest.mark.parametrize(("prefix", "asked"), [("", CHINESE), ("en/", ENGLISH)])


def found(page: Page, words: str) -> list[str]:
    """The addresses of the results, best first."""
    field, told = page.locator(".md-search__input"), page.locator(".md-search-result__meta")
    field.click()
    field.fill("")
    expect(told).to_have_text(re.compile(r"^\D+$"))
    field.fill(words)
    page.keyboard.press("End")  # as an input method does, a key ends the word
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
    page.keyboard.press("End")
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile("没有|No matching"))
    expect(page.locator(".md-search-result__link")).to_have_count(0)
