"""What the workflows promise, and that a mistake in one is found without asking anybody."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

HOME = Path(__file__).parents[1]
WORKFLOWS = sorted((HOME / ".github/workflows").glob("*.yml"))
LINT = [
    Path(sys.executable).with_name("jactionlint"),
    "--strict-exit",
    "--no-online",
    "--shellcheck=",
]


def lint(path: Path) -> subprocess.CompletedProcess[str]:
    command = [*LINT, "--ignore", "unpinned-uses", path]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=path.parent)


def read(name: str) -> dict[str, dict]:
    return yaml.safe_load((HOME / ".github/workflows" / f"{name}.yml").read_text("utf-8"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_has_no_mistake(path: Path) -> None:
    done = lint(path)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("timeout-minutes: 10", "time-minutes: 10", "workflow-syntax"),
        ("needs: build", "needs: built", "undefined-job-needs"),
        ("steps.published.outputs", "steps.publish.outputs", "undefined-property"),
        ("make bench", "make ${{ github.head_ref }}", "template-injection"),
    ],
)
def test_a_mistake_is_found(tmp_path: Path, old: str, new: str, rule: str) -> None:
    shutil.copytree(HOME / ".github", tmp_path / ".github")
    path = tmp_path / ".github/workflows/site.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    done = lint(path)
    assert done.returncode == 1
    assert f"[{rule}]" in done.stdout, done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_names_public_places_alone(path: Path) -> None:
    text = path.read_text("utf-8")
    hosts = {re.split("[/:]", each)[0] for each in re.findall(r"https?://([^\s\"']+)", text)}
    assert hosts <= {"download.pytorch.org", "pypi.org", "github.com"}
    assert not re.search(r"file:|(?<![\w.$}])/(work|opt|home|root|tmp|usr|etc)\b", text)


def test_every_python_that_is_promised_is_tested() -> None:
    tested = read("site")["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert tested == ["3.11", "3.12", "3.13", "3.14"]
    assert 'requires-python = ">=3.11"' in (HOME / "pyproject.toml").read_text("utf-8")


def test_a_deploy_makes_everything_anew_and_a_pull_request_need_not() -> None:
    jobs = read("site")["jobs"]
    cached = {
        name: [s for s in job["steps"] if "cache" in s.get("uses", "")]
        for name, job in jobs.items()
    }
    assert [name for name, steps in cached.items() if steps] == ["test"]
    (step,) = cached["test"]
    assert step["with"]["path"] == ".dlqa"
    assert "if" not in step, "main leaves there what pull requests take"


def test_what_is_published_is_read_once_it_is_there() -> None:
    jobs = read("site")["jobs"]
    assert jobs["smoke"]["needs"] == ["build", "deploy"]
    assert any("make smoke" in step.get("run", "") for step in jobs["smoke"]["steps"])


def test_a_release_is_published_only_where_that_was_set_up() -> None:
    jobs = read("release")["jobs"]
    assert jobs["publish"]["if"] == "vars.PYPI == 'on'"
    assert jobs["publish"]["permissions"] == {"id-token": "write"}, "no secret is kept for it"
    runs = "\n".join(step.get("run", "") for step in jobs["build"]["steps"])
    for step in (
        "releasing check",
        "python -m build",
        "make -C build/unpacked tests",
        "dlqa archive",
    ):
        assert step in runs


def test_other_versions_are_tried_once_a_week() -> None:
    workflow = read("versions")
    (when,) = workflow[True]["schedule"]  # YAML takes `on` for a truth
    assert re.fullmatch(r"\d+ \d+ \* \* \d", when["cron"])
    runs = {
        name: [step.get("run") for step in job["steps"]] for name, job in workflow["jobs"].items()
    }
    assert "make lowest" in runs["oldest"]
    assert "make tests CONSTRAINTS=build/lowest.txt" in runs["oldest"]
    assert "make tests CONSTRAINTS=/dev/null" in runs["newest"]
