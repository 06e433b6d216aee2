"""The real site, built once for every test that looks at it."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from dlqa.publishing.store.catalog import questions

ROOT = Path(__file__).parents[1]
SLUGS = [question.slug for question in questions()]
ANSWERS = [  # the scheduler in conftest.py keeps the tests of one of these ids together
    pytest.param((slug, language), id=f"answer={slug}.{language}")
    for slug in SLUGS
    for language in ("zh", "en")
]
HOST = "questions.localhost"  # its pages count as secure, so that scripts may copy
SUBFOLDER = "/answers/"  # sites are seldom served at a host's root; every link must bear that


def pytest_configure() -> None:
    """Nothing runs where two files have one name, of which pytest would import the first alone.

    A shell's background job ignores Ctrl-C, and so would all that tests start and interrupt.
    """
    names = Counter(path.name for path in Path(__file__).parent.rglob("test_*.py"))
    if twice := [name for name, count in names.items() if count > 1]:
        raise pytest.UsageError(f"test files of one name: {', '.join(twice)}; rename all but one")
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that do without the site first; it is built beside them. Tests of one page together.

    A worker keeps to a file: one test that waits for the site would keep all others there waiting.
    """
    pages = [each.values[0] for each in ANSWERS]
    waiting = {item.path for item in items if _needs_the_site(item)}

    def place(item: pytest.Item) -> tuple[bool, int]:
        page = item.callspec.params.get("opened") if hasattr(item, "callspec") else None
        return item.path in waiting, pages.index(page) + 1 if page else 0

    items.sort(key=place)


def _needs_the_site(item: pytest.Item) -> bool:
    return "site" in getattr(item, "fixturenames", ())


@dataclass(frozen=True)
class BuiltSite:
    """The folder that a real `mkdocs build --strict` made of this checkout."""

    folder: Path

    def page(self, language: str, slug: str = "") -> str:
        """A page's path from the site's root."""
        return ("" if language == "zh" else "en/") + (f"{slug}/" if slug else "")

    def pages(self, language: str | None = None, of: str | None = None) -> list[str]:
        """The addresses of all pages that were built, or of a language's; 404 pages are files.

        What pip reads under `simple/` is none. `of`: those of a question alone, or with "" of none.
        """
        files = sorted(self.folder.rglob("*.html"))
        files = [path for path in files if not path.is_relative_to(self.folder / "simple")]
        found = [str(path.relative_to(self.folder)).removesuffix("index.html") for path in files]
        found = [path for path in found if language in (None, "en" if path[:3] == "en/" else "zh")]
        return [path for path in found if of is None or of == _question_of(path)]

    def file(self, path: str) -> Path:
        """The file that is served at a page's address."""
        return self.folder / (f"{path}index.html" if path == "" or path.endswith("/") else path)

    def text(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")


def _question_of(path: str) -> str:
    return next((slug for slug in SLUGS if slug in path.split("/")), "")


@pytest.fixture(scope="session", autouse=True)
def _built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], tuple[Path, str]]]:
    """Where a test will need the site, whichever worker comes first begins it in the background.

    Studies run only where the store lacks their records. Gives what waits for the build, its
    folder and its output with the exit code on the first line.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, said = shared / "site", shared / "site.log"

    def build() -> tuple[Path, str]:
        with FileLock(shared / "site.lock"):
            if not said.exists():
                done = _build(folder)
                said.write_text(f"{done.returncode}\n{done.stdout}{done.stderr}", "utf-8")
        return folder, said.read_text("utf-8")

    with ThreadPoolExecutor(1) as background:
        if any(map(_needs_the_site, request.session.items)):
            yield background.submit(build).result
        else:
            yield build


@pytest.fixture(scope="session")
def site(_built: Callable[[], tuple[Path, str]]) -> BuiltSite:
    folder, said = _built()
    code, log = said.split("\n", 1)
    if code != "0":
        pytest.fail(f"mkdocs build --strict ended with {code}:\n{log}", pytrace=False)
    return BuiltSite(folder)


def _build(folder: Path) -> subprocess.CompletedProcess[str]:
    """A study made here stays in the store with its time, so nothing may slow it.

    Neither coverage nor the one thread to which conftest.py holds the tests themselves.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    slow = ("COVERAGE", "OMP_NUM_THREADS")
    environment = {k: v for k, v in os.environ.items() if not any(part in k for part in slow)}
    environment |= {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": f"http://{HOST}{SUBFOLDER}"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
