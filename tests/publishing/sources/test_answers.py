"""What an answer's page must hold beyond its sections: each fault is told with its line."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dlqa.publishing.sources.parity import check_parity
from dlqa.publishing.sources.played import check_played, check_seen
from dlqa.publishing.sources.references import check_references
from dlqa.publishing.sources.snippets import check_pieces
from dlqa.publishing.sources.source import PageErrors, Source
from dlqa.publishing.sources.spoken import check_spoken, length

PAGE = Path("page.md")
GOOD = "It is [{{ q.a }} beside {{ q.b }}](#c1)."


def problems(check: Callable[[Source], None], body: str) -> list[str]:
    try:
        check(Source(PAGE, body))
    except PageErrors as errors:
        return str(errors).splitlines()
    return []


def answer(text: str) -> list[str]:
    return problems(check_spoken, f"# T\n\n## Short {{#answer}}\n\n{text}\n")


@pytest.mark.parametrize(
    ("text", "said", "most"),
    [
        ("Xavier, at {{ q.accuracy }}, wins.", 4, 80),
        ("A `code with words` and $a + b$ [two words](#c1).", 6, 80),
        ("准确率 {{ q.accuracy }}，XOR。", 5, 130),
        ("[方差 0.5](#c1)大", 4, 130),
    ],
)
def test_length_counts_what_is_spoken(text: str, said: int, most: int) -> None:
    assert length(text) == (said, most)


def test_an_answer_of_half_a_minute_passes() -> None:
    assert answer(f"{GOOD} {'word ' * 75}.") == []
    assert answer(f"[值](#c1){'字' * 129}。") == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{GOOD} {'word ' * 76}.", "page.md:5: the answer takes 81 words to say; at most 80"),
        (f"[值](#c1){'字' * 130}。", "page.md:5: the answer takes 131 characters to say; at most"),
        ("It is so.", "page.md:5: the answer leads to no claim; write [words](#c7)"),
    ],
)
def test_an_answer_that_is_too_long_or_led_nowhere_is_told(text: str, says: str) -> None:
    (found,) = answer(text)
    assert found.startswith(says)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "It is [{{ q.a }}](#c1), where chance is `0.5`.",
        "It is [{{ q.a }}](#c1) after 500 steps.",
        "是 [{{ q.a }}](#c1)，而随机是 ½。",
        "[So](#c1). No number at all.",
    ],
)
def test_a_number_beside_another_passes(text: str) -> None:
    assert answer(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "[So](#c1).\nIt is {{ q.a }}. It was 500.",
        "[是](#c1)！\n是 {{ q.a }}。后来是 {{ q.b }} 和 1。",
    ],
)
def test_a_number_alone_in_its_sentence_is_told(text: str) -> None:
    (found,) = answer(text)
    assert found.startswith("page.md:6: the answer gives {{ q.a }} alone; say in its sentence")


def references(*items: str) -> list[str]:
    listed = "\n".join(f"- {item}" for item in items)
    return problems(check_references, f"# T\n\n## References {{#references}}\n\n{listed}\n")


def test_references_with_links_of_known_forms_pass() -> None:
    assert not references(
        "He 2015. [Title](https://doi.org/10.1109/ICCV.2015.123). ICCV.",
        "He 2016. <https://arxiv.org/abs/1512.03385v1>",
        "Old 1999. <https://arxiv.org/abs/cond-mat/9901001>",
        "Keras. [Docs](https://keras.io/api/) and [code](https://github.com/keras-team/keras).",
        "Long 1983. [Title](https://doi.org/10.1016/0041-5553(83)90001-0),\n  on a second line.",
    )


@pytest.mark.parametrize(
    ("item", "says"),
    [
        (
            "He 2015. Title. ICCV.",
            "page.md:6: no link in 'He 2015. Title. ICCV.'; expected https://doi",
        ),
        ("He 2015. https://doi.org/10.1109/ICCV.2015.123", "page.md:6: no link in"),
        ("He 2015. [T](http://example.org/a).", "page.md:6: 'http://example.org/a' is no known"),
        ("He 2015. [T](https://dx.doi.org/10.1109/I).", "no known form"),
        ("He 2015. [T](https://doi.org/ICCV.2015).", "no known form"),
        ("He 2015. [T](https://arxiv.org/pdf/1502.01852).", "no known form"),
        ("He 2015. [T](https://www.arxiv.org/abs/1502.01852).", "no known form"),
        ("He 2015. [T](https://arxiv.org/abs/1502.01852) [T](paper.md).", "'paper.md' is no known"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told(item: str, says: str) -> None:
    (found,) = references("Abid 2018. <https://arxiv.org/abs/1801.00001>", item)
    assert says in found


SEE = '## See {#see}\n\n??? figure "a A"\n\n    Words.\n\n## Method {#method}\n\n??? figure "b B"\n'


def test_the_section_to_see_holds_one_figure() -> None:
    assert problems(check_seen, SEE) == []
    (found,) = problems(check_seen, SEE.replace("## Method {#method}\n\n", ""))
    assert found == "page.md:7: section {#see} holds one figure"
    (found,) = problems(check_seen, SEE.replace('??? figure "a A"', "Words"))
    assert found == "page.md:1: section {#see} holds no figure; one stands there"


@pytest.mark.parametrize(("live", "found"), [("ac", []), ("b", ["page.md:3: "]), ("", [])])
def test_a_figure_with_controls_is_the_one_to_see(live: str, found: list[str]) -> None:
    """Where there is one; `live` are the names of those."""
    published: Any = SimpleNamespace(figures=["a", "b"], controls=lambda name: name in live)
    told = problems(lambda source: check_played(source, published), SEE)
    assert [each[:11] for each in told] == found


@pytest.mark.parametrize(
    ("section", "line", "found"),
    [
        ("short", "", []),
        ("long", "", ["page.md:3: a.py shows 41 lines; at most 40"]),
        ("short", "x" * 73, ["page.md:3: a.py has a line of 73 columns; at most 72: " + "x" * 73]),
        ("short", "x" * 72 + "  # (1)!", []),
    ],
)
def test_a_piece_of_code_is_taken_in_at_once(
    tmp_path: Path, section: str, line: str, found: list[str]
) -> None:
    lines = ["# --8<-- [start:short]", line or "one", "# --8<-- [end:short]"]
    lines += ["# --8<-- [start:long]", *(["two"] * 41), "# --8<-- [end:long]"]
    (tmp_path / "a.py").write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "a.out").write_text("y" * 80, "utf-8")
    body = f'```python\n\n--8<-- "a.py:{section}"\n```\n\n--8<-- "a.out"\n'
    assert problems(lambda source: check_pieces(source, tmp_path), body) == found


def test_languages_lead_to_the_same_claims_section_by_section() -> None:
    ledger = '## C {#claims}\n\n??? claim "c1 a"\n\n??? claim "c2 b"\n'
    text = f"## A {{#answer}}\n\n[x](#c1) [y](#c2)\n\n## K {{#key}}\n\n[z](#c1)\n\n{ledger}"
    first = Source(Path("zh.md"), text)
    check_parity(first, Source(PAGE, text.replace("[x](#c1) [y](#c2)", "[b](#c2), [a](#c1)")))
    with pytest.raises(PageErrors) as told:
        check_parity(first, Source(PAGE, text.replace("(#c2)", "(#c1)").replace("[z](#c1)", "z")))
    assert str(told.value).splitlines() == [
        "page.md:1: section {#answer} leads to c1 (2×), in zh.md to c1, c2",
        "page.md:5: section {#key} leads to no claim, in zh.md to c1",
    ]
    check_parity(first, Source(PAGE, text.replace("(#c2)", "(#c3)")))  # which is told as unknown
    check_parity(first, Source(PAGE, f"{text}\n    See [c1](#c1).\n"))  # within the ledger
