"""A language is files: found by listing, complete or told what it lacks, named by no code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dlqa.drawing.labels import differences
from dlqa.evidence.verdicts import Kind, Verdict
from dlqa.publishing.store.catalog import PACKAGE, questions
from dlqa.publishing.words import FOLDER, file_of, spoken, words
from tests.publishing.project import HOME, URL, Project
from tests.publishing.test_publish import newest

CODE = "de"  # a language that the theme knows and this site does not speak
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
WORDS = f"dlqa/publishing/words.{CODE}.toml"
LABELS = f"dlqa/questions/coin/words.{CODE}.toml"
EXERCISE = "snippets/coin/exercise.py"


def write(project: Project, path: str, text: str) -> None:
    (project.root / path).parent.mkdir(exist_ok=True)
    (project.root / path).write_text(text, "utf-8")


def speak(project: Project) -> None:
    """The project in a third language: files beside those of English, one cell after each of its."""
    words = project.read("dlqa/publishing/words.en.toml")
    tag, name = f'tag = "{CODE}"\nlocale = "de_DE"', 'name = "Deutsch"'
    words = words[: words.index("[language]")] + f"[language]\n{name}\n{tag}\n" + scripts(words)
    write(project, WORDS, words.replace('"Question {number}"', '"Frage {number}"'))
    labels = project.read("dlqa/questions/coin/words.en.toml")
    write(project, LABELS, labels.replace("fraction of heads", "Anteil Kopf"))
    for page in ("index.md", "coin.md"):
        text = project.read(f"docs/en/{page}")
        write(project, f"docs/{CODE}/{page}", text.replace("Twelve dots", "Zwölf Punkte"))
    config = project.read("mkdocs.en.yml").replace("docs/en", f"docs/{CODE}")
    write(project, f"mkdocs.{CODE}.yml", re.sub(r"\b(language|lang): en\b", rf"\1: {CODE}", config))
    script = project.read(EXERCISE)
    cell = re.compile(r'(# %% \[markdown\] lang=)"en"\n((?:#(?! %%).*\n)+)')
    script = cell.sub(rf'\g<0>\1"{CODE}"\n\2', script)
    write(project, EXERCISE, script.replace('alt_en="', f'alt_{CODE}="Punkte" alt_en="'))


def scripts(words: str) -> str:
    """The tables of a words file that follow those of the language."""
    return words[words.index("# What scripts say") :]


def test_a_third_language_is_files_and_no_code(project: Project) -> None:
    before = {path.name: path.read_bytes() for path in newest(project, "exhibits").iterdir()}
    speak(project)
    done = project.build(SITE_URL=URL)
    assert done.code == 0, done.output
    assert "making record" not in done.output
    page = project.read(f"site/{CODE}/coin/index.html")
    assert f'<html lang="{CODE}"' in page
    assert "Frage 7" in page
    assert "Zwölf Punkte" in page
    assert ">Anteil Kopf</text>" in page
    svg = ElementTree.fromstring(project.read(f"site/figures/coin/tossed.{CODE}.svg"))
    assert (svg.findtext("{*}desc") or "").startswith("Zwölf Punkte")
    assert 'aria-label="Punkte"' in project.read(f"site/{CODE}/labs/coin/index.html")
    assert (project.site / f"notebooks/coin.{CODE}.ipynb").is_file()
    assert (project.site / f"{CODE}/previews/coin.png").is_file()
    after = newest(project, "exhibits")
    for name in ("tossed.en.svg", "running.3-tails.zh.svg", "tossed.csv"):
        assert (after / name).read_bytes() == before[name]


def test_every_language_leads_to_every_other(project: Project) -> None:
    speak(project)
    done = project.build(SITE_URL=URL)
    assert done.code == 0, done.output
    folders = {"zh-Hans": "", "en": "en/", CODE: f"{CODE}/"}
    for here, folder in folders.items():
        page = project.read(f"site/{folder}coin/index.html")
        found = re.findall(r'<a href="([^"]+)" hreflang="([^"]+)"', page)
        assert {tag for _, tag in found} == {*folders} - {here}
        for address, tag in found:
            target = (project.site / folder / "coin" / address).resolve()
            assert target == (project.site / folders[tag] / "coin").resolve()
        sitemap = project.read(f"site/{folder}sitemap.xml")
        for tag, other in folders.items():
            assert f'hreflang="{tag}" href="{URL}{other}coin/"' in sitemap
        assert page.count('property="og:locale:alternate"') == 2
        assert f"Sitemap: {URL}{folder}sitemap.xml\n" in project.read("site/robots.txt")
    assert project.read("site/404.html").count("<h1 lang=") == 3


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (WORDS, "the machinery has no words in this language"),
        (LABELS, "question 'coin' has no words in this language"),
        (f"docs/{CODE}/coin.md", "question 'coin' has no page here"),
    ],
)
def test_what_a_language_lacks_is_told(project: Project, path: str, says: str) -> None:
    speak(project)
    (project.root / path).unlink()
    done = project.build()
    assert done.code != 0
    assert f"{path}:1: {says}" in done.output, done.output
    assert "Traceback" not in done.output


def test_an_exercise_that_a_language_lacks_is_told(project: Project) -> None:
    script = project.read(EXERCISE)
    speak(project)
    write(project, EXERCISE, script)
    done = project.build()
    assert done.code != 0
    assert f'{EXERCISE}:1: the exercise has no cells with lang="{CODE}"' in done.output


def keys(language: str) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for name, entry in words(language).items():
        found |= {(name,)} if isinstance(entry, str) else {(name, each) for each in entry}
    return found


def parts(language: str) -> dict[str, set[str]]:
    """What is filled in into each of a language's words."""
    whole = file_of(language).read_text("utf-8")
    lines = re.findall(r'^("?[\w ’\'.-]+"?) = "(.*)"', whole, re.MULTILINE)
    return {name: {*re.findall(r"\{(\w+)\}", text)} for name, text in lines}


@pytest.mark.parametrize("language", spoken())
def test_all_languages_have_the_same_words_with_the_same_parts(language: str) -> None:
    other = spoken()[0]
    assert keys(language) == keys(other)
    assert parts(language) == parts(other)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.slug)
def test_a_questions_words_are_the_same_in_all_languages(question: object) -> None:
    assert question.languages == spoken()
    assert differences(question.folder) == []


def test_every_word_is_said_somewhere() -> None:
    """By its name, as a verdict or a kind, or by a name that code composes, `f"its {row}"`."""
    sources = [path for end in ("py", "html", "md", "txt") for path in FOLDER.rglob(f"*.{end}")]
    said = "".join(path.read_text("utf-8") for path in sources)
    assets = HOME / "docs/theme/assets"
    composed = {each.value for each in (*Verdict, *Kind)}
    for entry in keys(spoken()[0]):
        *script, name = entry
        if script and script[0].endswith(".js"):
            assert re.search(rf"\b{name}\b", (assets / script[0]).read_text("utf-8")), entry
        elif name not in composed:
            first, last = name.split()[0], name.split()[-1]
            forms = (name, f"{first} {{", f'{first} " ~', f' {last}"')
            assert any(re.search(rf"[\"']{re.escape(each)}", said) for each in forms), entry


def constants(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    homes = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    heads = [each.body[0] for each in ast.walk(tree) if isinstance(each, homes) and each.body]
    prose = {id(head.value) for head in heads if isinstance(head, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def spoken_in_code(path: Path) -> list[str]:
    codes = re.compile(rf"(?:{'|'.join(spoken())})(?:[-_/][\w-]*)?")
    return [
        f"{path}:{line}: {text!r}"
        for line, text in constants(path)
        if codes.fullmatch(text) or HAN.search(text)
    ]


def test_code_names_no_language_and_says_nothing_in_chinese() -> None:
    found = [each for path in sorted(PACKAGE.rglob("*.py")) for each in spoken_in_code(path)]
    assert found == []


def test_a_language_in_code_is_noticed(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""中文。"""\nx = "en", "zh_CN", "end"\ny = {"en": "数"}\n', "utf-8")
    assert [each.split(":", 1)[1] for each in spoken_in_code(module)] == [
        "2: 'en'",
        "2: 'zh_CN'",
        "3: 'en'",
        "3: '数'",
    ]


def making(project: Project) -> list[str]:
    """What a build says that it makes."""
    done = project.build()
    assert done.code == 0, done.output
    return re.findall(r"making ([\w-]+):", done.output)


def test_an_edit_of_prose_or_of_a_caption_draws_and_computes_nothing(project: Project) -> None:
    project.edit("docs/zh/coin.md", "抛十次。", "抛了十次。")
    project.edit("docs/en/coin.md", "Twelve dots", "A dozen dots")
    project.edit("docs/zh/coin.md", '"tossed 正面的比例"', '"tossed 正面占多少"')
    assert making(project) == []
    assert "A dozen dots" in project.read("site/figures/coin/tossed.en.svg")
    assert ">正面占多少</title>" in project.read("site/coin/index.html")


def test_an_edit_of_a_questions_words_draws_that_question_again_and_computes_nothing(
    project: Project,
) -> None:
    project.edit("dlqa/questions/coin/words.zh.toml", 'whole = "整枚"', 'whole = "整枚硬币"')
    assert making(project) == ["exhibits"]
    assert "整枚硬币" in project.read("site/coin/index.html")


def test_an_edit_of_the_machinerys_words_draws_nothing(project: Project) -> None:
    project.edit(
        f"{WORDS.replace(CODE, 'en')}", 'difficulty = "Difficulty"', 'difficulty = "Level"'
    )
    assert making(project) == []
    assert "Level: basic" in project.read("site/en/coin/index.html")


def test_a_word_that_labels_or_an_exercise_hold_makes_those_again(project: Project) -> None:
    project.edit("dlqa/publishing/words.en.toml", '": "\nbetween = ", "', '": "\nbetween = "; "')
    assert making(project) == ["exhibits"]
    project.edit("dlqa/publishing/words.zh.toml", "猜好了？展开运行结果", "展开")
    assert making(project) == ["exercise-page-zh"]
