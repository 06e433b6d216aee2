"""`make audit`: what a phone makes of every kind of page; the table, and whether it is good.

Lighthouse is npm's, pinned here and fetched by npx; nothing else of the project needs node. Beside
its scores stand how far what is shown moves, what axe finds with every fold open, and how many
screens of a phone an answer's figure with controls is down.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.axe import in_both_schemes, prepare
from tests.browser.serving import StaticServer
from tests.conftest import HOST

LIGHTHOUSE = "lighthouse@12.8.2"  # the last that runs with node 20
LEAST = {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST = {"shift": 0.01, "axe": 0, "screens": 3.5}
MANY = ("labs", "code")  # folders of pages of one kind, of which the heaviest is looked at
# The first figure that a reader may set; the home page's stands in its head.
PLAYED = "article :is(form.live, .boxes-stage, .trainer)"
SCREENS = f"""() => {{
  const form = document.querySelector("{PLAYED}")
  const shown = form?.closest('figure, section') ?? form
  return shown && shown.getBoundingClientRect().top + scrollY
}}"""
NEEDED = {
    "npx": "node 18.20 or newer with npm (Debian: apt-get install nodejs npm)",
    "chromium": "Chromium (`make test` installs one)",
    "chromium-headless-shell": "Chromium (`make test` installs one)",
}

Scores = dict[str, float]


def found(*names: str) -> str:
    """The path of the first of these commands. Ends the audit, in words, where none is there."""
    for path in filter(None, map(shutil.which, names)):
        return path
    sys.exit(f"audit: needs {NEEDED[names[0]]}: found no {' or '.join(names)}")


def scores(url: str, port: int, report: Path) -> Scores:
    """What Lighthouse gives a page, of 100 each; the whole report is kept. Ends where it gives none."""
    chrome = found("chromium", "google-chrome", "chromium-headless-shell")
    resolve = f"--host-resolver-rules='MAP {HOST}:80 127.0.0.1:{port}'"
    command = [
        found("npx"), "--yes", LIGHTHOUSE, url, "--quiet", "--output=json",
        f"--output-path={report}", f"--only-categories={','.join(LEAST)}",
        f"--chrome-flags=--headless --no-sandbox {resolve}",
    ]  # fmt: skip
    done = subprocess.run(
        command,
        env={**os.environ, "CHROME_PATH": chrome},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"audit: {LIGHTHOUSE} failed on {url}:\n{done.stderr or done.stdout}")
    made = json.loads(report.read_text("utf-8"))
    shift = made["audits"]["cumulative-layout-shift"]["numericValue"]
    rounded = {name: round(100 * made["categories"][name]["score"]) for name in LEAST}
    return {**rounded, "shift": round(shift, 3)}


def kinds(folder: Path) -> list[str]:
    """A page of every kind in both languages: all, but of labs and of code the heaviest alone."""
    found = [path.relative_to(folder).parent for path in sorted(folder.rglob("index.html"))]

    def weight(page: Path) -> int:
        return (folder / page / "index.html").stat().st_size

    heaviest: dict[Path, Path] = {}
    for page in found:
        kind = page.parent if page.parent.name in MANY and page.name != "evidence" else page
        heaviest[kind] = max(page, heaviest.get(kind, page), key=weight)
    return ["" if page == Path() else f"{page.as_posix()}/" for page in heaviest.values()]


def looked_at(browser: Browser, url: str) -> Scores:
    """What axe finds there, wide and on a phone, and where the figure to play with is."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(url)
    top = page.evaluate(SCREENS)
    prepare(page)
    wrongs = in_both_schemes(page)
    page.close()
    for wrong in wrongs:
        print(f"  axe: {wrong}", flush=True)
    return {"axe": len(wrongs)} | ({} if top is None else {"screens": round(top / 844, 1)})


def rows(folder: Path, pages: list[str], reports: Path, times: int) -> Iterator[tuple[str, Scores]]:
    """Each page's address and its scores: of several runs the one of middling performance."""
    with StaticServer(folder) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        resolve = f"--host-resolver-rules=MAP {HOST}:80 127.0.0.1:{server.server_port}"
        path = found("chromium-headless-shell", "chromium", "google-chrome")
        flags = ["--headless", "--no-sandbox", resolve]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        for page in pages:
            name = page.strip("/").replace("/", "-") or "home"
            runs = [
                scores(server.url + page, server.server_port, reports / f"{name}-{run}.json")
                for run in range(times)
            ]
            middling = sorted(runs, key=lambda run: run["performance"])[times // 2]
            yield page or "/", middling | looked_at(browser, server.url + page)
        browser.close()
        server.shutdown()


def short_of(scores: Scores) -> set[str]:
    """The scores that miss their bar."""
    low = {name for name, least in LEAST.items() if scores[name] < least}
    return low | {name for name, most in MOST.items() if scores.get(name, 0) > most}


def main() -> int:
    parser = argparse.ArgumentParser(description="What a phone makes of a built site.")
    parser.add_argument("folder", type=Path, help="where the site was built")
    parser.add_argument("pages", nargs="*", help="addresses within it; one of each kind without")
    parser.add_argument("--times", type=int, default=1, help="runs a page; the middle one counts")
    parser.add_argument("--reports", type=Path, help="keeps Lighthouse's own reports there")
    given = parser.parse_args()
    if not (given.folder / "index.html").is_file():
        sys.exit(f"audit: no site in {given.folder}; `make site` builds it")
    low = 0
    with tempfile.TemporaryDirectory() as scratch:
        reports = given.reports or Path(scratch)
        reports.mkdir(parents=True, exist_ok=True)
        bars = {**LEAST, **MOST}
        print(f"{'page':24}" + "".join(f"{name:>16}" for name in bars))
        pages = given.pages or kinds(given.folder)
        for path, got in rows(given.folder, pages, reports, given.times):
            missed = short_of(got)
            low += bool(missed)
            cells = [f"{got.get(name, '')}{' <' * (name in missed)}".rjust(16) for name in bars]
            print(f"{path:24}" + "".join(cells), flush=True)
        print(f"load of this machine, 1, 5, 15 minutes: {os.getloadavg()}")
    if low:
        told = [*(f"{n} ≥ {b}" for n, b in LEAST.items()), *(f"{n} ≤ {b}" for n, b in MOST.items())]
        print(f"audit: {low} pages miss a bar: {', '.join(told)}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
