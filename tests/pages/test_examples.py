"""What a page shows as code and output is true, and said to be wrong where it stands."""

import traceback
from pathlib import Path

import pytest
from sybil import Document

from dlqa.publishing.sources.snippets import snippets_of
from tests.pages.examples import PageParser
from tests.pages.reading import ROOT, pages

SNIPPET = """# --8<-- [start:make]
numbers = [1, 2]
# --8<-- [end:make]


# --8<-- [start:show]
print(sum(numbers))
# --8<-- [end:show]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A site of its own with one snippet of two sections and its output."""
    (tmp_path / "docs" / "zh").mkdir(parents=True)
    (tmp_path / "snippets" / "q").mkdir(parents=True)
    (tmp_path / "snippets" / "q" / "sums.py").write_text(SNIPPET)
    (tmp_path / "snippets" / "q" / "sums.out").write_text("3\n")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: test\ndocs_dir: docs/zh\nmarkdown_extensions:\n  pymdownx.superfences: {}\n"
        "  pymdownx.snippets: {base_path: [!relative $config_dir/snippets], check_paths: true}\n"
    )
    return tmp_path


def problems(parser: PageParser, text: str, page: str = "page.md") -> list[str]:
    """What is wrong with each fence of a page."""
    document = Document(text, page)
    for region in parser(document):
        document.add(region)
    found = (parser.evaluate(example) for example in document.examples())
    return [problem for problem in found if problem]


def python(*embeds: str) -> str:
    return "```python\n" + "\n".join(f'--8<-- "{embed}"' for embed in embeds) + "\n```\n\n"


def output(embed: str) -> str:
    return f'```text\n--8<-- "{embed}"\n```\n'


SHOWN = python("q/sums.py:make") + python("q/sums.py:show") + output("q/sums.out")


def test_sections_share_what_their_file_defined_before(project: Path) -> None:
    assert problems(PageParser(project), SHOWN) == []


def test_a_whole_file_may_be_shown(project: Path) -> None:
    assert problems(PageParser(project), python("q/sums.py") + output("q/sums.out")) == []


def test_a_section_has_an_output_of_its_own(project: Path) -> None:
    (project / "snippets/q/sums.show.out").write_text("3\n")
    text = python("q/sums.py:make", "q/sums.py:show") + output("q/sums.show.out")
    assert problems(PageParser(project), text) == []


def test_shown_output_that_is_not_printed_is_reported_at_its_own_line(project: Path) -> None:
    out = project / "snippets/q/sums.out"
    out.write_text("4\n")
    (problem,) = problems(PageParser(project), SHOWN)
    assert problem.startswith(f"{out}:1: ")
    assert "+3" in problem


def test_missing_output_is_a_problem(project: Path) -> None:
    (project / "snippets/q/sums.out").unlink()
    (problem,) = problems(PageParser(project), SHOWN)
    assert "make examples" in problem


def test_refreshing_writes_what_is_printed(project: Path) -> None:
    out = project / "snippets/q/sums.out"
    out.write_text("4\n")
    assert problems(PageParser(project, refresh=True), SHOWN) == []
    assert out.read_text() == "3\n"


def test_an_error_is_reported_at_the_snippets_own_line(project: Path) -> None:
    with pytest.raises(NameError) as caught:
        problems(PageParser(project), python("q/sums.py:show"))
    last = traceback.extract_tb(caught.tb)[-1]
    assert (Path(last.filename), last.lineno) == (project / "snippets/q/sums.py", 7)
    assert last.line == "print(sum(numbers))"


def test_the_second_language_reuses_what_the_first_hcorrelated(project: Path) -> None:
    log = project / "log"
    code = f"with open({str(log)!r}, 'a') as file:\n    file.write('x')\n"
    snippet = f"# --8<-- [start:run]\n{code}# --8<-- [end:run]\n"
    (project / "snippets/q/log.py").write_text(snippet)
    parser = PageParser(project)
    for _ in ("zh", "en"):
        assert problems(parser, python("q/log.py:run")) == []
    assert log.read_text() == "x"


def test_a_page_that_shows_sections_in_another_order_runs_them_in_that_order(project: Path) -> None:
    parser = PageParser(project)
    assert problems(parser, SHOWN) == []
    with pytest.raises(NameError):
        problems(parser, python("q/sums.py:show") + python("q/sums.py:make"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```python\nx = 1\n```\n", "embedded, never typed"),
        ("```{.python .annotate}\nx = 1\n```\n", "embedded, never typed"),
        ("~~~py\nx = 1\n~~~\n", "embedded, never typed"),
        ('```python title="a.py"\nx = 1\n```\n', "embedded, never typed"),
        ('??? note "n"\n\n    ```python\n    x = 1\n    ```\n', "embedded, never typed"),
        ("```python\n```\n", "embedded, never typed"),
        ('```python\n;--8<-- "q/sums.py"\n```\n', "embedded, never typed"),
        ("```text\n3\n```\n", "embedded, never typed"),
        (output("q/sums.out"), "before the page shows"),
        (python("q/sums.out"), "embeds .py files"),
        ("```\n3\n```\n", "is not tested"),
        ("```js\nx\n```\n", "is not tested"),
        ("```console\ndlqa list\n```\n", "each after"),
        ("```console\n$ rm -r x\n```\n", "expected make"),
        ("```console\n$ dlqa dance\n```\n", "dance"),
        ("```console\n$ make dance\n```\n", "dance"),
    ],
)
def test_a_fence_that_cannot_be_trusted_is_refused(project: Path, text: str, expected: str) -> None:
    (problem,) = problems(PageParser(project), text)
    assert expected in problem


def test_commands_that_exist_pass() -> None:
    text = "```console\n$ make site\n$ dlqa figures initialization --language en\n```\n"
    assert problems(PageParser(ROOT), text) == []


def test_what_the_test_of_installing_follows_is_any_command_there_alone() -> None:
    fence = "```console\n$ . x/bin/activate\n```\n"
    parser, followed = PageParser(ROOT), f"## pip {{#pip}}\n\n{fence}"
    assert problems(parser, followed, "install.md") == []
    beside = [followed, f"## x {{#other}}\n{fence}", fence, f"## conda {{#conda}}\n{fence}"]
    for text, page in zip(beside, ["page.md", *["install.md"] * 3], strict=True):
        assert len(problems(parser, text, page)) == 1, text
    assert len(problems(parser, followed + fence, "install.md")) == 1, (
        "one fence a section is followed"
    )


def test_every_snippet_and_every_output_is_shown_in_both_languages() -> None:
    folder = ROOT / "snippets"
    slugs = [path.name for path in folder.iterdir() if path.is_dir()]
    files = [
        *folder.rglob("*.out"),
        *(path for slug in slugs for path in snippets_of(slug, folder)),
    ]
    assert len(files) > len(slugs)
    for language in ("zh", "en"):
        text = "".join(page.text for page in pages(language).values())
        missing = [str(p) for p in files if f'--8<-- "{p.relative_to(folder)}' not in text]
        assert missing == [], language
