"""The code that pages and docstrings show is tested where it stands."""

import os
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.integration.pytest import SybilItem
from sybil.parsers.rest import DocTestParser

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker takes a page in both its languages, and a module's docstrings: what runs is shared."""
    for item in items:
        if isinstance(item, SybilItem):
            together = item.path.stem if item.path.suffix == ".md" else str(item.path)
            item.add_marker(pytest.mark.xdist_group(together))


class _Examples:
    def __init__(self, sybils) -> None:
        self.pytest_collect_file = sybils.pytest()
