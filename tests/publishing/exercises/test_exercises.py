"""Exercises in a build: when they run again and why, what stops them, what is published."""

import importlib.util
import re
from pathlib import Path

import nbformat
import pytest

from dlqa.publishing.exercises.page import exercise_page
from tests.pages.searched import shown, terms
from tests.publishing.project import HOME, Project

MEAN = re.compile(r"<samp>mean (0\.\d\d)</samp>")
EXERCISE, HELPER = "snippets/coin/exercise.py", "dlqa/lab/tossing.py"


def results(project: Project, kind: str) -> list[Path]:
    return sorted((project.store / "coin" / kind).glob("*"))


def notebook(project: Project, language: str) -> nbformat.NotebookNode:
    path = project.site / f"notebooks/coin.{language}.ipynb"
    return nbformat.read(path, as_version=4)


def test_a_changed_helper_runs_the_exercise_again_and_says_so(project: Project) -> None:
    page = project.site / "labs/coin/index.html"
    before = page.read_text("utf-8")
    project.edit(HELPER, ".mean()", ".mean() * 0.9")
    output = project.build().output
    assert "coin: making exercise: code of dlqa.lab.tossing changed\n" in output
    for language in ("zh", "en"):
        assert f"coin: making exercise-page-{language}: notebook changed\n" in output
    assert MEAN.findall(before) != MEAN.findall(page.read_text("utf-8"))


def test_changed_words_run_the_exercise_again_and_a_helpers_comment_does_not(
    project: Project,
) -> None:
    project.edit(HELPER, "# a helper", "# another helper")
    project.edit(EXERCISE, "# ## Predict", "# ## Guess first")
    output = project.build().output
    assert "coin: making exercise: text of exercise.py changed\n" in output
    assert "coin: making exercise-page-zh: notebook's ids changed\n" in output
    assert 'id="guess-first"' in (project.site / "labs/coin/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "file"), [("exercise", "zh/labs/coin.ipynb"), ("exercise-page-en", "page.html")]
)
def test_a_truncated_result_is_reported_and_made_again_the_same(
    project: Project, kind: str, file: str
) -> None:
    (damaged,) = results(project, kind)
    whole = (damaged / file).read_bytes()
    (damaged / file).write_bytes(whole[:100])
    output = project.build().output
    assert f"coin: making {kind}: what was stored is damaged: {damaged}" in output
    assert output.count("making") == 1
    assert (damaged / file).read_bytes() == whole


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("mean {heads.mean():.2f}", "mean {heads.meam():.2f}", "cell 4 raises AttributeError: "),
        (
            "import numpy as np",
            "import numpy as np, sys; sys.stderr.write('x')",
            "cell 3 writes to",
        ),
        ("import numpy as np", "import os; os._exit(1)", "cell 3 ended its kernel"),
        ("import numpy as np", "import os; os.environ['SIZE']", "asks for the environment's SIZE"),
        ("import numpy as np", f"open('{HOME}/README.md')", "which is no ingredient"),
        ("import numpy as np", "__import__('dlqa.lab.guesses')", "loads dlqa.lab.guesses unseen"),
        (' alt_en="The fraction of heads of twelve coins"', "", "says what is to be seen: alt_en="),
        (' alt_en="', ' words_en={"tails": "Tails"} alt_en="', "not among those given: heads"),
        (' alt_en="', ' words_en={"heads": "Heads", "x": "y"} alt_en="', "does not draw: x"),
        ('panels(["heads"])', 'panels(["heads"]); axes.axhline(0, color="red")', "palette"),
        ("figure\n", "from IPython.display import HTML\n\nHTML('x')\n", "shows text/html"),
    ],
    ids=[
        "raises",
        "warns",
        "ends",
        "a variable",
        "a file",
        "an import",
        "undescribed",
        "no word",
        "strange word",
        "strange colour",
        "html",
    ],
)
def test_a_cell_that_fails_stops_the_build_with_file_line_and_cell(
    project: Project, old: str, new: str, says: str
) -> None:
    markers = [n for n, text in enumerate(project.read(EXERCISE).splitlines(), 1) if "# %%" in text]
    line = project.edit(EXERCISE, old, new)
    cell = max(marker for marker in markers if marker <= line)
    done = project.build()
    assert done.code != 0
    (told,) = [each for each in done.output.splitlines() if f"{EXERCISE}:" in each and says in each]
    where = line if "raises" in told else cell
    assert f"{EXERCISE}:{where}: " in told
    assert "coin: its exercise could not be made (exit 1)" in done.output
    assert len(results(project, "exercise")) == 1


def test_a_question_without_an_exercise_stops_the_build(project: Project) -> None:
    (project.root / EXERCISE).unlink()
    done = project.build()
    assert done.code != 0
    assert f"{EXERCISE}:1: question 'coin' has no exercise; CONTRIBUTING tells" in done.output
    assert "Traceback" not in done.output


def test_an_exercise_that_is_no_python_stops_the_build(project: Project) -> None:
    line = project.edit(EXERCISE, "import numpy as np", "import numpy as")
    done = project.build()
    assert done.code != 0
    assert f"{EXERCISE}:{line}: " in done.output
    assert "Traceback" not in done.output


def test_the_notebook_to_download_holds_no_output(made: Project) -> None:
    for language, title in (("zh", "# 动手：抛硬币"), ("en", "# Lab: toss a coin")):
        cells = notebook(made, language).cells
        assert cells[0].source.startswith(title)
        code = [cell for cell in cells if cell.cell_type == "code"]
        assert [cell.outputs for cell in code] == [[], [], []]


def test_the_first_code_of_a_notebook_says_the_command_where_a_package_is_missing(
    made: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language in ("zh", "en"):
        check = next(cell for cell in notebook(made, language).cells if cell.cell_type == "code")
        exec(check.source, {})
        with monkeypatch.context() as patch:
            patch.setattr(importlib.util, "find_spec", lambda _: None)
            with pytest.raises(
                ModuleNotFoundError, match=r"^dlqa [^%]+\n\n%pip install dlqa --extra"
            ):
                exec(check.source, {})


def test_an_exercise_is_no_snippet(made: Project) -> None:
    assert not (made.site / "snippets/coin/exercise.py").exists()
    assert "exercise.py" not in (made.site / "coin/index.html").read_text("utf-8")


def test_an_answer_its_exercise_and_the_notebook_lead_to_each_other(made: Project) -> None:
    answer = (made.site / "en/coin/index.html").read_text("utf-8")
    assert 'href="../labs/coin/"' in answer
    assert 'href="../../notebooks/coin.en.ipynb" download' in answer
    exercise = (made.site / "en/labs/coin/index.html").read_text("utf-8")
    assert 'href="../../coin/"' in exercise
    assert 'href="../../../notebooks/coin.en.ipynb" download' in exercise


def test_a_figure_of_an_exercise_is_described_and_takes_the_pages_colours(made: Project) -> None:
    zh, en = (
        (made.site / folder / "labs/coin/index.html").read_text("utf-8") for folder in ("", "en")
    )
    assert 'role="img" lang="zh" aria-label="十二枚硬币的正面比例"' in zh
    assert 'aria-label="The fraction of heads of twelve coins"' in en
    assert "var(--figure-1, #0a6ebd)" in en


def test_search_finds_an_exercises_words_without_prompts_code_and_outputs(made: Project) -> None:
    found = {each.location: each.teaser for each in shown(made.site / "en")}
    assert {place for place in found if place.startswith("labs/")} == {
        "labs/coin/",
        "labs/coin/#predict",
    }
    assert {"fract", "head"} <= terms(made.site / "en")
    unsought = ("In [", "Out[", "%matplotlib", "<", "mean 0.")
    assert not [text for text in found.values() for word in unsought if word in text]
    assert not {"matplotlib", "svg"} & terms(made.site / "en")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('<div class="jupyter-wrapper">', "<div>", "mkdocs-jupyter made no"),
        ("<h1>", "<h2>", "headings are not the notebook's"),
        ("highlight-ipynb", "highlight", "neither text nor code"),
        ("<pre>a</pre>", "<b>a</b>", "neither text nor a figure"),
    ],
)
def test_a_converter_that_changed_is_noticed(old: str, new: str, says: str) -> None:
    html = (
        '<div class="jupyter-wrapper"><div class="jp-Notebook">'
        '<div class="jp-Cell"><div class="jp-MarkdownOutput"><h1>T</h1></div></div>'
        '<div class="jp-Cell"><div class="highlight-ipynb"><pre>a</pre></div>'
        '<div class="jp-OutputArea-output"><pre>a</pre></div></div>'
        "</div></div> <!-- jupyter-wrapper -->"
    )
    outline = [{"level": 1, "id": "t", "words": "T"}]
    assert '<h1 id="t">T' in exercise_page(html, "coin", outline, "en")
    changed = html[::-1].replace(old[::-1], new[::-1], 1)[::-1]  # the last one
    with pytest.raises(ValueError, match=says):
        exercise_page(
            changed.replace("</h1>", "</h2>") if "h1" in old else changed, "coin", outline, "en"
        )


def test_a_figure_has_the_words_of_its_page(project: Project) -> None:
    project.edit(EXERCISE, ' alt_en="', ' words_zh={"heads": "正面"} alt_en="')
    assert project.build().code == 0
    for page, word in (("", "正面"), ("en/", "heads")):
        html = project.read(f"site/{page}labs/coin/index.html")
        drawn = re.findall(r"<text[^>]*>([^<]+)</text>", html[html.index("<article") :])
        assert word in [each.strip() for each in drawn]
