"""Versions: tag, changelog, citation and package agree, and what is packed is all there."""

import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from releasing.__main__ import faults, sections

HOME = Path(__file__).parents[1]
CHANGELOG = """# Changelog

## Unreleased

## 0.2.0 - 2026-12-01

### Added

- A question.

## 0.1.0 - 2026-11-01

### Added

- The first.
"""
CITATION = "version: 0.2.0\ndate-released: 2026-12-01\n"
BUILD = "from setuptools.build_meta import build_sdist, build_wheel as w; import sys; print({}(sys.argv[1]))"


def test_what_agrees_with_its_tag_has_no_fault() -> None:
    assert faults("v0.2.0", CHANGELOG, CITATION, "0.2.0") == []


@pytest.mark.parametrize(
    ("tag", "old", "new", "fault"),
    [
        ("0.2.0", "", "", "'0.2.0' is no tag of a release"),
        ("v0.2", "", "", "'v0.2' is no tag of a release"),
        ("v0.3.0", "", "", "expected `## 0.3.0 - <day>` as its newest version"),
        ("v0.1.0", "", "", "expected `## 0.1.0 - <day>` as its newest version"),
        ("v0.2.0", "0.2.0 - 2026-12-01", "0.2.0", "0.2.0 has no day"),
        ("v0.2.0", "### Added\n\n- A question.\n", "", "0.2.0 says nothing"),
        ("v0.2.0", "## Unreleased\n", "## Unreleased\n\n- More\n", "under Unreleased"),
        ("v0.2.0", "version: 0.2.0", "version: 0.1.0", "CITATION.cff: version is 0.1.0"),
        ("v0.2.0", "d: 2026-12-01", "d: 2026-11-01", "date-released is 2026-11-01, expected"),
    ],
)
def test_what_does_not_is_told(tag: str, old: str, new: str, fault: str) -> None:
    texts = [text.replace(old, new, 1) if old else text for text in (CHANGELOG, CITATION)]
    assert any(fault in each for each in faults(tag, *texts, "0.2.0"))


def test_a_package_of_another_version_is_told() -> None:
    assert faults("v0.2.0", CHANGELOG, CITATION, "0.2.1.dev3") == [
        "the package that is built here is 0.2.1.dev3"
    ]


def test_the_changelog_is_in_order() -> None:
    """Newest first, each with its day; what is not released stands on top."""
    found = sections((HOME / "CHANGELOG.md").read_text("utf-8"))
    names = [name for name in found if name != "Unreleased"]
    assert next(iter(found)) in {"Unreleased", *names[:1]}
    assert names == sorted(names, key=lambda name: [int(n) for n in name.split(".")], reverse=True)
    days = [found[name][0] for name in names]
    assert all(days)
    assert days == sorted(days, reverse=True)


def test_one_version_is_written_down_and_it_is_the_citations() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))
    assert "version" not in project["project"], "a tag tells it"
    cited = str(yaml.safe_load((HOME / "CITATION.cff").read_text("utf-8"))["version"])
    assert project["tool"]["setuptools_scm"]["fallback_version"] == cited
    released = [*sections((HOME / "CHANGELOG.md").read_text("utf-8"))]
    assert cited in released or released == ["Unreleased"]


def test_what_is_pinned_runs_on_the_oldest_python_that_is_promised() -> None:
    """3.11.0, and Debian's 3.11.2: a package may ask for a later one of the same series."""
    lines = (HOME / "constraints.txt").read_text("utf-8").splitlines()
    names = [line.split("==")[0] for line in lines if line and not line.startswith("#")]
    asked = {}
    for name in names:
        try:
            asked[name] = metadata(name).get("Requires-Python") or ""
        except PackageNotFoundError:
            continue  # of an extra that is not installed here
    assert len(asked) > 100
    assert [name for name, python in asked.items() if "3.11.0" not in SpecifierSet(python)] == []


def test_without_git_the_version_is_the_one_that_is_written_down(tmp_path: Path) -> None:
    """As in a tarball."""
    shutil.copy(HOME / "pyproject.toml", tmp_path)
    command = [sys.executable, "-m", "setuptools_scm"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    cited = str(yaml.safe_load((HOME / "CITATION.cff").read_text("utf-8"))["version"])
    assert done.stdout.split()[-1] == cited


def test_sdist_and_wheel_hold_what_git_holds(tmp_path: Path) -> None:
    """Of a copy, so that nothing is written here; without git there is nothing to compare with."""
    if not shutil.which("git") or not (HOME / ".git").exists():
        pytest.skip("no checkout")
    copy = tmp_path / "copy"
    subprocess.run(["git", "clone", "--quiet", "--shared", str(HOME), str(copy)], check=True)
    for build in ("build_sdist", "w"):
        command = [sys.executable, "-c", BUILD.format(build), str(tmp_path)]
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    committed = subprocess.run(
        ["git", "ls-files"], cwd=copy, capture_output=True, text=True, check=True
    )
    expected = {*committed.stdout.splitlines()}
    (sdist,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        held = {name.split("/", 1)[1] for name in packed.getnames() if "/" in name}
    assert expected <= held
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if not name.startswith("dlqa-")}
    assert names == {path for path in expected if path.startswith("dlqa/")}
    assert sdist.name.removesuffix(".tar.gz").split("-")[1] == wheel.name.split("-")[1]
