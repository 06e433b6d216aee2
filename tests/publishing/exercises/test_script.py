"""An exercise's script: what it becomes, and what is wrong with it, each with its line."""

from pathlib import Path

import nbformat
import pytest

from dlqa.publishing.exercises.script import Script, notebook
from dlqa.publishing.sources.source import PageErrors

SCRIPT = """# %% [markdown] lang="zh"
# # 标题
#
# 一句话。
# %% [markdown] lang="en"
# # Title here
#
# A sentence.
# %%
# %matplotlib inline
x = 1
# %% [markdown] lang="zh"
# ## 先猜
# %% [markdown] lang="en"
# ## Predict, twice
# %% tags=["reveal"] alt_zh="图" alt_en="figure"
print(x)
"""


def script(path: Path, text: str = SCRIPT) -> Script:
    (path / "exercise.py").write_text(text, "utf-8")
    return Script.read(path / "exercise.py")


def test_each_language_has_its_own_words_and_the_same_code(tmp_path: Path) -> None:
    zh, en = (notebook(script(tmp_path), language).cells for language in ("zh", "en"))
    assert [cell.cell_type for cell in zh] == ["markdown", "code", "markdown", "code"]
    assert zh[0].source == "# 标题\n\n一句话。"
    assert en[0].source == "# Title here\n\nA sentence."
    assert [cell.source for cell in zh[1::2]] == [cell.source for cell in en[1::2]]


def test_words_of_a_language_take_the_place_of_the_codes_strings(tmp_path: Path) -> None:
    tag = 'tags=["reveal"]'
    text = SCRIPT.replace(tag, tag + ' words_zh={"step": "步", "{x} of {n}": "{n} 之 {x}"}')
    text = text.replace("x = 1", """x = ["step", "steps", f"{x} of {n}", 'step']""")
    zh, en = (
        notebook(script(tmp_path, text), language).cells[1].source for language in ("zh", "en")
    )
    assert en.endswith("""x = ["step", "steps", f"{x} of {n}", 'step']""")
    assert zh.endswith("""x = ["步", "steps", f"{n} 之 {x}", 'step']""")


def test_magics_are_comments_in_the_script_and_magics_in_the_notebook(tmp_path: Path) -> None:
    assert notebook(script(tmp_path), "zh").cells[1].source == "%matplotlib inline\nx = 1"


def test_the_same_script_gives_the_same_notebook(tmp_path: Path) -> None:
    first, second = (notebook(script(tmp_path), "en") for _ in "ab")
    nbformat.validate(first)
    assert first == second
    assert first.cells[3].metadata == {"tags": ["reveal"]}


def test_headings_have_the_same_ids_in_both_languages(tmp_path: Path) -> None:
    read = script(tmp_path)
    assert read.identities() == ["title-here", "predict-twice"]
    assert read.headings("zh") == [(1, "标题"), (2, "先猜")]


def test_a_comment_in_a_fence_is_no_heading(tmp_path: Path) -> None:
    fence = "# A sentence.\n#\n# ```\n# # no heading\n# ```"
    assert len(script(tmp_path, SCRIPT.replace("# A sentence.", fence)).headings("en")) == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        (
            '# %% [markdown] lang="en"\n# ## Predict, twice\n',
            "",
            12,
            "the last of its group; expected one each of",
        ),
        (
            '# %% [markdown] lang="zh"\n# ## 先猜\n',
            "",
            12,
            'out of order; expected one cell each of lang="zh", lang="en"',
        ),
        ('lang="en"\n# # Title', 'lang="fr"\n# # Title', 5, "the last of its group; expected one"),
        ("[markdown]", "[markdown] x=1", 1, "unknown x of a markdown cell: lang"),
        ('["reveal"]', '["fold"]', 16, "the one tag is 'reveal', got ['fold']"),
        ("# ## Predict", "# ### Predict", 14, "its headings are not those of the cell before"),
        ("A sentence.", "It reached 0.93.", 8, "'0.93' is typed by hand"),
        ("# # 标题", "# 标题", 1, "an exercise begins with its title"),
        ('# %% [markdown] lang="zh"\n# # 标题', "# # 标题", 1, "begin with a marker"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    with pytest.raises(PageErrors) as stopped:
        script(tmp_path, SCRIPT.replace(old, new, 1))
    told = [each for each in str(stopped.value).splitlines() if says in each]
    assert [each.split(": ")[0] for each in told] == [f"{tmp_path}/exercise.py:{line}"]
