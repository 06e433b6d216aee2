"""What the search is told: whose words count less, and tags in words."""

import json
from typing import Any

import pytest

from dlqa.publishing.formulas.mathml import render
from dlqa.publishing.outside.search import BEHIND, folded, readable, sorted_out, told


def test_an_answer_comes_before_all_else() -> None:
    assert "search" not in told({"question": 51})
    assert told({"title": "Lab"})["search"] == {"boost": BEHIND}


@pytest.mark.parametrize("own", [{"exclude": True}, {"boost": 3}])
def test_what_a_page_says_itself_stays(own: dict[str, object]) -> None:
    assert told({"search": own})["search"] == {"boost": BEHIND, **own}


def test_chinese_tags_are_cut_into_words() -> None:
    meta = {"question": 53, "tags": ["权重衰减", "L1"]}
    assert told(meta)["tags"] == ["权重\u200b衰减", "L1"]
    assert meta["tags"] == ["权重衰减", "L1"]


def entry(text: str, location: str = "a/") -> dict[str, Any]:
    return sorted_out({"location": location, "title": "A", "text": text, "tags": ["t"]})


def configured(text: str) -> dict[str, Any]:
    return json.loads(folded(json.dumps({"config": {}, "docs": [{"text": text}]})))["config"]


def test_code_has_a_field_of_its_own_in_names() -> None:
    made = entry(
        "<p>See:</p> <pre><code>nn.Linear(1, 2)  # &lt;b&gt;\nx = nn.Linear</code></pre> <p>b</p>"
    )
    assert made["text"] == "<p>See:</p> <p>b</p>"
    assert made["code"].split() == ["nn.Linear", "nn", "Linear"]
    assert "code" not in entry("<p>inline <code>code</code> stays</p>")


def test_tags_are_a_pages_not_its_every_sections() -> None:
    assert entry("")["tags"] == ["t"]
    assert "tags" not in entry("", "a/#b")


def test_a_formula_is_read_as_a_line() -> None:
    within, alone = render(r"1/n_{\mathrm{in}}", False), render(r"a<\frac12", True)
    html = f"<p>the variance {within}, or</p>{alone}"
    assert readable(html) == "<p>the variance 1/n_in, or</p>a &lt; 1/2"


def test_no_line_of_a_result_begins_with_a_comma() -> None:
    given = "\u200b惩罚\u200b，\u200b训练\u200b（\u200b原文\u200b）"
    assert entry(given)["text"] == "\u200b惩罚，\u200b训练\u200b（原文）"


def test_traditional_characters_fold_into_ours_and_never_away_from_them() -> None:
    found = configured("权重与神经网络，着，乾")["folding"]
    pairs = dict(zip("權與經網絡著", "权与经网络着", strict=True))
    assert {old: found[old] for old in pairs} == pairs
    assert not {*"权重乾"} & found.keys()
    assert "過" not in found  # nothing here has 过
    assert "folding" not in configured("no Chinese")
