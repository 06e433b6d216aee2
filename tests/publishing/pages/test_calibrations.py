"""The page on verdicts says how often they are wrong, or how to find out."""

import pytest

from calibration.__main__ import write
from calibration._tables import Row, Table
from dlqa.publishing.pages.calibrations import Calibrations
from tests.publishing.project import Project


@pytest.fixture
def made_here(tmp_path):
    rows = [
        Row("all pages", {"conditions relied on": 183, "builds that stop": 0.0026}),
        Row("iou <b>", {"conditions relied on": 18, "builds that stop": None}),
    ]
    title = "shares of builds that stop though nothing changed"
    write(Table("builds", title, rows, shares=["builds that stop"]), tmp_path, 100)
    return Calibrations(tmp_path)


def test_a_table_speaks_the_language_of_its_page(made_here):
    english, chinese = (made_here.html(language) for language in ("en", "zh"))
    assert "builds that stop" in english
    assert "停下的构建" in chinese
    assert "全部页面" in chinese
    for html in (english, chinese):
        assert "<td>183</td><td>0.3\u00a0%</td>" in html
        assert "iou &lt;b&gt;" in html


def test_what_cannot_be_read_is_not_there(made_here):
    (made_here.folder / "power.json").write_text('{"name": "power"}', "utf-8")
    assert [table.name for table in made_here.tables()] == ["builds"]


def test_where_nothing_was_made_the_page_says_how(tmp_path):
    assert "make calibrate" in Calibrations(tmp_path).html("en")


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_page_on_verdicts_has_every_sign_and_a_place_for_the_tables(
    made: Project, folder: str
) -> None:
    page = (made.site / f"{folder}code/evidence/index.html").read_text("utf-8")
    for sign in "✓✗≈◐?":
        assert f"<td>{sign} " in page
    assert "make calibrate" in page
    assert 'id="calibration"' in page
    assert "data-place" not in page
