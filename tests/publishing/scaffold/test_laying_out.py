"""`dlqa new`: a question laid out in the small project builds; what cannot be laid out is told."""

from pathlib import Path

import nbformat
import pytest

from dlqa.publishing.scaffold.laying_out import CannotLayOut, lay_out
from tests.publishing.project import Project


def test_a_question_laid_out_builds_with_its_figure_and_verdicts(project: Project) -> None:
    before = {path: path.read_bytes() for path in project.root.rglob("*.*") if path.is_file()}
    made = lay_out("weight_decay", 28, project.root)
    assert all(path.read_bytes() == text for path, text in before.items())  # edits none
    done = project.build("--strict")
    assert done.code == 0, done.output
    page = (project.site / "en/weight_decay/index.html").read_text("utf-8")
    assert page.count("verdict--holds") >= 3  # c1 in both conditions, and c2
    assert 'id="figure-' in page
    assert {path.suffix for path in made} == {".py", ".md", ".toml", ".out"}
    notebook = nbformat.reads(
        (project.site / "notebooks/weight_decay.en.ipynb").read_text("utf-8"), as_version=4
    )
    cells = [cell.source for cell in notebook.cells]
    assert sum(cell.startswith("guess = {") for cell in cells) == 2  # as every exercise's test asks
    assert cells[-1].startswith("## What you should now be able to say")


@pytest.mark.parametrize("slug", ["Coin2", "硬币", "weight-decay", "2layers", "", "a__b", "_a"])
def test_a_slug_that_cannot_name_a_module_is_refused(tmp_path: Path, slug: str) -> None:
    (tmp_path / "mkdocs.yml").touch()
    with pytest.raises(CannotLayOut, match="expected lower-case letters"):
        lay_out(slug, 1, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mkdocs.yml"]


def test_nothing_is_written_where_a_file_is_there_already(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "docs/zh").mkdir(parents=True)
    (tmp_path / "docs/zh/dropout.md").write_text("mine", "utf-8")
    with pytest.raises(CannotLayOut, match=r"there already: docs/zh/dropout\.md"):
        lay_out("dropout", 1, tmp_path)
    assert not (tmp_path / "dlqa").exists()
    assert (tmp_path / "docs/zh/dropout.md").read_text("utf-8") == "mine"


def test_outside_a_checkout_it_says_where_to_run(tmp_path: Path) -> None:
    with pytest.raises(CannotLayOut, match="no checkout of the site"):
        lay_out("dropout", 1, tmp_path)
