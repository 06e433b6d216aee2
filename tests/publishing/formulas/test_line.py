"""Formulas as lines of text: what is above, below, under a root, in a table."""

import re

import pytest

from dlqa.publishing.formulas.line import line
from dlqa.publishing.formulas.mathml import render


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"\sigma(0)=\frac12", "σ(0) = 1/2"),
        (r"\frac{2}{n_{\mathrm{in}}+n_{\mathrm{out}}}", "2/(n_in+n_out)"),
        (r"\sigma^2_{\mathrm{He}}", "σ_He²"),
        (r"\nabla_h L=W^\top(p-y)", "∇_h L = Wᵀ(p−y)"),
        (r"\sum_i w_{l,i}^2", "∑_i w_(l, i)²"),
        (r"x^{\alpha+1}", "x^(α+1)"),
        (r"\frac{\hat m}{\sqrt{\hat v}+\varepsilon}", "m̂/(√v̂+ε)"),
        (r"a\leftarrow\max(|w|-\tau,\,0)", "a ← max(|w|−τ, 0)"),
        (r"\arctan\frac{w}{h}", "arctan w/h"),
        (r"|A\cup B|", "|A ∪ B|"),
        (r"\begin{cases}a & b\\c & d\end{cases}", "{a b ; c d"),
    ],
)
def test_a_formula_is_read_in_a_line(tex: str, said: str) -> None:
    mathml = re.search("<math.*</math>", render(tex, False))
    assert mathml
    assert line(mathml[0]) == said
