"""Results that were made to harm whoever publishes or reads them: none is taken."""

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dlqa.publishing.store import promises
from dlqa.publishing.store.shelves import Damaged
from tests.publishing.project import Project

LANGUAGES = ("en", "zh")


@pytest.fixture
def exhibits(made: Project, tmp_path: Path) -> Path:
    (place,) = made.store.glob("coin/exhibits/*")
    return Path(shutil.copytree(place, tmp_path / "exhibits"))


@pytest.fixture
def exercise(made: Project, tmp_path: Path) -> Path:
    (place,) = made.store.glob("coin/exercise/*")
    return Path(shutil.copytree(place, tmp_path / "exercise"))


def changed(path: Path, change: Callable[[Any], object]) -> None:
    found = json.loads(path.read_text("utf-8"))
    change(found)
    path.write_text(json.dumps(found), "utf-8")


def put_in(path: Path, harm: str) -> None:
    path.write_text(path.read_text("utf-8").replace("</svg>", f"{harm}</svg>"), "utf-8")


DRAWINGS = [
    "<script>alert(1)</script>",
    "<svg:script xmlns:svg='http://www.w3.org/2000/svg'>alert(1)</svg:script>",
    "< script>alert(1)</script>",
    "<SCRIPT>alert(1)</SCRIPT>",
    '<g onload="alert(1)"/>',
    "<g\nONLOAD = 'alert(1)'/>",
    "<g/onload='alert(1)'/>",
    "<g id='a'onload='alert(1)'/>",
    "<g aria-label='>' onload='alert(1)'/>",
    "<g aria-label='<>' onload='alert(1)'/>",
    """<g aria-label='>"' onload="alert(1)"/>""",
    '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
    '<a href="https://example.org/"><text>x</text></a>',
    '<image href="https://example.org/pixel.png"/>',
    '<image href="data:image/svg+xml;base64,AAAA"/>',
    '<use href="https://example.org/a.svg#b"/>',
    "<foreignObject><iframe/></foreignObject>",
    "<animate attributeName='href' to='javascript:alert(1)'/>",
    "<set attributeName='onclick' to='alert(1)'/>",
    "<style>@import 'https://example.org/a.css';</style>",
    "<style>g { fill: url(https://example.org/a) }</style>",
    "<!DOCTYPE svg [<!ENTITY a 'b'>]>",
]


def test_what_a_build_made_is_what_is_promised(exhibits: Path, exercise: Path) -> None:
    promises.exhibits(LANGUAGES)(exhibits)
    promises.exercise("coin")(exercise)


@pytest.mark.parametrize("harm", DRAWINGS)
def test_a_drawing_that_acts_is_damage(exhibits: Path, harm: str) -> None:
    put_in(exhibits / "tossed.en.svg", harm)
    with pytest.raises(Damaged, match=r"tossed\.en\.svg"):
        promises.exhibits(LANGUAGES)(exhibits)


def test_a_drawing_may_say_what_looks_like_a_handle(exhibits: Path) -> None:
    put_in(exhibits / "tossed.en.svg", "<text>only one = 1</text>")
    promises.exhibits(LANGUAGES)(exhibits)


def test_a_drawing_of_one_long_word_is_read_at_once(exhibits: Path) -> None:
    put_in(exhibits / "tossed.en.svg", f"<text>{'on' * 60_000}</text>")
    begun = time.process_time()
    promises.exhibits(LANGUAGES)(exhibits)
    assert time.process_time() - begun < 5


FILES: dict[str, tuple[str, Callable[[Any], object]]] = {
    "text of a value": ("values.json", lambda v: v["mean"].update(text="<img src=x>")),
    "markdown of a value": ("values.json", lambda v: v["mean"].update(text="[a](b)")),
    "placeholder in a value": ("values.json", lambda v: v["mean"].update(text="{{ coin.mean }}")),
    "a long value": ("values.json", lambda v: v["mean"].update(text="1" * 1000)),
    "name of a value": ("values.json", lambda v: v.update({"../up": v["mean"]})),
    "a value that is none": ("values.json", lambda v: v.update(mean=[1])),
    "a number that is none": ("values.json", lambda v: v["mean"].update(number="1")),
    "a wide format": ("claims.json", lambda c: c[0].update(form=">1000000000")),
    "a format with an attribute": ("claims.json", lambda c: c[0].update(form="{0.__class__}")),
    "a claim of another kind": ("claims.json", lambda c: c[0].update(kind="believed")),
    "name of a claim": ("claims.json", lambda c: c[0].update(id="c1'><script>")),
    "name of a condition": (
        "claims.json",
        lambda c: c[0]["conditions"][0].update(name="<b>"),
    ),
    "nested": ("claims.json", lambda c: c.__setitem__(0, json.loads("[" * 500 + "]" * 500))),
}


@pytest.mark.parametrize("name", FILES)
def test_values_and_claims_that_would_harm_are_damage(exhibits: Path, name: str) -> None:
    file, change = FILES[name]
    changed(exhibits / file, change)
    with pytest.raises(Damaged):
        promises.exhibits(LANGUAGES)(exhibits)


@pytest.mark.parametrize("name", ["evil.html", "tossed.en.svg.js", "more.csv"])
def test_a_file_of_no_figure_is_damage(exhibits: Path, name: str) -> None:
    (exhibits / name).write_text("x")
    with pytest.raises(Damaged, match="missing or unknown"):
        promises.exhibits(LANGUAGES)(exhibits)


@pytest.mark.parametrize("name", ["tossed.zh.svg", "tossed.json", "values.json", "claims.json"])
def test_a_missing_file_is_damage(exhibits: Path, name: str) -> None:
    (exhibits / name).unlink()
    with pytest.raises(Damaged, match="missing"):
        promises.exhibits(LANGUAGES)(exhibits)


def test_a_linked_file_is_damage(exhibits: Path) -> None:
    (exhibits / "claims.json").rename(exhibits.parent / "claims.json")
    (exhibits / "claims.json").symlink_to(exhibits.parent / "claims.json")
    with pytest.raises(Damaged, match="a link"):
        promises.exhibits(LANGUAGES)(exhibits)


@pytest.mark.parametrize(
    "change",
    [
        lambda outline: outline["en"][0].update(id='x" onclick="alert(1)'),
        lambda outline: outline["en"][0].update(level="1"),
        lambda outline: outline.update(en=[]),
        lambda outline: outline.clear(),
        lambda outline: outline.update({"../..": outline["en"]}),
    ],
    ids=["id", "level", "no headings", "no languages", "a language elsewhere"],
)
def test_an_outline_that_would_harm_is_damage(
    exercise: Path, change: Callable[[Any], object]
) -> None:
    changed(exercise / "outline.json", change)
    with pytest.raises(Damaged):
        promises.exercise("coin")(exercise)


@pytest.mark.parametrize("seeds", ["", "nonsense", "[]", '{"tosses": 12}', '{"tosses": [1, 2, 3]}'])
def test_a_look_that_names_no_seeds_is_damage(tmp_path: Path, seeds: str) -> None:
    (tmp_path / "seeds.json").write_text(seeds)
    with pytest.raises(Damaged, match=r"seeds\.json"):
        promises.look(tmp_path)


@pytest.mark.parametrize("seeds", ["{}", '{"tosses": [12, 24]}'])
def test_a_look_asks_for_seeds_or_for_none(tmp_path: Path, seeds: str) -> None:
    (tmp_path / "seeds.json").write_text(seeds)
    promises.look(tmp_path)


PAGES = [
    "",
    "<script>alert(1)</script>",
    "<p onclick='alert(1)'>x</p>",
    "<p/onclick='alert(1)'>x</p>",
    "<p id='x'onclick='alert(1)'>x</p>",
    "<p title='>' onclick='alert(1)'>x</p>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a HREF = java&#115;cript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<button formaction='java\nscript:alert(1)'>x</button>",
]


@pytest.mark.parametrize("html", PAGES)
def test_a_page_that_acts_or_is_empty_is_damage(tmp_path: Path, html: str) -> None:
    (tmp_path / "page.html").write_text(html)
    with pytest.raises(Damaged):
        promises.exercise_page(tmp_path)


def test_a_page_may_show_code_and_link(tmp_path: Path) -> None:
    page = (
        '<p><a href="../">x</a> <a href="https://a.org/?b&amp;c">y</a> one = 1, &lt;script&gt;</p>'
    )
    (tmp_path / "page.html").write_text(page)
    promises.exercise_page(tmp_path)


def test_words_reach_html_as_text(project: Project) -> None:
    """A title of an exercise reached every page's navigation and its own head as it was."""
    project.edit("snippets/coin/exercise.py", "# # Lab: toss a coin", "# # Toss a < b & see")
    done = project.build()
    assert done.code == 0, done.output
    for path in (project.site / "en").rglob("*.html"):
        assert "Toss a < b" not in path.read_text("utf-8"), path
    assert "Toss a &lt; b &amp; see" in project.read("site/en/index.html")
    assert "<title>Toss a &lt; b &amp; see" in project.read("site/en/labs/coin/index.html")


def test_a_page_of_an_exercise_that_acts_is_not_published(project: Project) -> None:
    title = "Toss <script>alert(1)</script>"
    project.edit("snippets/coin/exercise.py", "# # Lab: toss a coin", f"# # {title}")
    done = project.build()
    assert done.code != 0
    assert "page.html: '<script'" in done.output


@pytest.mark.parametrize("name", ["../../../evil", "A", "two words", "a.b", ""])
def test_a_figure_is_not_named_by_a_path(project: Project, name: str) -> None:
    project.edit("dlqa/questions/coin/figures.py", '{"tossed":', f'{{"{name}":')
    done = project.dlqa("run", "coin")
    assert done.code == 1
    assert f"figure {name!r}: expected lower-case letters, digits, underscores" in done.output
    assert not list(project.root.rglob("evil*"))
