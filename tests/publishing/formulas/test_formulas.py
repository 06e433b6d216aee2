"""TeX on a page: what becomes a formula, what is let be, and what cannot be one."""

import importlib.metadata
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from dlqa.publishing.formulas.font import CARRIER, CHARACTERS, FONT, STIX, write_font
from dlqa.publishing.formulas.mathml import (
    FormulaError,
    found,
    marked,
    placed,
    render,
    typeset,
)
from dlqa.publishing.sources.checks import check_digits, check_formulas
from dlqa.publishing.sources.source import PageErrors, Source

BROKEN = [
    (r"\frac{1}{2", "after \\frac{1}{2: Expected closing token"),
    (r"\frac{1}", "Expected argument but reached end"),
    (r"x}", 'after x: Unmatched closing token: "}"'),
    (r"\fraq{1}{2}", 'does not parse: Unknown command "\\fraq"'),
    (r"x^2^3", "Duplicate subscript or superscript"),
    (r"\left( x", 'Expected closing token "\\right"'),
    (r"x \right)", "Unmatched closing token"),
    (r"\begin{cases} 1", "Expected closing token"),
    (r"\begin{case} 1 \end{case}", 'Unknown environment "case"'),
    (r"a & b", "may only appear in a table-like environment"),
    (r"x_", "Expected argument"),
    (r"\hat", "Expected argument"),
    (r"50% of", "'%' may not stand in a formula"),
    (r"\newcommand{\a}{b}\a", "'\\\\newcommand' may not stand"),
    (r"\color{red} x", "'\\\\color' may not stand"),
    (r"{{ coin.mean }}", "'{{' may not stand"),
    (r"\text{方差}", "font has no '差', '方'"),
    (" ", "is empty"),
]
RIGHT = [
    r"\Phi\left(\tfrac12\sqrt{\mu^\top\Sigma^{-1}\mu}\right)",
    r"\hat y_i=\sum_{k=1}^{n} w_k x_{ik}",
    r"f(x)=\begin{cases} x & x>0 \\ 0 & \text{otherwise} \end{cases}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"x\in\mathbb{R}^{n_{\mathrm{in}}}",
    r"w\sim\mathcal{N}(0,\sigma^2)",
    r"\operatorname{sign}(w)\max(|w|-\tau,0)",
]


def faults(body: str) -> list[str]:
    try:
        check_formulas(Source(Path("page.md"), body))
    except PageErrors as errors:
        return str(errors).splitlines()
    return []


@pytest.mark.parametrize("tex", RIGHT)
def test_a_formula_becomes_mathml_beside_its_tex(tex: str) -> None:
    html = render(tex, display=False)
    assert "<math>" in html
    assert "data-search-exclude" in html
    assert f"${tex}$".replace("&", "&amp;").replace(">", "&gt;") in html


def test_a_formula_on_its_own_lines_is_a_block() -> None:
    assert '<math display="block">' in render("x", display=True)
    assert "formula--display" in render("x", display=True)


@pytest.mark.parametrize(("tex", "why"), BROKEN)
def test_what_is_no_formula_is_refused_with_the_reason(tex: str, why: str) -> None:
    with pytest.raises(FormulaError) as error:
        render(tex, display=False)
    assert why in str(error.value)


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("so $x$ is", ["x"]),
        ("记作$x$的", ["x"]),
        ("记作 $x$，$y$。", ["x", "y"]),
        ("($x$)", ["x"]),
        (r"$\{a\}$ and \$5", [r"\{a\}"]),
        ("$$\nx\n+ y\n$$", ["x\n+ y"]),
        ("    $$x$$", ["x"]),
        ("| $|x|$ | $y$ |", ["|x|", "y"]),
        ("`$x$` and ``$`` no", []),
        ("```console\n$ make site\n```", []),
        ("[$x$](a$b$c)", ["x"]),
        ("{{ coin.mean }}", []),
    ],
)
def test_formulas_are_found_between_dollars(text: str, formulas: list[str]) -> None:
    assert [each.tex for each in found(text)] == formulas
    assert faults(text) == []


@pytest.mark.parametrize(
    "text", ["costs $5 here", "a $ b $ c", "$x", "x$", "$x$2", "$$x", "so $$x$$ is", "a $x\ny$ b"]
)
def test_a_dollar_that_belongs_to_no_formula_is_told(text: str) -> None:
    assert all("a dollar that belongs to no formula; write \\$" in fault for fault in faults(text))
    assert faults(text) != []


def test_every_fault_is_told_with_its_line() -> None:
    body = "# T\n\nfine $x$\n\n$$\n\\foo\n$$\n\nand $\\frac{1}$ or a $ alone\n"
    assert [fault.split(" ")[0] for fault in faults(body)] == ["page.md:5:"] + ["page.md:9:"] * 2


def test_a_heading_holds_no_formula() -> None:
    assert "a heading holds no formula" in faults("## The $x$ {#x}\n")[0]


@pytest.mark.parametrize("formula", ["$p=0.03$", r"$3\%$", "$$\nx=.5\n$$"])
def test_a_formula_may_not_state_what_looks_measured(formula: str) -> None:
    with pytest.raises(PageErrors, match="is typed by hand"):
        check_digits(Source(Path("page.md"), f"So {formula}" if formula[1] != "$" else formula))


def test_numbers_of_a_definition_may_be_typed() -> None:
    check_digits(Source(Path("page.md"), r"So $\frac{4}{\pi^2}+10^{-8}$."))


def test_marking_keeps_lines_and_hides_tex_from_markdown() -> None:
    text = "a $x_1*y_2*$\n\n$$\n\\frac{{a}}{b}\n$$\n\nb \\$5\n"
    out = marked(text)
    assert out.count("\n") == text.count("\n")
    assert "{{" not in out
    assert "*" not in out
    assert "&#36;5" in out
    assert placed(out).count("<math") == 2


def test_html_from_elsewhere_is_typeset_outside_of_code() -> None:
    html = "<p>so $x&lt;1$ <code>$y$</code></p><pre>$ make</pre><p>$$z$$</p><a title='$q$'>"
    out = typeset(html)
    assert out.count("<math") == 2
    assert "<mo>&lt;</mo>" in out
    assert "<code>$y$</code>" in out
    assert "<pre>$ make</pre>" in out
    with pytest.raises(FormulaError, match="Unknown command"):
        typeset(r"<p>$\foo$</p>")
    with pytest.raises(FormulaError, match="a dollar that belongs to no formula"):
        typeset("<p>costs $5</p>")


def test_the_font_draws_every_character_and_says_its_licence(tmp_path: Path) -> None:
    write_font(tmp_path)
    data = (tmp_path / FONT).read_bytes()
    font = TTFont(BytesIO(data))
    italics = {"x": 0x1D465, "h": 0x210E, "α": 0x1D6FC, "ω": 0x1D714, "ϵ": 0x1D716}
    drawn = font.getBestCmap().keys()
    assert {*italics.values()} <= {*drawn}
    unseen = set(" \ufe00\u2061\u2062\u2063\u2064")
    lower_greek = {c for c in CHARACTERS if "α" <= c <= "ω" or c in "ϕϵ"}  # drawn in italics
    assert {ord(c) for c in CHARACTERS - unseen - lower_greek} <= {*drawn}
    assert "Open Font License" in str(font["name"].getDebugName(13))
    assert font["MATH"].table.MathConstants is not None
    assert len(data) < 30_000


def test_tall_radicals_are_no_wider_than_the_usual_one(tmp_path: Path) -> None:
    write_font(tmp_path)
    font = TTFont(tmp_path / FONT)
    variants, radical = font["MATH"].table.MathVariants, font.getBestCmap()[ord("√")]
    tall = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(radical)]
    names = [record.VariantGlyph for record in tall.MathGlyphVariantRecord]
    assert len(names) > 1
    assert {font["hmtx"][name][0] for name in names} == {font["hmtx"][radical][0]}


def test_a_build_loads_nothing_that_cuts_fonts() -> None:
    code = "import sys, dlqa.publishing.language_site; print({'fontTools', 'ziamath'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("unit", ["[a](", "<a ", "{{ a ", "$a ", "`a ", "```"])
def test_a_long_line_takes_time_in_proportion(unit: str) -> None:
    """Twice as long, twice the time: squared, the longer one here would take minutes."""

    def seconds(times: int) -> float:
        text, started = unit * times, time.process_time()
        marked(text)
        return time.process_time() - started

    assert seconds(40_000) < 20 * seconds(10_000) + 0.2


def test_the_font_says_when_its_maker_made_it_and_not_when_we_cut_it(tmp_path: Path) -> None:
    """It was the one product that differed each time it was made."""
    write_font(tmp_path)
    origin = importlib.metadata.distribution(CARRIER).locate_file(STIX)
    made = (TTFont(path)["head"].modified for path in (tmp_path / FONT, origin))
    assert len({*made}) == 1
