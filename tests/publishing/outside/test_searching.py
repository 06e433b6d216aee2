"""What the search knows of a page: its passages, their words, what a result shows, in small files."""

import json
from collections.abc import Mapping

import pytest

from dlqa.publishing.formulas.mathml import render
from dlqa.publishing.outside.passages import passages
from dlqa.publishing.outside.search import (
    BEHIND,
    INDEX,
    WIDE,
    Entries,
    entries,
    index,
    share_of,
    synonyms_of,
    teaser,
)
from dlqa.publishing.outside.terms import terms, weighed
from dlqa.publishing.words import spoken

PAGE = """
<h1>Title</h1><p>Before.</p>
<h2 id="follow-ups">Follow-ups<a class="headerlink" href="#">¶</a></h2>
<details class="question"><summary id="follow-up-1">Why <code>zero</code>?</summary><p>It stays.</p></details>
<p>Between.</p>
<details class="claim"><summary><span class="verdict">✗ fails</span> <b id="c3">c3</b> It holds</summary>
<p data-search-exclude><p>hidden</p></p><p>It does<span class="sign" data-search-exclude>✗</span> not.</p></details>
<p>After.</p>
<h2 id="code">Code</h2><pre><code>nn.Linear(1, 2)  # x</code></pre><svg><text>drawn</text></svg>
"""


def page(title: str, html: str = "", **meta: object) -> Entries:
    return entries(f"{title}/", title, {"question": 1, **meta}, html)


def test_follow_ups_and_claims_are_found_by_themselves() -> None:
    found = {each.id: each for each in passages(PAGE)}
    assert list(found) == ["", "follow-ups", "follow-up-1", "c3", "code"]
    assert (found["follow-up-1"].title, found["follow-up-1"].text) == ("Why zero?", "It stays.")
    assert (found["c3"].title, found["c3"].text) == ("✗ fails c3 It holds", "It does not.")
    assert found["follow-ups"].text == "Between. After."
    assert found["c3"].section == "follow-ups"


def test_code_and_drawings_are_no_text() -> None:
    code = passages(PAGE)[-1]
    assert (code.text, "nn.Linear" in code.code) == ("", True)
    assert "drawn" not in repr(passages(PAGE))
    found = page("A", PAGE).entries[-1]
    assert {"nn", "linear"} <= found.terms.keys()
    assert found.teaser == ""


def test_a_formula_in_a_sentence_is_a_line_and_one_alone_is_none() -> None:
    within, alone = render(r"1/n_{\mathrm{in}}", False), render(r"a<\frac12", True)
    (found,) = passages(f"<p>the variance {within}, or</p>{alone}<p>b</p>")
    assert found.text == "the variance 1/n_in, or b"


def test_words_are_stems_and_of_chinese_pairs() -> None:
    assert terms("Ｆine-tuning 的权重，框") == ["finetun", "fin", "tun", "的权", "权重", "框"]
    same = ("initialization initialise initializing", "regularisation regularized", "losses loss")
    assert [len({*terms(each)}) for each in same] == [1, 1, 1]
    assert terms("xavier_uniform_") == ["xavier", "uniform"]


def test_what_is_said_twice_says_more_and_in_a_long_text_less() -> None:
    once, twice = weighed([("a b", 1)])["a"], weighed([("a a b", 1)])["a"]
    long = weighed([("a " + "b " * 500, 1)])["a"]
    assert long < once < twice < 25


def test_a_page_is_found_by_what_else_it_is_called_and_behind_by_what_it_mentions() -> None:
    own = page("A", PAGE, aliases=["Glorot"], tags=["t"]).entries[0].terms
    assert own["glorot"] > own["t"] > own["befor"]
    assert page("A", PAGE).weight == 1
    other = entries("labs/a/", "A", {}, PAGE)
    assert other.weight == BEHIND
    assert entries("a/", "A", {"search": {"exclude": True}}, PAGE).entries == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Short.", "Short."),
        ("It is so. " * 30, "It is so. " * 17 + "It is so."),
        ("a" * 100 + " " + "word " * 40, "a" * 100 + " word" * 15 + "…"),
        ("权" * 60 + "。" + "重" * 60, "权" * 60 + "。"),
        ("权" * 100, "权" * (WIDE // 2) + "…"),
    ],
)
def test_a_teaser_ends_with_a_sentence_or_a_word(text: str, shown: str) -> None:
    assert teaser(text) == shown


def built(pages: list[Entries], synonyms: Mapping[str, str] | None = None) -> dict[str, object]:
    return {path: json.loads(text) for path, text in index(pages, synonyms or {}).items()}


def test_each_term_lies_where_a_script_looks_for_it() -> None:
    pages = [page("权重", "<p>" + " ".join(f"w{n}" for n in range(3000)) + "</p>"), page("b")]
    found = built(pages, {"BN": "批归一化"})
    config = found[INDEX]["config"]  # type: ignore[index]
    assert config["pages"] == [["权重/", 1.0], ["b/", 1.0]]
    assert config["synonyms"] == {"bn": "批归一化"}
    assert config["shares"] > 3
    for place in range(config["shares"]):
        for term, postings in found[f"terms/{place}.json"].items():  # type: ignore[attr-defined]
            assert share_of(term, config["shares"]) == place
            assert len(postings) % 3 == 0
    assert found["pages/1.json"] == [["", "b", ""]]


def test_a_version_is_of_what_the_files_hold() -> None:
    versions = [
        built([page(title)])[INDEX]["config"]["version"]  # type: ignore[index]
        for title in ("a", "a", "b")
    ]
    assert versions[0] == versions[1] != versions[2]


def test_traditional_characters_fold_into_ours_and_never_away_from_them() -> None:
    config = built([page("权重与神经网络，着，乾")])[INDEX]["config"]  # type: ignore[index]
    found = config["folding"]
    pairs = dict(zip("權與經網絡著", "权与经网络着", strict=True))
    assert {old: found[old] for old in pairs} == pairs
    assert not {*"权重乾"} & found.keys()
    assert "過" not in found  # nothing here has 过
    assert built([page("none")])[INDEX]["config"]["folding"] == {}  # type: ignore[index]


@pytest.mark.parametrize("language", spoken())
def test_every_language_has_synonyms_that_lead_to_other_words(language: str) -> None:
    found = synonyms_of(language)
    assert len(found) > 10
    assert not [key for key, value in found.items() if key.lower() == value.lower()]
    assert not [key for key in found if not key.replace("-", "").isalnum()]  # no patterns
    assert synonyms_of("xx") == {}
