"""What search engines, feed readers and shared links get, with and without the site's address."""

import json
import re
from datetime import datetime
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from dlqa.publishing.outside.feed import robots
from tests.publishing.project import URL, Project

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FOLDERS = ("", "en/")
PAGES = [f"{folder}{page}index.html" for folder in FOLDERS for page in ("", "coin/")]
TAG = re.compile(r'<meta (?:property|name)="(og:[\w:]+|twitter:[\w:]+)" content="([^"]*)">')


def tags(html: str) -> dict[str, str]:
    return {name: unescape(content) for name, content in TAG.findall(html)}


def structured(html: str) -> dict[str, object]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(found) == 1
    data: dict[str, object] = json.loads(found[0])
    assert data["@context"] == "https://schema.org"
    return data


def measured(project: Project) -> str:
    text = (project.site / "data/coin/receipt.json").read_text("utf-8")
    return str(json.loads(text)["measured_at"])


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_feed_is_an_atom_feed_of_the_questions(
    made: Project, addressed: Path, folder: str
) -> None:
    root = ElementTree.fromstring((addressed / folder / "feed.xml").read_bytes())
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for name in ("id", "title", "updated", "author/a:name"):  # what RFC 4287 demands
        assert (root.findtext(f"a:{name}", namespaces=ATOM) or "").strip(), name
    assert root.find("a:link[@rel='self']", ATOM).get("href") == f"{URL}{folder}feed.xml"
    (entry,) = root.findall("a:entry", ATOM)
    assert entry.findtext("a:id", namespaces=ATOM) == f"{URL}{folder}coin/"
    assert entry.find("a:link", ATOM).get("href") == f"{URL}{folder}coin/"
    assert entry.findtext("a:title", namespaces=ATOM).startswith("7 · ")
    assert entry.findtext("a:summary", namespaces=ATOM)
    updated = entry.findtext("a:updated", namespaces=ATOM)
    assert updated == root.findtext("a:updated", namespaces=ATOM) == measured(made)
    assert datetime.fromisoformat(updated).tzinfo is not None


@pytest.mark.parametrize("page", PAGES)
def test_every_page_leads_to_its_languages_feed(addressed: Path, page: str) -> None:
    html = (addressed / page).read_text("utf-8")
    (href,) = re.findall(r'type="application/atom\+xml" title="[^"]+" href="([^"]+)"', html)
    language = addressed / ("en" if page.startswith("en/") else "")
    assert ((addressed / page).parent / href).resolve() == (language / "feed.xml").resolve()


@pytest.mark.parametrize("page", PAGES)
def test_a_shared_link_has_title_words_and_a_picture(addressed: Path, page: str) -> None:
    html = (addressed / page).read_text("utf-8")
    found = tags(html)
    assert found["og:url"] == URL + page.removesuffix("index.html")
    assert found["og:type"] == ("article" if "coin" in page else "website")
    assert all(found[f"og:{name}"] for name in ("title", "description", "site_name", "image:alt"))
    assert found["og:locale"] != found["og:locale:alternate"]
    assert found["twitter:card"] == "summary_large_image"
    with Image.open(addressed / found["og:image"].removeprefix(URL)) as picture:
        size = (int(found["og:image:width"]), int(found["og:image:height"]))
        assert (picture.format, picture.size) == ("PNG", size)
        assert len(picture.convert("RGB").getcolors(maxcolors=1 << 20) or []) > 20  # not blank


def test_the_pictures_of_question_and_home_differ(addressed: Path) -> None:
    pictures = {path.read_bytes() for path in addressed.rglob("previews/*.png")}
    assert len(pictures) == 4  # two pages, two languages


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_question_is_a_dated_article_within_the_site(
    made: Project, addressed: Path, folder: str
) -> None:
    html = (addressed / folder / "coin/index.html").read_text("utf-8")
    article, trail = structured(html)["@graph"]
    assert article["@type"] == ["TechArticle", "LearningResource"]
    assert article["url"] == article["mainEntityOfPage"] == f"{URL}{folder}coin/"
    assert article["datePublished"] == article["dateModified"] == measured(made)
    assert article["author"] == {"@type": "Organization", "name": "The dlqa authors"}
    assert article["isPartOf"]["@type"] == "WebSite"
    assert article["isPartOf"]["url"] == f"{URL}{folder}"
    assert article["image"]["url"] == tags(html)["og:image"]
    assert article["license"].startswith("https://creativecommons.org/")
    assert trail["@type"] == "BreadcrumbList"
    crumbs = trail["itemListElement"]
    assert [crumb["position"] for crumb in crumbs] == [1, 2]
    assert [crumb["item"] for crumb in crumbs] == [f"{URL}{folder}", f"{URL}{folder}coin/"]
    assert "QAPage" not in html


def test_home_is_the_website(addressed: Path) -> None:
    data = structured((addressed / "index.html").read_text("utf-8"))
    assert (data["@type"], data["url"], data["inLanguage"]) == ("WebSite", URL, "zh-Hans")


@pytest.mark.parametrize("page", PAGES)
def test_without_an_address_nothing_names_one(made: Project, page: str) -> None:
    html = (made.site / page).read_text("utf-8")
    found = tags(html)
    assert found["og:title"]
    assert not {"og:url", "og:image"} & set(found)
    assert found["twitter:card"] == "summary"
    assert "feed.xml" not in html
    assert not re.search(r'"(?:url|item|image|mainEntityOfPage)":', html.split("</head>")[0])


def test_without_an_address_there_is_neither_feed_nor_picture(made: Project) -> None:
    assert list(made.site.rglob("feed.xml")) == []
    assert list(made.site.rglob("previews")) == []
    assert (made.site / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"


def test_robots_are_told_both_sitemaps(addressed: Path) -> None:
    text = (addressed / "robots.txt").read_text("utf-8")
    assert text == robots(URL, ["", "en/"])
    for sitemap in re.findall("Sitemap: (.+)", text):
        assert (addressed / sitemap.removeprefix(URL)).is_file()
