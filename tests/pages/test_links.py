"""No link of the built site is dead, and its languages name each other everywhere."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import HOST, SUBFOLDER, BuiltSite
from tests.pages.links import faults, page, target

LANGUAGES = {"zh": "zh-Hans", "en": "en"}
SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def other(path: str) -> str:
    """The same page in the other language."""
    return path.removeprefix("en/") if path.startswith("en/") else f"en/{path}"


def alternates(site: BuiltSite) -> dict[str, dict[str, str]]:
    """Page to language to address, as both sitemaps say."""
    found = {}
    for name in ("sitemap.xml", "en/sitemap.xml"):
        for url in ElementTree.fromstring(site.text(name)).findall("s:url", SITEMAP):
            links = url.findall("x:link", SITEMAP)
            found[url.findtext("s:loc", namespaces=SITEMAP)] = {
                link.get("hreflang"): link.get("href") for link in links
            }
    return found


def test_every_link_leads_to_a_file_an_id_or_a_download_with_something_in_it(
    site: BuiltSite,
) -> None:
    found = [*faults(site.folder, SUBFOLDER)]
    assert not found, "\n".join(found)


def test_every_style_sheet_leads_to_files_that_are_there(site: BuiltSite) -> None:
    for sheet in sorted(site.folder.rglob("*.css")):
        for address in re.findall(r"url\(['\"]?([^'\")]+)", sheet.read_text("utf-8")):
            if not address.startswith(("data:", "#")):
                assert (sheet.parent / address.split("#")[0].split("?")[0]).is_file(), address


def test_every_page_has_its_other_language(site: BuiltSite) -> None:
    pages = set(site.pages())
    assert {path for path in pages if other(path) not in pages} == set()


def test_the_switcher_of_every_page_leads_to_the_same_page(site: BuiltSite) -> None:
    for path in site.pages():
        if path.endswith("404.html"):
            continue
        links = [link for link in page(site.file(path)).links if link.language and link.tag == "a"]
        expected = site.file(other(path))
        assert links, f"{path or 'home'} has no switcher"
        for link in links:
            assert target(site.folder, SUBFOLDER, SUBFOLDER + path, link.address) == expected, path


def test_both_sitemaps_name_every_page_in_both_languages(site: BuiltSite) -> None:
    home = f"http://{HOST}{SUBFOLDER}"
    pages = [path for path in site.pages() if not path.endswith("404.html")]
    named = alternates(site)
    assert set(named) == {home + path for path in pages}
    for path in pages:
        chinese, english = sorted((path, other(path)), key=lambda each: each.startswith("en/"))
        assert named[home + path]["zh-Hans"] == home + chinese
        assert named[home + path]["en"] == home + english


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a href='gone/'>", "index.html: gone/: no such file"),
        ("<img src='gone.svg'>", "index.html: gone.svg: no such file"),
        ("<img srcset='gone.png 2x'>", "index.html: gone.png: no such file"),
        ("<a href='#gone'>", "index.html: #gone: no id 'gone' there"),
        ("<a href='there/#gone'>", "index.html: there/#gone: no id 'gone' there"),
        ("<a href='/outside/'>", "index.html: /outside/: leaves the site's folder"),
        ("<a href='empty.csv' download>", "index.html: empty.csv: an empty download"),
        ("<a href='there/#here'><a href='#'><a href='https://example.org/gone'>", None),
        ("<a href='/answers/there/?a=1#here'><a href='full.csv' download>", None),
    ],
)
def test_a_dead_link_is_found(tmp_path: Path, html: str, expected: str | None) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/index.html").write_text("<h2 id='here'>", "utf-8")
    (tmp_path / "empty.csv").touch()
    (tmp_path / "full.csv").write_text("a\n1\n", "utf-8")
    (tmp_path / "index.html").write_text(html, "utf-8")
    assert [*faults(tmp_path, "/answers/")] == ([expected] if expected else [])
