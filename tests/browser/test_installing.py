"""The page that says how to install the package, on a site that does not know its own address."""

import pytest
from playwright.sync_api import Route

from dlqa.publishing.words import table
from tests.browser.conftest import Visit
from tests.browser.serving import StaticServer
from tests.conftest import BuiltSite


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_command_gets_the_address_at_which_it_is_read(
    visit: Visit, server: StaticServer, site: BuiltSite, language: str
) -> None:
    path = site.page(language, "install")
    page = visit(path)
    commands = page.locator("pre", has_text="simple/")
    before = commands.all_inner_texts()
    stand_in = table("install.js", language)["address"]

    def without_address(route: Route) -> None:
        html = (
            site.file(path).read_text("utf-8").replace(f"{server.url}simple", f"{stand_in}simple")
        )
        route.fulfill(content_type="text/html; charset=utf-8", body=html)

    page.route("**/install/", without_address)
    page.reload()
    assert commands.all_inner_texts() == before
    assert len(before) == 5
    assert all(f"{server.url}simple/" in each for each in before)
