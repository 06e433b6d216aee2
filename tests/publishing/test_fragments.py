from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError

from dlqa.evidence.verdicts import Verdict
from dlqa.publishing.fragments import badge, fragment

HEADING = SimpleNamespace(question=7, title="Is a < b & c?")


def test_what_is_put_in_is_escaped() -> None:
    parts = {"answer": "?a=1&b=2", "notebook": '"', "run": "'", "install": "<"}
    head = fragment("exercise_head.html", "en", heading=HEADING, **parts)
    assert "Is a &lt; b &amp; c?" in head
    assert 'href="?a=1&amp;b=2"' in head
    assert 'href="&#34;"' in head
    assert 'href="&#39;"' in head
    assert 'href="&lt;"' in head


def test_a_part_of_a_phrase_is_escaped_and_the_phrase_is_not() -> None:
    receipt = {"day": "2026", "cpu": "<fast>", "cores": 1, "rounds": 1, "load": 0, "torch": "2"}
    table = {"rows": [], "bars": []}
    parts = {"table": table, "longest": 1.0, "receipt": receipt, "short": str}
    assert "&lt;fast&gt;" in fragment("benchmark.html", "en", name="x", root="", **parts)


def test_a_part_that_is_missing_stops() -> None:
    with pytest.raises(UndefinedError, match="'answer' is undefined"):
        fragment("exercise_head.html", "en", heading=HEADING, notebook="n", run="r", install="")


def test_a_piece_of_html_is_one_line_wherever_its_template_breaks() -> None:
    parts = {"answer": "a", "notebook": "n", "run": "r", "install": "i"}
    head = fragment("exercise_head.html", "en", heading=HEADING, **parts)
    assert head.startswith('<div class="answer-head"><p>')
    assert len(head.splitlines()) == 1


def test_a_badge_fits_into_a_title_between_double_quotes() -> None:
    assert '"' not in badge(Verdict.HOLDS, "en")
