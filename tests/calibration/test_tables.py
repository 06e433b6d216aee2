import json

import pytest

from calibration import pages
from calibration.__main__ import main, show, write
from calibration._chinese import chinese
from calibration._tables import Row, Table


def test_a_table_is_printed_and_written_with_how_it_was_made(tmp_path, capsys):
    table = Table("some", "a title", [Row("first", {"a": 0.051, "b": None, "c": float("inf")})])
    show(table)
    assert "first" in capsys.readouterr().out
    write(table, tmp_path, 7)
    written = json.loads((tmp_path / "some.json").read_text("utf-8"))
    cells = {"a": 0.051, "b": None, "c": None}
    assert written["rows"] == [
        {"name": "first", "words": {"en": "first", "zh": "first"}, "cells": cells}
    ]
    assert [each["name"] for each in written["columns"]] == ["a", "b", "c"]
    assert written["receipt"]["repeats"] == 7


def test_an_unknown_calibration_is_refused(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["calibration", "coverag"])
    with pytest.raises(SystemExit):
        main()
    assert "expected some of coverage, pages" in capsys.readouterr().err


def test_pages_count_wrong_sides_at_the_margin_and_none_far_from_it(monkeypatch):
    monkeypatch.setattr(pages, "CONDITIONS", 2)
    monkeypatch.setattr(pages, "DISTANCES", (0.0, 3.0))
    (table,) = pages.tables(0)
    at_margin, far = (row.cells for row in table.rows)
    assert at_margin["conditions decided"] <= 0.05
    assert far["conditions decided"] >= 0.95
    assert far["pages with a wrong side"] == 0
    assert far["seeds, as multiples of the first look"] < 1.5
    assert at_margin["seeds, as multiples of the first look"] > 7


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("all pages", "全部页面"),
        ("iou, seeds from 1000 on", "IoU，从种子 1000 起"),
        ("24 seeds", "24 个种子"),
        ("Beta(9, ½)", "Beta(9, ½)"),
    ],
)
def test_names_are_said_in_chinese(name, expected):
    assert chinese(name) == expected
