"""A real browser on the real site, served by a plain file server from a subfolder."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.serving import StaticServer
from tests.conftest import ANSWERS, HOST, BuiltSite

FLAGS = [  # quiet, and able to run where there is neither a display nor a sandbox
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

expect.set_options(timeout=10_000)  # milliseconds, on a busy machine


def chromium() -> str | None:
    """Chromium's headless shell, which loads a page at half the cost, or the system's Chromium;
    None for the one that playwright installed."""
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def server(site: BuiltSite) -> Iterator[StaticServer]:
    with StaticServer(site.folder) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture(scope="session")
def browser(server: StaticServer) -> Iterator[Browser]:
    resolve = f"--host-resolver-rules=MAP {HOST}:80 127.0.0.1:{server.server_port}"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, resolve])
        yield running
        running.close()


class Watch:
    """What a page did that it must not: errors in its console, requests to others, lost files."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.home = home
        self.wrongs: list[str] = []
        context.on("request", lambda request: self._requested(request.url))
        context.on("console", lambda message: self._said(message.type, message.text))
        context.on("weberror", lambda error: self.wrongs.append(f"uncaught: {error.error}"))
        context.on(
            "response",
            lambda response: (
                response.status >= 400 and self.wrongs.append(f"{response.status}: {response.url}")
            ),
        )

    def _requested(self, url: str) -> None:
        if not url.startswith((self.home, "data:", "blob:")):
            self.wrongs.append(f"request that leaves the site: {url}")

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.wrongs.append(f"console {kind}: {text}")


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, server: StaticServer) -> Iterator[Visit]:
    """Opens a page of the site; the test fails if any page it opened did what it must not."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_page(path: str = "", **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        context.set_default_timeout(10_000)
        opened.append((context, Watch(context, server.url)))
        page = context.new_page()
        page.goto(server.url + path, wait_until="load")
        return page

    yield open_page
    wrongs = [wrong for _, watch in opened for wrong in watch.wrongs]
    for context, _ in opened:
        context.close()
    assert wrongs == []


@dataclass(frozen=True)
class Answer:
    """A question's page in a language, that all tests share which only look at it."""

    slug: str
    language: str
    page: Page
    watch: Watch

    def at(self, width: int = 1440, height: int = 900, *, unfolded: bool = True) -> Page:
        """The page in a window of that size, with all that folds open or as it came.

        A word of what was copied, which covers the page for two seconds, is taken away.
        """
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate(UNFOLD, unfolded)
        return self.page


UNFOLD = """all => {
  document.querySelectorAll('article details').forEach(each => {
    each.dataset.first ??= each.open ? 'open' : ''
    each.open = all || Boolean(each.dataset.first)
  })
  document.querySelector('.md-dialog--active')?.classList.remove('md-dialog--active')
}"""


def in_languages(*languages: str) -> pytest.MarkDecorator:
    """Holds a test of `answer` to some languages."""
    of = [each for each in ANSWERS if each.values[0][1] in languages]
    return pytest.mark.parametrize("opened", of, indirect=True)


@pytest.fixture(scope="session", params=ANSWERS)
def opened(
    request: pytest.FixtureRequest, browser: Browser, server: StaticServer, site: BuiltSite
) -> Iterator[Answer]:
    """One page at a time: tests/conftest.py lets all tests of a page follow one another."""
    slug, language = request.param
    permissions = ["clipboard-read", "clipboard-write"]
    context = browser.new_context(color_scheme="light", permissions=permissions)
    context.set_default_timeout(10_000)
    watch, page = Watch(context, server.url), context.new_page()
    page.goto(server.url + site.page(language, slug), wait_until="load")
    yield Answer(slug, language, page, watch)
    context.close()


@pytest.fixture
def answer(opened: Answer) -> Iterator[Answer]:
    """Every question's page in every language; whoever acts on a page takes `visit`."""
    yield opened
    assert opened.watch.wrongs == []


Look = Callable[..., Page]
MOST_OPEN = 12  # pages that are kept for tests to share


@pytest.fixture(scope="session")
def shown(browser: Browser) -> Iterator[dict[str, tuple[Page, Watch]]]:
    """Pages that tests share, by their paths; closed before their browser is."""
    assert browser.is_connected()
    pages: dict[str, tuple[Page, Watch]] = {}
    yield pages
    for page, _ in pages.values():
        page.context.close()


@pytest.fixture
def look(
    browser: Browser, server: StaticServer, shown: dict[str, tuple[Page, Watch]]
) -> Iterator[Look]:
    """A page of the site at a width, opened once for all tests that only look at it.

    What a test unfolds stays so; whoever acts on a page or expects it new takes `visit`.
    """
    watches: list[Watch] = []

    def open_page(path: str = "", width: int = 1440) -> Page:
        if path not in shown:
            if len(shown) >= MOST_OPEN:
                shown.pop(next(iter(shown)))[0].context.close()
            context = browser.new_context(color_scheme="light")
            context.set_default_timeout(10_000)
            shown[path] = context.new_page(), Watch(context, server.url)
            shown[path][0].goto(server.url + path, wait_until="load")
        page, watch = shown[path]
        watches.append(watch)
        page.set_viewport_size({"width": width, "height": 900})
        return page

    yield open_page
    assert [wrong for watch in watches for wrong in watch.wrongs] == []
