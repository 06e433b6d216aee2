"""Figures with controls: what of them lies in the store and the site, and what stops them."""

import json
import re
from html import unescape

import pytest

from tests.pages.searched import terms
from tests.publishing.project import Project
from tests.publishing.test_publish import newest

LIVE = "dlqa/questions/coin/live.py"
SETTINGS = ["12-tails", "3-heads", "3-tails", "6-heads", "6-tails"]  # all but the default
LAST = {"zh": "所抛的 {}", "en": "{} of the tosses"}  # titles; what the setting's number is


def test_all_that_is_wrong_stops_the_exhibits_at_once(project: Project) -> None:
    project.edit(LIVE, '"tails"), default="heads"', '"tails"), default="edge"')
    project.edit(LIVE, '"12"), default="12"', '"12"), default="11"')
    done = project.dlqa("run", "coin")
    assert done.code == 1
    said = "figure 'running': control 'coins': unknown default '11'; options: 3, 6, 12\n"
    assert said in done.output
    assert "control 'side': unknown default 'edge'; options: heads, tails\n" in done.output
    assert "coin: its exhibits could not be made (exit 1)" in done.output
    assert "Traceback" not in done.output


def test_an_option_that_was_not_run_stops_the_exhibits(project: Project) -> None:
    project.edit(LIVE, '("3", "6", "12")', '("3", "6", "12", "24")')
    done = project.dlqa("run", "coin")
    assert done.code == 1
    for setting in ("24-heads", "24-tails"):
        assert f"figure 'running': setting {setting}: it asks for what is not" in done.output


def test_a_figure_is_still_or_live_not_both(project: Project) -> None:
    project.edit("dlqa/questions/coin/figures.py", '{"tossed": tossed}', '{"running": tossed}')
    done = project.dlqa("run", "coin")
    assert done.code == 1
    assert "figures both still and live: running" in done.output


def test_every_setting_is_published_in_both_languages_with_its_words_and_numbers(
    made: Project,
) -> None:
    cited = json.loads(made.read("site/data/coin/running.settings.json"))
    for setting in SETTINGS:
        coins, _ = setting.split("-")
        for language, title in LAST.items():
            svg = made.site / f"figures/coin/running.{setting}.{language}.svg"
            words = title.format(cited[setting]["last"]["text"])
            assert f'<title id="running-title">{words}</title>' in svg.read_text("utf-8")
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


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_the_default_setting_with_its_words(made: Project, language: str) -> None:
    drawn = (newest(made, "exhibits") / f"running.{language}.svg").read_text("utf-8")
    page = made.read(f"site/{'' if language == 'zh' else 'en/'}coin/index.html")
    head, rest = drawn.split('<title id="running-title" /><desc id="running-description" />')
    assert head in page
    assert rest in page
    last = json.loads(made.read("site/data/coin/running.settings.json"))["12-heads"]["last"]["text"]
    shown = LAST[language].format(f'<span data-setting="last">{last}</span>')
    assert f'<p class="evidence-figure__title">{shown}</p>' in page


def test_the_page_has_what_its_caption_says_of_every_setting(made: Project) -> None:
    page = made.read("site/en/coin/index.html")
    (cited,) = re.findall(r'data-cited="(.*?)"', page)
    settings = json.loads(made.read("site/data/coin/running.settings.json"))
    assert json.loads(unescape(cited)) == {
        "last": [setting["last"]["text"] for setting in settings.values()]
    }
    assert list(settings) == ["3-heads", "3-tails", "6-heads", "6-tails", "12-heads", "12-tails"]


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
    for prefix, root in (("", "../"), ("en/", "../../")):
        page = made.read(f"site/{prefix}coin/index.html")
        assert page.count(f'src="{root}assets/live.js"') == 1
        assert page.count(f'href="{root}assets/live.css"') == 1
        assert "assets/live" not in made.read(f"site/{prefix}index.html")


def test_the_words_beside_a_slider_are_not_searched(made: Project) -> None:
    assert "枚数" in made.read("site/coin/index.html")
    assert "枚数" not in terms(made.site)
