"""What a reader on a phone waits for: an answer page with its figures, and an exercise, over the wire."""

import gzip
import re
from pathlib import Path

import pytest

from dlqa.publishing.store.catalog import questions
from tests.conftest import BuiltSite

SLUGS = [question.slug for question in questions()]
MOST = 80_000  # bytes of a page, its figures, and the styles and scripts that are ours
MOST_OF_AN_EXERCISE = 130_000
MOST_SCRIPT = 10_000  # of the scripts of all live figures together
TRAINER, MOST_TRAINER = ("trainer.js", "mlp.js"), 6_000  # page and worker of training in the page
LIVE = ("live.js", "readings.js", "iou.js")  # the last for question 55's boxes
OURS = re.compile(r'(?:href|src)="([^"]*assets/[\w.-]+\.(?:css|js))"')  # the theme's lie deeper


def weight(page: Path) -> int:
    """Bytes of a page and of what it loads of ours, each gzipped as a host sends it."""
    html = page.read_bytes()
    loaded = {(page.parent / address).resolve() for address in OURS.findall(html.decode())}
    return sum(len(gzip.compress(text)) for text in [html, *(path.read_bytes() for path in loaded)])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_an_answer_page_is_light(site: BuiltSite, slug: str, language: str) -> None:
    assert 20_000 < weight(site.folder / site.page(language, slug) / "index.html") <= MOST


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_an_exercise_is_light(site: BuiltSite, slug: str, language: str) -> None:
    page = site.folder / site.page(language, f"labs/{slug}") / "index.html"
    assert 10_000 < weight(page) <= MOST_OF_AN_EXERCISE


def test_all_scripts_of_live_figures_together_are_light(site: BuiltSite) -> None:
    scripts = [site.folder / "assets" / name for name in LIVE]
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) <= MOST_SCRIPT


def test_training_in_the_page_is_light(site: BuiltSite) -> None:
    scripts = [site.folder / "assets" / name for name in TRAINER]
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) <= MOST_TRAINER


def test_what_a_page_loads_is_counted(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/a.css").write_bytes(b"")
    page = tmp_path / "index.html"
    page.write_text('<link href="assets/a.css"><script src="assets/javascripts/theme.js">')
    assert weight(page) == len(gzip.compress(page.read_bytes())) + len(gzip.compress(b""))


def test_all_languages_load_the_same_files(site: BuiltSite) -> None:
    """What a reader has of one language is not fetched again for another."""
    loads = re.compile(r'(?:href|src)="([^"]*assets/[^"]+)"|"search": "([^"]+)"')
    assert [path.parent for path in site.folder.rglob("assets")] == [site.folder]
    for path in site.pages("en"):
        if path.endswith("404.html"):
            continue  # which names them from the host's root
        page, html = site.file(path), site.text(str(site.file(path).relative_to(site.folder)))
        found = {(page.parent / (one or other)).resolve() for one, other in loads.findall(html)}
        assert len(found) > 5
        assert all(each.is_file() for each in found)
        assert all(each.is_relative_to(site.folder / "assets") for each in found)
