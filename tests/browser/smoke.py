"""`make smoke`: whether a published site works: every link, the search and one live figure.

Reads the site as it is served, from the address of its home page on; says all that is wrong.
"""

import argparse
import re
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from tests.browser.conftest import FLAGS, Watch, chromium
from tests.pages.links import read

AT_ONCE = 8  # requests
PATIENCE = 20  # seconds for one
QUESTION = re.compile(r"^\s*\d+ · ")  # how a question's entry in the navigation begins
AT_END = "(({type, value, max}) => type === 'range' && +value === +max)(document.activeElement)"


def fetched(url: str) -> tuple[str, bytes]:
    """The type and content of what an address serves. Raises URLError, and HTTPError with a 404."""
    parts = urlsplit(url)
    plain = urlunsplit(parts._replace(path=quote(parts.path, safe="/%")))
    request = urllib.request.Request(plain, headers={"User-Agent": "dlqa-smoke"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return answer.headers.get_content_type(), answer.read()


def broken_links(home: str) -> Iterator[str]:
    """Every address below `home`, however indirectly it is linked, that serves nothing."""
    seen, waiting = {home}, {home: home}  # an address -> the page that leads there
    while waiting:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(_links, waiting))
        came_from, waiting = waiting, {}
        for url, (fault, links) in zip(came_from, answers, strict=True):
            if fault:
                yield f"{url}, linked from {came_from[url]}: {fault}"
            for link in links:
                if link.startswith(home) and link not in seen:
                    seen.add(link)
                    waiting[link] = url
    if len(seen) < 2:
        yield f"{home} links to no page of its own"


def _links(url: str) -> tuple[str, set[str]]:
    try:
        kind, content = fetched(url)
    except (URLError, HTTPException, OSError, ValueError) as error:
        return str(error), set()
    if not content:
        return "nothing in it", set()
    if kind != "text/html":
        return "", set()
    found = read(content.decode("utf-8")).links
    return "", {_page(urljoin(url, link.address)) for link in found}


def _page(url: str) -> str:
    """Without what only the page itself reads."""
    return urlunsplit(urlsplit(url)._replace(query="", fragment=""))


def unfound(browser: Browser, home: str, folder: str, patience: float) -> Iterator[str]:
    """Whether the search of a language finds its first question by its title's words."""
    page, wrongs = _opened(browser, home, home + folder, patience)
    expected, words = _questions(page)[0]
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill(words)
    page.locator(".md-search-result__link").first.wait_for()
    results = page.locator(".md-search-result__link").evaluate_all("all => all.map(a => a.href)")
    if not any(each.startswith(expected) for each in results):
        yield f"{page.url}: the search for {words!r} finds {results[:3]}, not {expected}"
    yield from wrongs


def unmoved(browser: Browser, home: str, patience: float) -> Iterator[str]:
    """Whether a key moves a live figure of the first question that has one."""
    page, _ = _opened(browser, home, home, patience)
    for link, _ in _questions(page):
        page, wrongs = _opened(browser, home, link, patience)
        controls = page.locator("[type=range], [type=radio]:checked")
        figure = page.locator(".evidence-figure").filter(has=controls).first
        if figure.count():
            title, control = figure.locator(".evidence-figure__title"), figure.locator(controls)
            before = title.inner_text()
            control.first.focus()
            page.keyboard.press("ArrowLeft" if page.evaluate(AT_END) else "ArrowRight")
            changed = "([e, before]) => e.innerText !== before"
            try:
                page.wait_for_function(changed, arg=[title.element_handle(), before])
            except BrowserError:
                yield f"{link}: a key leaves its live figure as it was"
            yield from wrongs
            return
    yield f"{home}: no question has a live figure"


def _questions(page: Page) -> list[tuple[str, str]]:
    """Addresses and titles of the questions in the navigation, by number. Raises BrowserError."""
    links = page.locator("a.md-nav__link").filter(has_text=QUESTION)
    links.first.wait_for(state="attached")
    found = links.evaluate_all("all => all.map(a => [a.href, a.textContent])")
    return [(href, QUESTION.sub("", text).strip()) for href, text in found]


def _opened(browser: Browser, home: str, url: str, patience: float) -> tuple[Page, list[str]]:
    context = browser.new_context()
    context.set_default_timeout(1000 * patience)
    watch = Watch(context, home)
    page = context.new_page()
    page.goto(url, wait_until="load")
    return page, watch.wrongs


def wrongs(home: str, patience: float = PATIENCE) -> Iterator[str]:
    """All that is wrong with the site whose home page is at that address.

    `patience`: for how many seconds the browser waits for what a page does.
    """
    yield from broken_links(home)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for name, check in {
            "the search": lambda: unfound(browser, home, "", patience),
            "the search in English": lambda: unfound(browser, home, "en/", patience),
            "a live figure": lambda: unmoved(browser, home, patience),
        }.items():
            try:
                yield from check()
            except BrowserError as error:
                yield f"{name}: {error.message.splitlines()[0]}"
        browser.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Whether a published site works.")
    parser.add_argument("address", help="of its home page")
    home = parser.parse_args().address.rstrip("/") + "/"
    found = list(wrongs(home))
    print("\n".join(found) or f"smoke: every link, the search and a live figure of {home} work")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
