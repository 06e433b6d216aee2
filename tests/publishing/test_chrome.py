"""What stands around every page: its scripts, its mark, its way home."""

import json
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.publishing.project import HOME, Project

PAGES = ["index.html", "coin/index.html", "en/index.html", "en/coin/index.html", "404.html"]


def scripts(html: str) -> list[str]:
    """The opening tag of every script that is loaded from a file."""
    return re.findall(r"<script[^>]*\bsrc=[^>]*>", html)


@pytest.mark.parametrize("page", PAGES)
def test_every_script_waits_for_the_page(made: Project, page: str) -> None:
    found = scripts((made.site / page).read_text("utf-8"))
    assert any("bundle" in tag for tag in found)
    assert [tag for tag in found if " defer" not in tag] == []


def test_a_script_that_does_not_wait_is_seen() -> None:
    assert scripts('<script src="a.js"></script><script>b</script>') == ['<script src="a.js">']


@pytest.mark.parametrize("page", PAGES)
def test_the_mark_is_our_own(made: Project, page: str) -> None:
    html = (made.site / page).read_text("utf-8")
    assert '<svg class="mark"' in html
    icon = re.search(r'<link rel="icon" href="([^"]+)"', html)
    assert icon is not None
    assert icon[1].endswith("assets/favicon.svg")


def test_the_icon_follows_light_and_dark(made: Project) -> None:
    root = ElementTree.parse(made.site / "assets/favicon.svg").getroot()
    rules = root.findtext("{http://www.w3.org/2000/svg}style") or ""
    assert "prefers-color-scheme: dark" in rules


STRING = re.compile(r"`(?:\\.|[^`\\])*`|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
NOT_WORDS = re.compile(r"\$\{.*?\}|<[^>]*>", re.DOTALL)
# Chinese, a sentence's beginning, three words in a row: of markup and selectors none has them.
WORDS = re.compile("[\u3400-\u9fff]|[A-Z][a-z]+ [a-z]+|[a-z]{2,} [a-z]{2,} [a-z]{2,}")
ONE_WORD = re.compile(r"[A-Z][a-z]+")
OF_THE_BROWSER = {"Arrow", "Enter", "Error", "Escape", "Tab"}


def said(script: str) -> list[str]:
    """What of a script's strings is a human language's, comments and the console apart."""
    code = re.sub(
        r"/\*.*?\*/|(?<![:\"'`\\])//[^\n]*|console\.\w+\([^\n]*", "", script, flags=re.DOTALL
    )
    texts = [NOT_WORDS.sub("", found[1:-1]) for found in STRING.findall(code)]
    single = [t for t in texts if ONE_WORD.fullmatch(t) and t not in OF_THE_BROWSER]
    return [text for text in texts if WORDS.search(text)] + single


ASSETS = HOME / "docs/theme/assets"


@pytest.mark.parametrize("path", sorted(ASSETS.glob("*.js")), ids=lambda path: path.name)
def test_a_script_says_nothing_of_its_own(path: Path) -> None:
    script = path.read_text("utf-8")
    assert said(script) == []
    assert "documentElement.lang" not in script, "or it chooses between words of its own"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ('say("已撤销") // 中文', ["已撤销"]),
        ("tell(`Nothing left ${for_now}`)", ["Nothing left "]),
        ("button.textContent = 'Undo'", ["Undo"]),
        ('x = "it could not be loaded"', ["it could not be loaded"]),
        ('if (key === "Enter") one(".self-test__progress i") /* Some words here. */', []),
        ('console.error("it went wrong")', []),
        ('home.innerHTML = `<svg role="img" class="a b c"></svg>`', []),
    ],
)
def test_words_in_a_script_are_noticed(script: str, words: list[str]) -> None:
    assert said(script) == words


def test_a_script_is_handed_the_words_of_its_page(made: Project) -> None:
    for folder, note in (("", "注释 {number}"), ("en/", "Note {number}")):
        page = (made.site / folder / "coin/index.html").read_text("utf-8")
        (words,) = re.findall(r'assets/theme.js" defer data-words="([^"]*)"', page)
        assert json.loads(unescape(words)) == {"note": note}


HOME = """---
template: home.html
---
# Answers
"""
TABLE = {
    "rows": [],
    "bars": [],
    "receipt": {
        "when": "2026-01-02", "processor": "p", "cores": 1, "load": "0", "torch": "2", "rounds": 1,
    },
}  # fmt: skip


def test_a_page_of_tables_is_a_way_in_once_one_of_them_was_made(project: Project) -> None:
    for language in ("zh", "en"):
        (project.root / f"docs/{language}/index.md").write_text(HOME, "utf-8")
        (project.root / f"docs/{language}/speed.md").write_text(
            "# Speed\n\n{{ benchmark toss }}\n", "utf-8"
        )
    for made in (False, True):
        done = project.build()
        assert done.code == 0, done.output
        for folder in ("", "en/"):
            home = (project.site / folder / "index.html").read_text("utf-8")
            (ways,) = re.findall(r'<nav class="ways".*?</nav>', home, re.DOTALL)
            assert ('href="speed/"' in ways) == made
            assert 'href="coin/"' in ways
        (project.store / "benchmarks").mkdir(exist_ok=True)
        (project.store / "benchmarks/toss.json").write_text(json.dumps(TABLE), "utf-8")
