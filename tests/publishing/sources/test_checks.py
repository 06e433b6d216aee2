from pathlib import Path

import pytest

from dlqa.publishing.sources.checks import check_digits, stated, unknown
from dlqa.publishing.sources.source import PageErrors, Source

PAGE = Path("page.md")


def problems(body: str) -> list[str]:
    try:
        check_digits(Source(PAGE, body))
    except PageErrors as errors:
        return str(errors).splitlines()
    return []


@pytest.mark.parametrize(
    "text",
    [
        "It is 0.95 here.",
        "It ends with 0.95.",
        "It ends with 12.5%.",
        "准确率为0.95和别的",
        "准确率 0.95，高",
        "达到95％。",
        "达到 95 %",
        "thin space 95\u202f%",
        "−0.3 and more",
        "(0.3, 1)",
        "about .95 of it",
        "if loss < 0.9 and gain > 1",
        "**0.95**",
        "    0.95 in a claim's body",
        "a rate of 1e-3",
        "1.5E−4",
        "达到 ５０％",
        "约 1．5 倍",
        "50&nbsp;%",
        "50‰",
        "50&#37;",
        "\t0.95 behind a tab",
        "`` a ` in `` 0.95",
        "`code` 0.95 `code`",
        "<!-- a comment --> 0.95",
        "a < b and 0.95 > c",
    ],
)
def test_a_typed_decimal_or_percentage_is_found(text: str) -> None:
    assert len(problems(f"# T\n\n{text}\n")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "500 steps, 12 seeds, 2018",
        "`0.95` as code",
        "`` 0.95 and a ` `` as code",
        "`code that\ngoes on at 0.95`",
        "<!-- 0.95 in a\n\ncomment -->",
        "~~~\n0.95\n~~~",
        "\t```\n\t0.95\n\t```",
        '<img\n width="0.5">',
        "５００ 步",
        "the 3e point",
        "{{ coin.mean }} and {{ coin.c1_0.5 }}",
        "version 3.11.2 of it",
        "section v1.2",
        "[paper](https://example.org/1502.01852)",
        '<img width="0.5">',
        "```\n0.95 95 %\n```",
        "  ````text\n  0.95\n  ```\n  0.96\n  ````",
        "1,000 points",
        "a sentence. Then 5. Another",
    ],
)
def test_what_is_no_measured_number_is_let_be(text: str) -> None:
    assert problems(f"# T\n\n{text}\n") == []


def test_references_may_have_decimals() -> None:
    assert problems("# T\n\n## References {#references}\n\nHe 2015, section 2.2.\n") == []


def test_every_typed_number_is_told_with_its_line() -> None:
    found = problems("# T\n\n```\n0.1\n```\n\n0.95 and 95 %\n\n`0.2` 0.97\n")
    assert [line.split(" ")[0] for line in found] == ["page.md:7:", "page.md:7:", "page.md:9:"]
    assert "'0.95' is typed by hand; cite it as {{ slug.name }}" in found[0]


def test_lines_are_counted_from_the_top_of_the_file_behind_front_matter() -> None:
    with pytest.raises(PageErrors, match=r"^page\.md:6: '0\.95'"):
        check_digits(Source(PAGE, "---\nquestion: 1\n---\n\n# T\n0.95\n"))


def test_an_unknown_name_comes_with_the_names_it_may_have_meant() -> None:
    assert unknown("value", "meam", {"mean": 1, "low": 2}) == (
        "unknown value 'meam'; did you mean mean?"
    )
    assert unknown("value", "zzz", {"mean": 1, "low": 2}) == "unknown value 'zzz'; known: low, mean"
    assert unknown("value", "zzz", {}) == "unknown value 'zzz'; known: none"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("more than `0.05`, or `-0.2`", {0.05, 0.2}),
        ("`90 %` of it, `5%` of that", {0.9, 0.05}),
        ("`N(0, 0.01²)`, 0.3 and `run(0.7)`", set()),
        ("## Claims {#claims}\n\n`0.2`\n\n## Method {#method}\n\n`0.1`\n", {0.1}),
    ],
)
def test_numbers_are_stated_as_code_among_the_criteria(text, numbers):
    assert stated(Source(PAGE, text)) == numbers
