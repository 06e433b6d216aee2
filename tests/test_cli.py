"""The verbs that a person types, on a project with one cheap question."""

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.publishing.project import Project, make_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose results are made; nothing here changes them."""
    project = make_project(tmp_path_factory.mktemp("cli") / "project")
    done = project.dlqa("run", "coin")
    assert done.code == 0, done.output
    return project


def test_list_names_every_question_with_its_summary(project: Project) -> None:
    done = project.dlqa("list")
    assert done.code == 0
    (line,) = done.output.splitlines()
    slug, summary = line.split(maxsplit=1)
    assert slug == "coin"
    assert summary.startswith("Question 7, a fair coin")
    assert not summary.endswith(".")


def test_run_says_where_the_record_is_and_whose_it_is(project: Project) -> None:
    output = project.dlqa("run", "coin").output
    folder = output.splitlines()[0].removeprefix("coin: its record is in ")
    assert (Path(folder) / "record.npz").is_file()
    for name in ("seconds", "cpu", "cores", "threads", "python", "torch", "commit"):
        assert f"\n  {name} " in output


def test_claims_shows_every_verdict_with_its_numbers(project: Project) -> None:
    lines = project.dlqa("claims", "coin").output.splitlines()
    assert [line.split(maxsplit=2) for line in lines if line.startswith("c")] == [
        ["c1", "measured", "depends"],
        ["c2", "derived", "holds"],
        ["c3", "cited", "undecided"],
    ]
    whole = next(line for line in lines if "whole" in line)
    assert "holds" in whole
    assert "12 seeds" in whole


def test_claims_as_json_are_those_that_are_published(project: Project) -> None:
    claims = json.loads(project.dlqa("claims", "coin", "--json").output)
    (made,) = (project.store / "coin/exhibits").iterdir()
    assert claims == json.loads((made / "claims.json").read_text("utf-8"))


def test_claims_points_out_an_unexpected_verdict(project: Project, tmp_path: Path) -> None:
    copy = project.copy(tmp_path / "project")
    copy.edit("dlqa/questions/coin/claims.py", 'fails(coin="clipped")', 'holds(coin="clipped")')
    done = copy.dlqa("claims", "coin")
    assert done.code == 0
    assert "! c1 (clipped): the page relies on 'holds', measured 'does not hold'" in done.output


@pytest.mark.parametrize(
    ("options", "languages"), [((), ["en", "zh"]), (("--language", "zh"), ["zh"])]
)
def test_figures_are_written_as_svg_in_every_language_or_one(
    project: Project, tmp_path: Path, options: tuple[str, ...], languages: list[str]
) -> None:
    folder = tmp_path / "new/figures"
    done = project.dlqa("figures", "coin", str(folder), *options)
    expected = [f"{name}.{each}.svg" for each in languages for name in ("running", "tossed")]
    assert sorted(path.name for path in folder.iterdir()) == sorted(expected)
    assert done.output.splitlines() == [str(folder / name) for name in expected]
    for path in folder.iterdir():
        ElementTree.fromstring(path.read_bytes())


def test_a_setting_of_a_live_figure_is_written_alone_with_its_caption(
    project: Project, tmp_path: Path
) -> None:
    figure = ("--figure", "running.3-tails", "--language", "en")
    done = project.dlqa("figures", "coin", str(tmp_path), *figure)
    svg = tmp_path / "running.3-tails.en.svg"
    assert done.output.splitlines() == [str(svg)]
    assert re.search(r">0\.\d+ of the tosses</title>", svg.read_text("utf-8"))


def test_where_there_are_no_pages_a_figure_is_written_without_a_caption(
    project: Project, tmp_path: Path
) -> None:
    copy = project.copy(tmp_path / "project")
    shutil.rmtree(copy.root / "docs")
    done = copy.dlqa("figures", "coin", str(tmp_path), "--figure", "tossed", "--language", "en")
    assert done.code == 0, done.output
    root = ElementTree.fromstring((tmp_path / "tossed.en.svg").read_bytes())
    assert not root.findtext("{http://www.w3.org/2000/svg}title")


@pytest.mark.parametrize("verb", ["run", "claims", "figures"])
def test_an_unknown_question_is_told_with_those_there_are(project: Project, verb: str) -> None:
    done = project.dlqa(verb, "coins")
    assert done.code == 1
    assert done.output == "dlqa: unknown question 'coins'; expected one of coin\n"


@pytest.mark.parametrize("arguments", [(), ("toss",), ("run",)])
def test_a_wrong_command_is_told_with_how_to_use_it(
    project: Project, arguments: tuple[str, ...]
) -> None:
    done = project.dlqa(*arguments)
    assert done.code == 2
    assert done.output.startswith("usage: dlqa")


def test_an_import_that_hides_code_is_told_without_a_traceback(
    project: Project, tmp_path: Path
) -> None:
    copy = project.copy(tmp_path / "project")
    copy.edit(
        "dlqa/lab/tossing.py", "import numpy as np", "from . import mixtures\nimport numpy as np"
    )
    done = copy.dlqa("run", "coin")
    assert done.code == 1
    assert "tossing.py:3: relative import; write it absolute" in done.output
    assert "Traceback" not in done.output


def test_the_installed_command_is_the_same(project: Project) -> None:
    assert project.run("dlqa", "list").output == project.dlqa("list").output
