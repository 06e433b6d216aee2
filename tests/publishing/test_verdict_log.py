"""The public log of verdicts: what a deploy finds changed since the one before, and keeps for ever."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.publishing.project import Project

LOG = ".dlqa/verdict-log/verdicts.json"


@pytest.fixture
def logged(project: Project) -> Project:
    """A project with a page for the log, and the log of its first deploy."""
    for language in ("zh", "en"):
        page = project.root / f"docs/{language}/changes.md"
        page.write_text("# Changes\n\n{{ verdict log }}\n", "utf-8")
    done = project.dlqa("log")
    assert done.code == 0, done.output
    assert "**Verdicts that changed since the last deploy: 0**" in done.output
    return project


def earlier(project: Project, **standing: object) -> Path:
    """The log as a deploy left it at which the first condition of c1 stood otherwise."""
    log = json.loads(project.read(LOG))
    log["latest"]["coin"]["c1"]["whole"] |= standing
    path = project.root / "before.json"
    path.write_text(json.dumps(log), "utf-8")
    return path


def test_a_verdict_that_changed_is_told_with_its_figures_side_by_side(logged: Project) -> None:
    before = earlier(logged, verdict="undecided", effect=0.25, low=-0.125, high=0.625, seeds=6)
    done = logged.dlqa("log", str(before))
    assert done.code == 0, done.output
    assert "Verdicts that changed since the last deploy: 1" in done.output
    was = r"undecided: 0\.250 \[−0\.125, 0\.625\], 6 seeds"
    now = r"holds: 0\.\d+ \[0\.\d+, 0\.\d+\], 12 seeds"
    line = rf"\| coin c1 \| whole \| {was} \| {now} \|"
    assert re.search(line, done.output), done.output
    assert re.search(r"\| coin \| [\d.]+ \| .+ \| \d+ \| \S+ \|", done.output), "seconds"
    assert "**Warnings: 0**" in done.output


def test_the_log_goes_on_from_deploy_to_deploy_and_is_a_page(logged: Project) -> None:
    logged.dlqa("log", str(earlier(logged, verdict="undecided")))
    again = logged.root / "again.json"
    again.write_text(logged.read(LOG), "utf-8")
    done = logged.dlqa("log", str(again))
    assert "Verdicts that changed since the last deploy: 0" in done.output
    assert len(json.loads(logged.read(LOG))["changes"]) == 1, "of the deploy before"
    done = logged.build()
    assert done.code == 0, done.output
    assert json.loads(logged.read("site/data/verdicts.json")) == json.loads(logged.read(LOG))
    for folder, words in {
        "": ("../coin/#c1", "未能判定", "成立", "种子"),
        "en/": ("../../en/coin/#c1", "undecided", "holds", "seeds"),
    }.items():
        html = BeautifulSoup(logged.read(f"site/{folder}changes/index.html"), "html.parser")
        (row,) = html.select("tbody tr")
        link = row.select_one("a")
        assert (link["href"], link.get_text()) == (words[0], "7 · c1")
        assert all(word in row.get_text() for word in words[1:])
        assert "data-place" not in str(html)


def test_a_site_that_was_built_before_shows_the_new_log(logged: Project) -> None:
    assert logged.build().code == 0
    logged.dlqa("log", str(earlier(logged, verdict="undecided")))
    assert logged.build().code == 0
    html = BeautifulSoup(logged.read("site/en/changes/index.html"), "html.parser")
    assert len(html.select("tbody tr")) == 1


def test_what_came_or_went_has_not_changed(logged: Project) -> None:
    log = json.loads(logged.read(LOG))
    del log["latest"]["coin"]["c2"]
    log["latest"]["gone"] = {"c1": {"": {"verdict": "holds"}}}
    path = logged.root / "before.json"
    path.write_text(json.dumps(log), "utf-8")
    assert "last deploy: 0" in logged.dlqa("log", str(path)).output


def test_a_site_that_was_never_deployed_says_so(project: Project) -> None:
    (project.root / "docs/en/changes.md").write_text("# C\n\n{{ verdict log }}\n", "utf-8")
    (project.root / "docs/zh/changes.md").write_text("# C\n\n{{ verdict log }}\n", "utf-8")
    done = project.build()
    assert done.code == 0, done.output
    assert "not deployed" in project.read("site/en/changes/index.html")
    assert not (project.site / "data/verdicts.json").exists()


CHANGE = {
    "when": "2026-01-01", "cpu": "<script>", "slug": "coin", "claim": "c1", "condition": "", "label": {},
    "form": "", "before": {"verdict": "holds"}, "after": {"verdict": "undecided"},
}  # fmt: skip


@pytest.mark.parametrize(
    "found",
    [
        "", "[]", "<!doctype html>", '{"when": 1}', '{"changes": [{}]}', '{"latest": {"coin": []}}',
        json.dumps({"changes": [CHANGE | {"slug": "<b>"}]}),
        json.dumps({"changes": [CHANGE | {"claim": 'c1" onload="x'}]}),
        json.dumps({"changes": [CHANGE | {"form": ">999999999"}]}),
    ],
)  # fmt: skip
def test_what_is_no_log_is_refused_and_the_one_before_stays(
    made: Project, tmp_path: Path, found: str
) -> None:
    path = tmp_path / "before.json"
    path.write_text(found, "utf-8")
    done = made.dlqa("log", str(path))
    assert done.code == 1
    assert len(done.output.splitlines()) == 1
    assert str(path) in done.output


def test_what_a_log_says_of_its_machine_is_text(logged: Project) -> None:
    path = logged.root / "before.json"
    path.write_text(json.dumps({"changes": [CHANGE | {"label": {"en": "<b>x"}}]}), "utf-8")
    assert logged.dlqa("log", str(path)).code == 0
    assert logged.build().code == 0
    html = logged.read("site/en/changes/index.html")
    assert "<br>&lt;script&gt;</td>" in html
    assert "&lt;b&gt;x" in html
