"""What stops a build: each through a real `mkdocs build`, with the page's file and line."""

import re
import shutil
from dataclasses import dataclass

import pytest

from tests.publishing.project import HOME, Done, Project

ZH, EN = "docs/zh/coin.md", "docs/en/coin.md"
MEAN = "{{ coin.mean }}"
EMBED = '--8<-- "coin/toss.py:toss"'
CLAIM = '??? claim "c1 正面多于四成"'
TOSSED = '??? figure "tossed 正面的比例"'
RUNNING = '??? figure "running 所抛的 {{ setting.last }}"'


@dataclass(frozen=True)
class Stop:
    """An edit of a page, and what the build says of the line where it was made."""

    name: str
    old: str
    new: str
    says: str
    page: str = ZH
    line: int | None = None  # another line than the edited one


STOPS = [
    Stop("unknown value", MEAN, "{{ coin.meam }}", "value of coin 'meam'; did you mean mean?"),
    Stop(
        "unknown value in English",
        MEAN,
        "{{ coin.meam }}",
        "value of coin 'meam'; did you mean mean?",
        page=EN,
    ),
    Stop(
        "margin that the page does not state",
        "界值 `0.4`",
        "界值 `0.6`",
        "c1: its margin 0.4 is not stated; set it as code",
        line=56,
    ),
    Stop("unknown question", MEAN, "{{ con.mean }}", "question 'con'; did you mean coin?"),
    Stop(
        "unknown figure",
        TOSSED,
        '??? figure "tosed 正面"',
        "unknown figure of coin 'tosed'; did you mean tossed?",
    ),
    Stop("figure without a caption", TOSSED, "", "without a caption on the page: tossed", line=10),
    Stop(
        "caption twice",
        TOSSED,
        '??? figure "running 又是"',
        "figure 'running' has a caption on this page already",
    ),
    Stop("malformed caption", TOSSED, "??? figure tossed", "expected `??? figure"),
    Stop(
        "caption that folds otherwise", TOSSED, '!!! figure "tossed 正面"', "expected `??? figure"
    ),
    Stop("caption out of its place", TOSSED, f"    {TOSSED}", "at the start of a line"),
    Stop(
        "caption without description",
        f"{TOSSED}\n\n    十二个点，每点一枚硬币，都在一半附近。",
        f"{TOSSED}\n\n十二个点，每点一枚硬币，都在一半附近。",
        "figure 'tossed': its description is missing; indent it below",
    ),
    Stop(
        "unknown value in a caption",
        "都在一半附近",
        "都在 {{ coin.meam }} 附近",
        "unknown value of coin 'meam'; did you mean mean?",
    ),
    Stop(
        "value of another question in a caption",
        "都在一半附近",
        "都在 {{ dice.mean }} 附近",
        "a caption cites {{ coin.name }}, and a live figure's {{ setting.name }}",
    ),
    Stop(
        "setting of a still figure",
        "都在一半附近",
        "都在 {{ setting.last }} 附近",
        "this figure has no settings",
    ),
    Stop(
        "unknown value of a setting",
        "末端为 {{ setting.last }}",
        "末端为 {{ setting.lst }}",
        "unknown value of a setting 'lst'; did you mean last?",
    ),
    Stop("value of a setting in prose", MEAN, "{{ setting.last }}", "question 'setting'"),
    Stop("typed number in a caption", "都在一半附近", "都在 0.51 附近", "'0.51' is typed by hand"),
    Stop(
        "link in a caption",
        "都在一半附近",
        "都在[一半](index.md)附近",
        "formulas, got <a>",
        line=60,
    ),
    Stop(
        "figure beside its caption",
        "1. 抛十次。",
        "1. 抛十次。\n\n{{ figure coin.tossed }}",
        "figure 'tossed' stands on this page where its caption does",
        line=40,
    ),
    Stop("unparsed braces", MEAN, "{{coin.mean}}", "cannot read '{{coin.mean}}'; expected"),
    Stop("half of a pair of braces", MEAN, "{{ coin.mean", "cannot read '{{'; expected"),
    Stop("list of questions in an answer", MEAN, "{{ questions }}", "cannot read"),
    Stop("unknown claim", CLAIM, '??? claim "c7 正面"', "unknown claim 'c7'; known: c1, c2, c3"),
    Stop("way to no claim", "](#c1)", "](#c7)", "unknown claim 'c7'; known: c1, c2, c3"),
    Stop("way to no figure", "-tossed)", "-tosed)", "'tosed'; did you mean tossed?"),
    Stop(
        "way in a claim's words", "正面多于四成", "[正面](#c2)", "a claim's own words lead nowhere"
    ),
    Stop("claim twice", '"c2 比例', '"c1 比例', "claim 'c1' stands on this page twice"),
    Stop("malformed claim", CLAIM, "??? claim c1", 'expected `??? claim "c7 words"`'),
    Stop("number in a claim's words", "正面多于四成", MEAN, "a claim's own words cite no number"),
    Stop("missing claim", CLAIM, "", "claims that are judged but not on the page: c1", line=10),
    Stop("typed decimal", MEAN, "0.51", "'0.51' is typed by hand"),
    Stop("typed percentage", MEAN, "51 %", "'51 %' is typed by hand"),
    Stop("formula that does not parse", MEAN, r"$\frac{1}$", "Expected argument but reached"),
    Stop("lone dollar", MEAN, "5 $", "a dollar that belongs to no formula", page=EN),
    Stop("missing snippet", EMBED, '--8<-- "coin/tos.py:toss"', "no snippet 'coin/tos.py'"),
    Stop("missing section", EMBED, '--8<-- "coin/toss.py:tos"', "no section 'tos'; it has: toss"),
    Stop("malformed embed", EMBED, "--8<-- coin/toss.py", "expected `--8<--"),
    Stop("no title", "# 硬币公平吗？", "硬币公平吗？", "expected the page's title"),
    Stop("section of another name", "{#answer}", "{#anser}", "{#anser} stands where {#answer} is"),
    Stop(
        "front matter that does not parse", "[概率, 抽样]", "[概率, 抽样", "does not parse", line=6
    ),
    Stop("front matter that is a list", "question: 7", "- 7", "front matter", line=3),
    Stop(
        "front matter that does not end",
        "theme: foundations\n---",
        "theme: foundations",
        "lines of",
        line=1,
    ),
    Stop("front matter without its lines", "---\nquestion: 7", "question: 7", "lines of", line=1),
    Stop("full-width braces", MEAN, "｛｛ coin.mean ｝｝", "cannot read '｛｛'; expected"),
    Stop("no question's number", "question: 7\n", "", "no 'question'", line=1),
    Stop("another number in English", "question: 7", "question: 8", "8 here, 7 in", page=EN),
    Stop("theme that is none", "theme: foundations", "theme: 概率", "one of foundations, training"),
    Stop(
        "another theme in English",
        "theme: foundations",
        "theme: data",
        "theme 'data' here, 'foundations' in",
        page=EN,
    ),
    Stop(
        "question to read first that is none",
        "theme: foundations\n",
        "after: [cion]\ntheme: foundations\n",
        "unknown question 'cion'; did you mean coin?",
    ),
    Stop(
        "question that rests on itself",
        "theme: foundations\n",
        "after: [coin]\ntheme: foundations\n",
        "coin rests on coin",
    ),
    Stop("difficulty in words", "difficulty: 1", "difficulty: 易", "from 1 to 3, got '易'"),
    Stop("difficulty out of range", "difficulty: 1", "difficulty: 4", "from 1 to 3, got 4"),
]


def assert_stopped(done: Done, where: str, says: str) -> None:
    assert done.code != 0, done.output
    assert f"{where}: " in done.output, done.output
    assert says in done.output.split(f"{where}: ", 1)[1].splitlines()[0], done.output
    assert "Traceback" not in done.output, done.output


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_the_build_stops_at_the_line(project: Project, stop: Stop) -> None:
    line = project.edit(stop.page, stop.old, stop.new)
    assert_stopped(project.build(), f"{stop.page}:{stop.line or line}", stop.says)


@pytest.mark.parametrize("written", ["\ufeff---\n{}---\n", "--- \n{}---\t\n", "---\n{}...\n"])
def test_front_matter_is_read_as_mkdocs_reads_it(project: Project, written: str) -> None:
    head, body = project.read(ZH).removeprefix("---\n").split("---\n", 1)
    (project.root / ZH).write_text(written.format(head) + body, "utf-8")
    done = project.build()
    assert done.code == 0, done.output
    assert "question: 7" not in project.read("site/coin/index.html")


def test_all_that_front_matter_lacks_is_told_at_once(project: Project) -> None:
    text = project.read(ZH)
    kept = "---\nquestion: 7\n---\n"
    (project.root / ZH).write_text(kept + text.split("---\n", 2)[2], "utf-8")
    output = project.build().output
    for key in ("title", "description", "tags", "difficulty", "before", "theme"):
        assert f"{ZH}:1: front matter has no {key!r}; expected " in output


def test_all_that_is_wrong_in_front_matter_is_told_at_its_own_line(project: Project) -> None:
    number = project.edit(ZH, "question: 7", "question: 七")
    tags = project.edit(ZH, "[概率, 抽样]", "概率")
    done = project.build()
    assert_stopped(done, f"{ZH}:{number}", "'question' must be the question's number, got '七'")
    assert_stopped(done, f"{ZH}:{tags}", "'tags' must be a list of words, [one, two], got '概率'")


def test_all_that_is_wrong_with_the_claims_is_told_at_once(project: Project) -> None:
    first = project.edit(ZH, CLAIM, '??? claim "c7 正面"')
    second = project.edit(ZH, '??? claim "c2 比例不超过一"', "??? claim")
    done = project.build()
    assert_stopped(done, f"{ZH}:{first}", "unknown claim 'c7'")
    assert_stopped(done, f"{ZH}:{second}", "expected `??? claim")
    assert_stopped(done, f"{ZH}:10", "not on the page: c1, c2")


def test_wrong_claims_and_captions_of_all_languages_are_told_at_once(project: Project) -> None:
    claim = project.edit(ZH, CLAIM, '??? claim "c7 正面"')
    caption = project.edit(ZH, TOSSED, '??? figure "tosed 正面"')
    english = project.edit(EN, '??? claim "c2 ', '??? claim "c1 ')
    done = project.build()
    assert_stopped(done, f"{ZH}:{claim}", "unknown claim 'c7'")
    assert_stopped(done, f"{ZH}:{caption}", "unknown figure of coin 'tosed'")
    assert_stopped(done, f"{EN}:{english}", "claim 'c1' stands on this page twice")


def test_every_unexpected_verdict_stops_the_build_at_its_own_line(project: Project) -> None:
    claims = "dlqa/questions/coin/claims.py"
    project.edit(claims, 'holds(coin="whole")', 'fails(coin="whole")')
    project.edit(claims, "record.heads <= 1", "record.heads <= 0")
    done = project.build()
    text = project.read(ZH)
    first, second = (text[: text.index(f'"{c} ')].count("\n") + 1 for c in ("c1", "c2"))
    expected = "the text is wrong: c1 (whole): the page relies on 'does not hold', measured"
    assert_stopped(done, f"{ZH}:{first}", expected)
    assert_stopped(done, f"{ZH}:{second}", "the text is wrong: c2: its check of the record fails")
    assert "c3" not in done.output


@pytest.mark.parametrize("page", [ZH, EN])
def test_a_question_without_a_page_in_one_language_stops_the_build(
    project: Project, page: str
) -> None:
    (project.root / page).unlink()
    assert_stopped(project.build(), f"{page}:1", "question 'coin' has no page here")


def test_a_page_that_answers_no_question_of_ours_stops_the_build(project: Project) -> None:
    (project.root / "docs/zh/dice.md").write_text("---\nquestion: 8\n---\n# D\n", "utf-8")
    assert_stopped(project.build(), "docs/zh/dice.md:1", "unknown question 'dice'")


def test_a_claim_on_another_page_stops_the_build(project: Project) -> None:
    (project.root / "docs/zh/notes.md").write_text(f"# Notes\n\n{CLAIM}\n\n    x\n", "utf-8")
    assert_stopped(project.build(), "docs/zh/notes.md:3", "a claim stands on its question's page")


def test_a_caption_on_another_page_stops_the_build(project: Project) -> None:
    text = f"# Notes\n\n{TOSSED}\n\n    x\n"
    (project.root / "docs/zh/notes.md").write_text(text, "utf-8")
    assert_stopped(project.build(), "docs/zh/notes.md:3", "a caption stands on its question's page")


def test_wrong_captions_of_all_languages_are_told_at_once(project: Project) -> None:
    first = project.edit(ZH, TOSSED, '??? figure "tosed 正面"')
    second = project.edit(EN, '??? figure "tossed fraction of heads"', "??? figure")
    done = project.build()
    assert_stopped(done, f"{ZH}:{first}", "unknown figure of coin 'tosed'")
    assert_stopped(done, f"{ZH}:10", "figures without a caption on the page: tossed")
    assert_stopped(done, f"{EN}:{second}", "expected `??? figure")


@pytest.mark.parametrize("target", ["nothing.md", "index.md#nothing", "/coin/"])
def test_a_broken_link_stops_the_build(project: Project, target: str) -> None:
    project.edit(ZH, "(index.md)", f"({target})")
    done = project.build()
    assert done.code != 0
    assert "'coin.md' contains a" in done.output
    assert target in done.output
    assert "1 warnings in strict mode" in done.output


def test_a_broken_link_in_english_stops_the_build(project: Project) -> None:
    project.edit(EN, "(index.md)", "(nothing.md)")
    done = project.build()
    assert done.code != 0
    assert "nothing.md" in done.output


def test_an_import_that_hides_code_stops_the_build(project: Project) -> None:
    study = "dlqa/questions/coin/study.py"
    line = project.edit(study, "import xarray", "from . import record\nimport xarray")
    assert_stopped(project.build(), f"{study}:{line}", "relative import")


def test_two_questions_of_one_number_stop_the_build(project: Project) -> None:
    """Whichever comes second in order."""
    shutil.copytree(project.question, project.question.with_name("coins"))
    for path in project.question.with_name("coins").glob("*.py"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("questions.coin.", "questions.coins."), "utf-8")
    shutil.copytree(project.root / "snippets/coin", project.root / "snippets/coins")
    for language in ("zh", "en"):
        text = project.read(f"docs/{language}/coin.md")
        other = project.root / f"docs/{language}/coins.md"
        other.write_text(text.replace("coin.", "coins."), "utf-8")
    assert_stopped(project.build(), "docs/zh/coins.md:2", "question 7 is 'coin' already")


@pytest.mark.parametrize(
    "path",
    [ZH, "snippets/coin/toss.py", "snippets/coin/exercise.py", "dlqa/questions/coin/study.py"],
)
def test_a_text_in_another_encoding_stops_the_build_with_its_name(
    project: Project, path: str
) -> None:
    text = (project.root / path).read_bytes()
    line = text.count(b"\n") + 1
    (project.root / path).write_bytes(text + 'x = "硬币"'.encode("gbk"))
    done = project.build()
    assert done.code != 0
    assert re.search(rf"{path}:{line}: .*(UTF-8|utf-8)", done.output), done.output
    assert "Traceback" not in done.output


def test_front_matter_with_no_text_in_it_stops_the_build(project: Project) -> None:
    line = project.edit(ZH, "question: 7", "question: 7\0")
    assert_stopped(project.build(), f"{ZH}:{line}", "a character of code 0, which no text holds")


@pytest.mark.parametrize("slug", ["Coin2", "硬币", "two-coins", "2coins"])
def test_a_folder_that_can_be_no_slug_stops_the_build(project: Project, slug: str) -> None:
    project.question.rename(project.question.with_name(slug))
    done = project.build()
    assert done.code != 0
    expected = "a question's folder is named by lower-case letters, digits and underscores"
    assert f"dlqa/questions/{slug}: {expected}" in done.output
    assert "Traceback" not in done.output


def test_another_checkouts_package_does_not_build_this_ones_pages(project: Project) -> None:
    done = project.run("mkdocs", "build", PYTHONPATH=str(HOME))
    assert done.code != 0
    assert f"{HOME}/dlqa would build the pages of {project.root}/dlqa" in done.output
    assert "Traceback" not in done.output


def test_a_description_may_have_quotes(project: Project) -> None:
    line = 'description: Say "heads" & <tails>'
    (old,) = re.findall("^description: .*$", project.read(EN), re.MULTILINE)
    project.edit(EN, old, line)
    done = project.build()
    assert done.code == 0, done.output
    html = project.read("site/en/coin/index.html")
    told = "Say &quot;heads&quot; &amp; &lt;tails&gt;"
    assert f'<meta name="description" content="{told}">' in html


@pytest.mark.parametrize("given", ["x", "1e9", "-5", "4294967296", "99999999999999", "４"])
def test_a_time_that_is_none_stops_the_build_in_a_sentence(project: Project, given: str) -> None:
    done = project.build(SOURCE_DATE_EPOCH=given)
    assert done.code != 0
    assert f"SOURCE_DATE_EPOCH={given}: expected whole seconds since 1970" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("folder", ["file", "file/below", "/proc/site", "/sys"])
def test_a_site_folder_that_cannot_be_written_stops_the_build_at_once(
    new_project: Project, folder: str
) -> None:
    """/sys is a folder in which not even root makes a file."""
    (new_project.root / "file").touch()
    done = new_project.build("--site-dir", str(new_project.root / folder))
    assert done.code != 0
    assert re.search(rf"{folder}\S*: (File exists|Not a directory|No such file|Perm)", done.output)
    assert "Traceback" not in done.output
    assert "making" not in done.output, "no study ran before that was told"


def test_a_dirty_build_is_refused(project: Project) -> None:
    done = project.build("--dirty")
    assert done.code != 0
    assert "build without it" in done.output


def test_a_stopped_build_leaves_the_project_fit_for_the_next(project: Project) -> None:
    project.edit(ZH, MEAN, "{{ coin.meam }}")
    assert project.build().code != 0
    project.edit(ZH, "{{ coin.meam }}", MEAN)
    done = project.build()
    assert done.code == 0
    assert "making" not in done.output


def test_pages_are_checked_before_any_study_runs_and_all_at_once(new_project: Project) -> None:
    embed = '--8<-- "coin/toss.py:toss"'
    for language in ("en", "zh"):
        new_project.edit(f"docs/{language}/coin.md", embed, '--8<-- "coin/toss.out"')
    new_project.edit("docs/en/coin.md", "Ten tosses.", "Ten tosses, 51.2 % heads.")
    done = new_project.build()
    assert done.code == 1
    assert done.output.count("no snippet 'coin/toss.out' under snippets/; `make examples`") == 2
    assert "'51.2 %' is typed by hand" in done.output
    assert "making" not in done.output


def test_answers_are_checked_before_any_study_runs_and_in_all_that_is_wrong(
    new_project: Project,
) -> None:
    new_project.edit(EN, "[the fraction of heads is {{ coin.mean }}](#c1), where a fair coin", "it")
    new_project.edit(EN, " has `0.5`.", " is {{ coin.mean }}.")
    new_project.edit(EN, " <https://example.org/ars>", "")
    new_project.edit(ZH, '??? figure "running', '??? note "running')
    new_project.edit("snippets/coin/toss.py", "import random", f"import random  # {'x' * 60}")
    done = new_project.build()
    assert done.code == 1
    for where, says in {
        f"{EN}:14": "the answer leads to no claim",
        f"{EN}:14 ": "the answer gives {{ coin.mean }} alone",
        f"{EN}:12": "section {#answer} leads to no claim, in",
        f"{EN}:72": "no link in 'Bernoulli 1713, 4.2.'",
        f"{EN}:35": "coin/toss.py has a line of 77 columns",
        f"{ZH}:35": "coin/toss.py has a line of 77 columns",
        f"{ZH}:20": "section {#see} holds no figure",
    }.items():
        assert f"{where.strip()}: {says}" in done.output, done.output
    assert "making" not in done.output
