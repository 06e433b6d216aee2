"""Highlighted code holds a span for what is coloured, and nothing else changes."""

import html
import re

import pytest
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from dlqa.publishing.pages.highlighting import only_colours, reachable
from tests.conftest import ROOT

CODE = (ROOT / "dlqa/lab/finetuning.py").read_text("utf-8")


def text(shown: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


def test_the_text_stays_and_most_spans_go() -> None:
    shown = highlight(CODE, PythonLexer(), HtmlFormatter())
    short = only_colours(shown)
    assert text(short) == text(shown)
    assert short.count("<span") < shown.count("<span") / 2


def test_what_has_a_colour_keeps_its_span() -> None:
    shown = only_colours(
        highlight("import os  # why\nx = 'a' + 1\n", PythonLexer(), HtmlFormatter())
    )
    assert set(re.findall(r'<span class="(\w+)">', shown)) == {"kn", "c1", "s1", "mi"}


def test_spans_that_hold_others_stay() -> None:
    line = '<span class="n"><b>x</b></span>'
    assert only_colours(line) == line


@pytest.mark.parametrize("start", ["<pre><span></span><code>", "<pre><code>"])
def test_code_takes_the_focus(start: str) -> None:
    shown = reachable(f"<p><code>inline</code></p>{start}x</code></pre>")
    assert shown.count("tabindex") == 1
    assert '<code tabindex="0">x</code>' in shown


def test_what_takes_it_already_stays() -> None:
    line = '<pre tabindex="0"><code>x</code></pre>'
    assert reachable(line) == line
