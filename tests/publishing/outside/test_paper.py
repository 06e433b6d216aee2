"""A page that is printed: a PDF beside it where there is a browser, the page alone where there is none."""

from pathlib import Path

import pytest

from dlqa.publishing.outside import paper
from dlqa.publishing.outside.paper import PLACE, print_page
from dlqa.publishing.store.shelves import Store

PRINTER = """#!/bin/sh
for given; do case "$given" in --print-to-pdf=*) echo "%PDF $given" > "${given#*=}";; esac; done
echo printed >> "$(dirname "$0")/log"
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "sheet/index.html"
    path.parent.mkdir()
    (path.parent / "a.css").write_text("b { color: red }", "utf-8")
    return written(path, "words")


def written(path: Path, words: str) -> Path:
    head = '<link rel="stylesheet" href="a.css">'
    path.write_text(f"{head}<nav>x</nav><article>{PLACE}{words}</article>", "utf-8")
    return path


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "browser"
    program.write_text(PRINTER, "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("DLQA_BROWSER", str(program))
    return program


def times(browser: Path) -> int:
    return len(browser.with_name("log").read_text("utf-8").splitlines())


def test_a_page_leads_to_its_pdf_which_is_printed_once(
    page: Path, store: Store, browser: Path
) -> None:
    said: list[str] = []
    for _ in range(2):
        written(page, "words")
        print_page(page, "sheet.en", store, said.append)
        assert '<a href="sheet.en.pdf" download>PDF</a>' in page.read_text("utf-8")
        assert page.with_name("sheet.en.pdf").read_text("utf-8").startswith("%PDF")
    assert times(browser) == len(said) == 1
    print_page(written(page, "other words"), "sheet.en", store, said.append)
    assert times(browser) == 2
    page.with_name("a.css").write_text("b { color: blue }", "utf-8")
    print_page(written(page, "other words"), "sheet.en", store, said.append)
    assert times(browser) == 3


def test_without_a_browser_the_page_stands_alone(
    page: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DLQA_BROWSER", raising=False)
    monkeypatch.setattr(paper, "BROWSERS", ("no-such-browser",))
    print_page(page, "sheet.en", store, print)
    assert PLACE in page.read_text("utf-8")
    assert not list(page.parent.glob("*.pdf"))


def test_a_browser_that_fails_is_told_and_stops_nothing(
    page: Path, store: Store, browser: Path
) -> None:
    browser.write_text("#!/bin/sh\nexit 3\n", "utf-8")
    said: list[str] = []
    print_page(page, "sheet.en", store, said.append)
    assert "not printed" in said[-1]
    assert PLACE in page.read_text("utf-8")
