"""Where lines may break: never before a formula's comma or between a number and its word."""

import pytest

from dlqa.publishing.formulas.mathml import render
from dlqa.publishing.pages.typesetting import cornered, joined

FORMULA = render("x", False)


@pytest.mark.parametrize("closing", ["，", "。", "），", ", ", ".", "”"])
def test_a_formula_keeps_what_closes_after_it(closing: str) -> None:
    made = joined(f"<p>{FORMULA}{closing}<b>b</b></p>")
    kept, space = closing.rstrip(), closing[len(closing.rstrip()) :]
    assert made == f'<p><span class="joined">{FORMULA}{kept}</span>{space}<b>b</b></p>'


@pytest.mark.parametrize("html", [f"<p>{FORMULA} 是</p>", render("x", True) + "，", "<p>a，b</p>"])
def test_else_nothing_is_joined(html: str) -> None:
    assert joined(html) == html


def test_a_number_stays_with_the_chinese_word_that_it_counts() -> None:
    assert joined("<td>每类 5 张与 20 张</td>") == "<td>每类 5\xa0张与 20\xa0张</td>"
    assert joined("<p>5 photos, 5 <b>张</b></p>") == "<p>5 photos, 5 <b>张</b></p>"


def test_code_in_a_line_may_break_after_its_signs_and_blocks_stay_as_they_are() -> None:
    assert joined('<code>f(a="b")/c</code>') == '<code>f(<wbr>a=<wbr>"b")/<wbr>c</code>'
    block = "<pre><code>f(a)  # 5 张</code></pre>"
    assert joined(block) == block


def test_an_empty_header_of_a_table_is_a_plain_cell() -> None:
    row = '<th style="text-align: left;"></th>\n<th>few</th><th><b></b></th><thead></thead>'
    assert cornered(row) == row.replace("<th style", "<td style").replace('"></th>', '"></td>')


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("0.1", "0.1"),
        ("90 %", "90\xa0%"),
        ("N(0, 0.01²)", "N(0,\xa00.01²)"),
        ("-0.2", "−0.2"),
        ("1e8", "10⁸"),
        ("2.5e-4", "2.5\xa0×\xa010⁻⁴"),
    ],
)
def test_a_chosen_number_is_text_and_in_one_piece(written: str, shown: str) -> None:
    assert joined(f"<p><code>{written}</code></p>") == f'<p><span class="chosen">{shown}</span></p>'


@pytest.mark.parametrize("code", ["sign(w)", "[N, M, 2]", "study.py", "SGD", "0.1 + x"])
def test_what_is_code_stays_code(code: str) -> None:
    made = joined(f"<p><code>{code}</code></p>")
    assert made.replace("<wbr>", "") == f"<p><code>{code}</code></p>"


def test_a_link_is_not_underlined_beyond_its_last_wide_mark() -> None:
    kept = '<span class="joined">吗<span class="mark-end">？</span></span>'
    assert joined("<h2><a href='x'>相同吗？</a></h2>") == f"<h2><a href='x'>相同{kept}</a></h2>"
    assert joined("<p>相同吗？</p><a>is it?</a>") == "<p>相同吗？</p><a>is it?</a>"


def test_a_heading_breaks_in_no_compound_word() -> None:
    made = joined('<h1 id="all-zero">How can all-zero weights learn?</h1><p>all-zero</p>')
    kept = '<span class="joined">all-zero</span>'
    assert made == f'<h1 id="all-zero">How can {kept} weights learn?</h1><p>all-zero</p>'
