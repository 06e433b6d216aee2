"""`make audit`: Lighthouse on the built site as a phone loads it; the table, and whether it is good.

Lighthouse is npm's, pinned here and fetched by npx; nothing else of the project needs node.
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

from tests.browser.serving import StaticServer
from tests.conftest import HOST

LIGHTHOUSE = "lighthouse@12.8.2"  # the last that runs with node 20
LEAST = {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}
PAGES = ("", "initialization/", "self-test/")  # home, an answer, the self-test
NEEDED = {
    "npx": "node 18.20 or newer with npm (Debian: apt-get install nodejs npm)",
    "chromium": "Chromium (`make test` installs one)",
}

Scores = dict[str, int]


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
    categories = json.loads(report.read_text("utf-8"))["categories"]
    return {name: round(100 * categories[name]["score"]) for name in LEAST}


def rows(folder: Path, reports: Path, times: int) -> Iterator[tuple[str, Scores]]:
    """Each page's address and its scores: of several runs the one of middling performance."""
    with StaticServer(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for path in [prefix + page for page in PAGES for prefix in ("", "en/")]:
            name = path.strip("/").replace("/", "-") or "home"
            runs = [
                scores(server.url + path, server.server_port, reports / f"{name}-{run}.json")
                for run in range(times)
            ]
            yield path or "/", sorted(runs, key=lambda run: run["performance"])[times // 2]
        server.shutdown()


def main() -> int:
    parser = argparse.ArgumentParser(description="Lighthouse on a built site.")
    parser.add_argument("folder", type=Path, help="where the site was built")
    parser.add_argument("--times", type=int, default=1, help="runs a page; the middle one counts")
    parser.add_argument("--reports", type=Path, help="keeps Lighthouse's own reports there")
    given = parser.parse_args()
    if not (given.folder / "index.html").is_file():
        sys.exit(f"audit: no site in {given.folder}; `make site` builds it")
    low = 0
    with tempfile.TemporaryDirectory() as scratch:
        reports = given.reports or Path(scratch)
        reports.mkdir(parents=True, exist_ok=True)
        print(f"{'page':24}" + "".join(f"{name:>16}" for name in LEAST))
        for path, got in rows(given.folder, reports, given.times):
            marks = {name: "" if got[name] >= least else " <" for name, least in LEAST.items()}
            low += any(marks.values())
            print(
                f"{path:24}" + "".join(f"{got[name]}{marks[name]}".rjust(16) for name in LEAST),
                flush=True,
            )
    if low:
        print(
            f"audit: {low} pages are below {', '.join(f'{n} {least}' for n, least in LEAST.items())}"
        )
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
