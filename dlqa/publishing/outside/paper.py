"""A page on paper: a PDF beside it, printed by a browser where the building machine has one.

It is kept by what is printed: the page's article and the styles that it loads. Without a browser the
page stands alone; it prints as well from the reader's.
"""

import os
import re
import shutil
import subprocess
from html import escape
from pathlib import Path

from dlqa.publishing.store.fingerprint import Fingerprint, digest, ingredients
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Say, Stage, files

SHELF = "paper"
PLACE = '<p class="paper"></p>'  # in the page, for the way to its PDF
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
STYLE = re.compile(r'<link rel="stylesheet" href="([^"?]+)"')
PATIENCE = 120  # seconds, on a busy machine


def browser() -> str | None:
    """The program that prints: what DLQA_BROWSER names, else a Chromium of the system's."""
    named = os.environ.get("DLQA_BROWSER")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def print_page(page: Path, name: str, store: Store, say: Say) -> None:
    """Puts `name`.pdf beside a built page that has a place for it, and the way there into the page."""
    html = page.read_text("utf-8")
    program = browser()
    if PLACE not in html or not program:
        return
    file = f"{name}.pdf"

    def make(folder: Path) -> None:
        printed = f"--print-to-pdf={folder / file}"
        command = [program, *FLAGS, printed, page.absolute().as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)

    stage = Stage(store, SHELF, name, _of(page, html, program), files(file))
    try:
        made = stage.up_to_date(make, say) / file
    except (OSError, subprocess.SubprocessError) as error:
        say(f"{page}: not printed: {error}")
        return
    shutil.copyfile(made, page.with_name(file))
    link = f'<p class="paper"><a href="{escape(file)}" download>PDF</a></p>'
    page.write_text(html.replace(PLACE, link), "utf-8")


def _of(page: Path, html: str, program: str) -> Fingerprint:
    article = "".join(ARTICLE.findall(html))
    styles = [page.parent / address for address in STYLE.findall(html)]
    texts = [path.read_bytes() for path in styles if path.is_file()]
    given = {
        "article": digest(article.encode()),
        "styles": digest(b"\0".join(texts)),
        "browser": program,
    }
    return Fingerprint(given | ingredients("dlqa.publishing.outside.paper"))
