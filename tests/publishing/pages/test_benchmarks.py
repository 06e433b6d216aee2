"""The page of benchmarks: what the last run left, or how to make it."""

import json

import pytest

from dlqa.publishing.pages.benchmarks import Benchmarks

RECEIPT = {
    "when": "2026-01-02T03:04:05+00:00",
    "processor": "A <fast> one",
    "cores": 2,
    "load": "0.1, 0.2, 0.3",
    "rounds": 7,
    "torch": "2.0",
}


def row(name, median, ratio, missing=""):
    quartiles = [median, median] if median else [None, None]
    return {
        "name": name,
        "median": median,
        "quartiles": quartiles,
        "ratio": ratio,
        "missing": missing,
    }


@pytest.fixture
def measured(tmp_path):
    table = {
        "rows": [
            row("loop", 400.0, 1.0),
            row("ours", 80.0, 5.0) | {"zh": "我们的"},
            row("peer", None, None, "absent"),
        ],
        "bars": [
            {"what": "fast", "measured": 5.0, "wanted": 6.5, "at_least": True, "met": False},
            {
                "what": "flat",
                "measured": 1.1,
                "wanted": 1.25,
                "at_least": False,
                "met": True,
                "zh": "平坦",
            },
        ],
        "receipt": RECEIPT,
    }
    (tmp_path / "trainer.json").write_text(json.dumps(table), "utf-8")
    return Benchmarks(tmp_path)


def test_every_contender_has_a_row_and_the_longest_the_longest_bar(measured):
    html = measured.html("trainer", "en", "../")
    assert "inline-size:100.0%" in html
    assert "inline-size:20.0%" in html
    assert "5.00 ×" in html


def test_a_contender_that_could_not_run_says_why(measured):
    assert "absent" in measured.html("trainer", "en", "../")


def test_promises_that_were_not_kept_are_shown_as_such(measured):
    html = measured.html("trainer", "en", "../")
    assert "5.00 (≥ 6.5) ✗ not met" in html
    assert "1.10 (≤ 1.25) ✓ met" in html


def test_names_are_chinese_on_the_chinese_page_where_they_have_one(measured):
    chinese, english = (measured.html("trainer", language, "../") for language in ("zh", "en"))
    assert "我们的" in chinese
    assert "平坦：1.10" in chinese
    assert "loop" in chinese
    assert "我们的" not in english


def test_the_receipt_names_the_machine_and_is_escaped(measured):
    html = measured.html("trainer", "zh", "../")
    assert "A &lt;fast&gt; one" in html
    assert "../data/benchmarks/trainer.json" in html


def test_what_was_not_run_says_how_to_run_it(tmp_path):
    assert "make bench" in Benchmarks(tmp_path / "none").html("trainer", "en", "../")


def test_a_page_lacks_its_tables_until_one_is_made(measured):
    assert measured.lack("{{ benchmark none }} {{ benchmark other }}")
    assert not measured.lack("{{ benchmark none }} {{ benchmark trainer }}")
    assert not measured.lack("a page without tables")
