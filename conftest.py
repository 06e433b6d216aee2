"""The code that pages and docstrings show is tested where it stands."""

import os
import re
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.rest import DocTestParser
from sybil.sybil import SybilCollection
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.pages.examples import PageParser

ROOT = Path(__file__).parent
os.environ.setdefault("OMP_NUM_THREADS", "1")  # workers that share cores are slow with more


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--refresh-outputs",
        action="store_true",
        help="write the outputs that pages show anew from what their snippets print",
    )


def pytest_configure(config: pytest.Config) -> None:
    pages = PageParser(ROOT, refresh=config.getoption("--refresh-outputs"))
    documents = Sybil([pages], patterns=["*.md"], path=str(ROOT / "docs"))
    docstrings = Sybil([DocTestParser()], patterns=["*.py"], path=str(ROOT / "dlqa"))
    config.pluginmanager.register(_Examples(documents + docstrings), "examples")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    return _ByFile(config, log)


class _ByFile(LoadScopeScheduling):
    """A file's tests stay on one worker, a page's languages too: what they prepare or run is shared.

    So do tests of whatever files that look at one answer in the browser.
    """

    def _split_scope(self, nodeid: str) -> str:
        if answer := re.search(r"answer=[\w.]+", nodeid):
            return answer[0]
        path = nodeid.split("::")[0]
        return Path(path).name if path.endswith(".md") else path


class _Examples:
    def __init__(self, sybils: SybilCollection) -> None:
        self.pytest_collect_file = sybils.pytest()
