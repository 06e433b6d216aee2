"""Chinese pages are set as Chinese is set."""

import pytest

from dlqa.publishing.sources.source import Source
from tests.pages.chinese import faults
from tests.pages.reading import pages


@pytest.mark.parametrize("page", pages("zh").values(), ids=lambda page: page.path.name)
def test_a_page_keeps_the_rules(page: Source) -> None:
    found = [f"{page.path}:{line}: {fault}" for line, fault in faults(page.text)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("中文,中文", "half-width punctuation"),
        ("准确率:高", "half-width punctuation"),
        ("结束.", "half-width punctuation"),
        ("方差,variance", "half-width punctuation"),
        ("方差(variance)大", "half-width bracket"),
        ("共12维", "no space"),
        ("用Adam训练", "no space"),
        ("准确率{{ q.value }}很高", "no space"),
        ("设`x`为零", "no space"),
        ("用**Adam**训练", "no space"),
        ("用[Adam](https://example.org)训练", "no space"),
        ("很大 ，很小", "space beside"),
        ("**结论。** 很好", "space beside"),
        ("很 大", "space between"),
        ("第一行没有完\n第二行接着", "wrapped"),
        ("- 一项没有完\n  接着", "wrapped"),
        ('??? claim "c1 用Adam"', "no space"),
        ('??? figure "curves 用Adam"', "no space"),
        ("| 用Adam | x |", "no space"),
    ],
)
def test_a_fault_is_found_with_its_line(text: str, fault: str) -> None:
    found = list(faults(f"---\ntitle: x\n---\n# 题目\n\n{text}\n"))
    assert [line for line, _ in found] == [6] * len(found)
    assert any(fault in each for _, each in found), found


@pytest.mark.parametrize(
    "text",
    [
        "中文，English 与 12 个（两种）。",
        "准确率 {{ q.value }}，`x` 很大。",
        "# 题目 {#id}",
        "| 甲 | 乙 |\n|---|---|\n| N(0, 1) | 常数 `0.01` |",
        "- 一\n- 二",
        "1. 一\n2. 二",
        '??? claim "c1 数据是 12 维"\n\n    一行。',
        '??? figure "curves 数据是 12 维"\n\n    σ = {{ setting.std }}：一行。',
        "```python\n# 中文,English混排\n```",
        "一行。\n\n另一行。",
        "见 https://example.org/a,b 一文。",
    ],
)
def test_what_is_right_passes(text: str) -> None:
    assert list(faults(text)) == []
