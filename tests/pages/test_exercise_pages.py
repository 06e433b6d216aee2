"""Exercises as readers get them: the page, and the notebook with nothing but the package around it."""

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from dlqa.publishing.exercises.script import STRING
from dlqa.publishing.store.catalog import questions
from tests.conftest import ROOT, BuiltSite
from tests.pages.searched import shown

SLUGS = [question.slug for question in questions()]
LANGUAGES = ("zh", "en")
HEAVIEST = 130_000  # bytes of a page, gzipped
RUN = """
import sys

import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300, resources={"metadata": {"path": sys.argv[2]}}).execute()
nbformat.write(notebook, sys.argv[1])
"""


def notebook(site: BuiltSite, slug: str, language: str) -> nbformat.NotebookNode:
    return nbformat.reads(site.text(f"notebooks/{slug}.{language}.ipynb"), as_version=4)


def test_a_downloaded_notebook_runs_with_nothing_but_the_package(
    site: BuiltSite, tmp_path: Path
) -> None:
    """One for all: the build has run every exercise, in an empty folder too, beside this checkout."""
    slug = "iou"  # the quickest
    package, folder = tmp_path / "package", tmp_path / "empty"
    shutil.copytree(ROOT / "dlqa", package / "dlqa")  # what an installation holds, and no more
    folder.mkdir()
    downloaded = tmp_path / f"{slug}.ipynb"
    shutil.copy(site.folder / f"notebooks/{slug}.zh.ipynb", downloaded)
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(downloaded), str(folder)],
        env={**os.environ, "PYTHONPATH": str(package), "IPYTHONDIR": str(tmp_path / "ipython")},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    cells = [each for each in nbformat.read(downloaded, as_version=4).cells if "outputs" in each]
    assert len(cells) > 4
    assert [cell.execution_count for cell in cells] == [*range(1, len(cells) + 1)]
    assert not [o for cell in cells for o in cell.outputs if o.get("name") == "stderr"]


@pytest.mark.parametrize("slug", SLUGS)
def test_both_languages_run_the_same_code(site: BuiltSite, slug: str) -> None:
    zh, en = (
        [cell.source for cell in notebook(site, slug, language).cells if cell.cell_type == "code"]
        for language in LANGUAGES
    )
    # the first says in words what the others need; strings are in the notebook's language
    assert [STRING.sub("", cell) for cell in zh[1:]] == [STRING.sub("", cell) for cell in en[1:]]


@pytest.mark.parametrize("slug", SLUGS)
def test_it_has_places_for_guesses_and_ends_with_what_was_learnt(
    site: BuiltSite, slug: str
) -> None:
    cells = notebook(site, slug, "en").cells
    assert sum(cell.source.startswith("guess = {") for cell in cells) >= 2
    assert cells[-1].source.startswith("## What you should now be able to say")
    assert cells[-2].cell_type == "code", "the reader's turn comes before"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_its_page_is_light_and_its_formulas_are_set(
    site: BuiltSite, slug: str, language: str
) -> None:
    html = site.text(f"{site.page(language, f'labs/{slug}')}index.html")
    assert len(gzip.compress(html.encode())) < HEAVIEST
    assert "jupyter-wrapper" not in html
    written = " ".join(cell.source for cell in notebook(site, slug, language).cells)
    assert ("<math" in html) == ("$" in written)
    prose = re.sub(r"<(pre|i)\b.*?</\1>", "", html, flags=re.S)  # code, and the TeX to copy
    assert not re.search(r"\$\$|\\(frac|sigma|mathrm|lambda)\b", prose.split("<article")[1])


@pytest.mark.parametrize("folder", ["", "en/"])
def test_no_prompt_is_in_the_search_index(site: BuiltSite, folder: str) -> None:
    exercises = [each for each in shown(site.folder / folder) if each.location.startswith("labs/")]
    assert {each.location for each in exercises} >= {f"labs/{slug}/" for slug in SLUGS}
    assert not [each for each in exercises for prompt in ("In [", "Out[") if prompt in each.teaser]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_chinese_figure_speaks_chinese_names_in_the_code_apart(
    site: BuiltSite, slug: str
) -> None:
    html = site.text(f"labs/{slug}/index.html").split("<article")[1]
    figures = re.findall(r'<svg[^>]*role="img".*?</svg>', html, re.S)
    drawn = {text for figure in figures for text in re.findall(r">([^<>]*[a-z]{2}[^<>]*)<", figure)}
    words = {word for text in drawn for word in re.findall("[A-Za-z]*[a-z]{2}[A-Za-z]*", text)}
    names = {*re.findall(r"<code>(\w+)</code>", html)}
    assert words <= names


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_on_which_nobody_guessed_shows_no_empty_columns(
    site: BuiltSite, slug: str, language: str
) -> None:
    html = site.text(f"{site.page(language, f'labs/{slug}')}index.html")
    shown = re.findall(r"<samp>(.*?)</samp>", html, re.S)
    assert 'class="guesses"' in html
    assert shown
    assert not [text for text in shown if re.search(r"\b(guess|measured)\b| -(?: |$)", text, re.M)]
