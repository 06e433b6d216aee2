"""Figures with controls: what stops the exhibits, and what of them lies in the store and the site."""

import json
import re
from dataclasses import dataclass
from html import unescape

import pytest

from tests.publishing.project import Project
from tests.publishing.test_publish import newest

PAGE = "dlqa/questions/coin/page.py"
SETTINGS = ["12-tails", "3-heads", "3-tails", "6-heads", "6-tails"]  # all but the default


@dataclass(frozen=True)
class Wrong:
    """An edit of the coin's page, and what its exhibits then say."""

    name: str
    old: str
    new: str
    says: str


WRONGS = [
    Wrong(
        "a name that is no figure's",
        'LIVE = {"running"',
        'LIVE = {"runing": Live((COINS, SIDE), running, ran), "running"',
        "live figure 'runing': no figure of FIGURES has this name; there are tossed, running",
    ),
    Wrong(
        "another figure than the default",
        'LIVE["running"].still}',
        "tossed}",
        "live figure 'running': FIGURES['running'] draws something else; "
        "expected LIVE['running'].still",
    ),
    Wrong("no control", "(COINS, SIDE)", "()", "live figure 'running': it has no control"),
    Wrong(
        "a control twice",
        "(COINS, SIDE)",
        "(COINS, SIDE, SIDE)",
        "live figure 'running': two of its controls have the same id",
    ),
    Wrong(
        "an unknown default",
        'default="12"',
        'default="11"',
        "live figure 'running': control 'coins': unknown default '11'; options: 3, 6, 12",
    ),
    Wrong(
        "one option",
        ', "tails": {"zh": "反面", "en": "tails"}}',
        "}",
        "live figure 'running': control 'side' has 1 option; expected two or more",
    ),
    Wrong(
        "an option that was not run",
        '("3", "6", "12")',
        '("3", "6", "12", "24")',
        "live figure 'running': settings that the study did not run: 24-heads, 24-tails",
    ),
    Wrong(
        "an id that would break an address",
        '"side",',
        '"Side?",',
        "live figure 'running': control 'Side?': ids other than of lower-case letters, digits, "
        "dots: Side?",
    ),
    Wrong(
        "a label in one language",
        '{"zh": "正面", "en": "heads"}',
        '{"en": "heads"}',
        "live figure 'running': control 'side': not in both languages: 'heads'",
    ),
    Wrong(
        "more settings than a build should draw",
        '("3", "6", "12")',
        "map(str, range(1, 25))",
        "live figure 'running': 48 settings; expected 40 at most",
    ),
    Wrong(
        "a setting of another size",
        "margins=(44, 60))",
        "margins=(44, 60), height=190 + int(setting['coins']))",
        "live figure 'running': 3-heads is 360 × 193 pixels; "
        "expected 360 × 202 pixels like its default, or the page would jump",
    ),
]


@pytest.mark.parametrize("wrong", WRONGS, ids=lambda wrong: wrong.name)
def test_the_exhibits_stop(project: Project, wrong: Wrong) -> None:
    project.edit(PAGE, wrong.old, wrong.new)
    done = project.dlqa("run", "coin")
    assert done.code == 1
    assert f"{wrong.says}\n" in done.output, done.output
    assert "coin: its exhibits could not be made (exit 1)" in done.output


def test_all_that_is_wrong_is_told_at_once(project: Project) -> None:
    project.edit(PAGE, 'default="12"', 'default="11"')
    project.edit(PAGE, 'default="heads"', 'default="edge"')
    output = project.dlqa("run", "coin").output
    assert "unknown default '11'; options: 3, 6, 12\n" in output
    assert "unknown default 'edge'; options: heads, tails\n" in output


def test_every_setting_is_drawn_in_both_languages_with_its_numbers(made: Project) -> None:
    exhibits = newest(made, "exhibits")
    for setting in SETTINGS:
        coins, side = setting.split("-")
        for language in ("zh", "en"):
            svg = (exhibits / f"running.{setting}.{language}.svg").read_text("utf-8")
            assert f": {coins}, {side}</title>" in svg
            published = made.site / f"figures/coin/running.{setting}.{language}.svg"
            assert f": {coins}, {side}</title>" in published.read_text("utf-8")
        numbers = (made.site / f"data/coin/running.{setting}.csv").read_text("utf-8")
        assert len(numbers.splitlines()) == int(coins) + 1
        as_json = json.loads((made.site / f"data/coin/running.{setting}.json").read_text("utf-8"))
        assert len(as_json["mean"]) == int(coins)
    names = {path.name for path in (made.site / "figures/coin").iterdir()}
    expected = {f"running.{s}.{each}.svg" for s in SETTINGS for each in ("zh", "en")}
    assert {name for name in names if name.startswith("running.")} == {
        *expected,
        "running.zh.svg",
        "running.en.svg",
    }


DRAWN_AGAIN = """
import importlib, sys
from pathlib import Path
from dlqa.publishing.store.catalog import find
from dlqa.publishing.exhibits.svg import render
from dlqa.publishing.worker import load_record

question = find("coin")
live = question.load("page").LIVE["running"]
drawing = live.draw(load_record(question, Path(sys.argv[1])), sys.argv[2], live.default)
sys.stdout.buffer.write(render(drawing, "running", sys.argv[2]).encode())
"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_default_setting_is_the_figure_byte_for_byte(made: Project, language: str) -> None:
    record = str(newest(made, "record"))
    again = made.run("python", "-c", DRAWN_AGAIN, record, language).output
    assert again == (newest(made, "exhibits") / f"running.{language}.svg").read_text("utf-8")
    page = made.read(f"site/{'' if language == 'zh' else 'en/'}coin/index.html")
    assert again in page


def test_the_page_offers_the_grid_with_its_default_chosen(made: Project) -> None:
    page = made.read("site/en/coin/index.html")
    (form,) = re.findall(r'<form class="live".*?</form>', page, re.DOTALL)
    (grid,) = re.findall(r'data-grid="(.*?)"', form)
    assert json.loads(unescape(grid)) == {
        "running.coins": [["3", "3"], ["6", "6"], ["12", "12"]],
        "running.side": [["heads", "heads"], ["tails", "tails"]],
    }
    assert 'name="running.coins" max="2" value="2" aria-valuetext="12"' in form
    assert 'name="running.side" value="0" checked' in form
    assert "<fieldset disabled>" in form


def test_only_a_page_with_such_a_figure_loads_its_script(made: Project) -> None:
    for prefix in ("", "en/"):
        page = made.read(f"site/{prefix}coin/index.html")
        assert page.count('src="../assets/live.js"') == 1
        assert page.count('href="../assets/live.css"') == 1
        assert "assets/live" not in made.read(f"site/{prefix}index.html")


def test_the_words_beside_a_slider_are_not_searched(made: Project) -> None:
    assert "枚数" in made.read("site/coin/index.html")
    assert "枚数" not in made.read("site/search/search_index.json")
