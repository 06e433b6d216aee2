"""What stands around every page: its scripts, its mark, its way home."""

import re
from xml.etree import ElementTree

import pytest

from tests.publishing.project import Project

PAGES = ["index.html", "coin/index.html", "en/index.html", "en/coin/index.html", "404.html"]


def scripts(html: str) -> list[str]:
    """The opening tag of every script that is loaded from a file."""
    return re.findall(r"<script[^>]*\bsrc=[^>]*>", html)


@pytest.mark.parametrize("page", PAGES)
def test_every_script_waits_for_the_page(made: Project, page: str) -> None:
    found = scripts((made.site / page).read_text("utf-8"))
    assert any("bundle" in tag for tag in found)
    assert [tag for tag in found if " defer" not in tag] == []


def test_a_script_that_does_not_wait_is_seen() -> None:
    assert scripts('<script src="a.js"></script><script>b</script>') == ['<script src="a.js">']


@pytest.mark.parametrize("page", PAGES)
def test_the_mark_is_our_own(made: Project, page: str) -> None:
    html = (made.site / page).read_text("utf-8")
    assert '<svg class="mark"' in html
    icon = re.search(r'<link rel="icon" href="([^"]+)"', html)
    assert icon is not None
    assert icon[1].endswith("assets/favicon.svg")


def test_the_icon_follows_light_and_dark(made: Project) -> None:
    root = ElementTree.parse(made.site / "assets/favicon.svg").getroot()
    rules = root.findtext("{http://www.w3.org/2000/svg}style") or ""
    assert "prefers-color-scheme: dark" in rules
