"""No fence of a page goes unseen: what is collected is what the site shows as code."""

import os
import re
import subprocess
import sys

import pytest
from markdown import Markdown

from tests.pages.fences import fences
from tests.pages.pieces import site_config
from tests.pages.reading import LANGUAGES, ROOT, pages

PAGES = {(language, name): page for language in LANGUAGES for name, page in pages(language).items()}
UNSEEN = {  # code on a page that a parser of fences could overlook
    "info after a space": "``` python\nx = 1\n```\n",
    "another name": "```py\nx = 1\n```\n",
    "braces": "```{.python .annotate}\nx = 1\n```\n",
    "a title": '```python title="a.py"\nx = 1\n```\n',
    "highlighted lines": '```python hl_lines="1"\nx = 1\n```\n',
    "tildes": "~~~python\nx = 1\n~~~\n",
    "four backticks": "````python\nx = 1\n````\n",
    "in an admonition": '!!! note "n"\n\n    ```python\n    x = 1\n    ```\n',
    "in details": '??? note "n"\n\n    ```python\n    x = 1\n    ```\n',
    "no language": "```\nx = 1\n```\n",
    "after a bullet": "- ```python\n  x = 1\n  ```\n",
    "in a quotation": "> ```python\n> x = 1\n> ```\n",
    "indented code": "words\n\n    x = 1\n\nwords\n",
    "HTML": "<pre><code>x = 1</code></pre>\n",
}


def blocks_shown(text: str) -> int:
    """How many blocks of code the site's own Markdown makes of a text."""
    config = site_config(ROOT)
    settings = {**config.mdx_configs}
    markdown = Markdown(extensions=config.markdown_extensions, extension_configs=settings)
    return len(re.findall(r"<pre\b", markdown.convert(text)))


@pytest.mark.parametrize("key", PAGES, ids="/".join)
def test_every_block_of_code_on_a_page_is_an_example(key: tuple[str, str]) -> None:
    assert len(list(fences(PAGES[key].text))) == blocks_shown(PAGES[key].body)


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_code_marked_in_an_unusual_way_is_collected_or_missed_by_the_count(text: str) -> None:
    collected = list(fences(text))
    assert len(collected) == 1 or len(collected) != blocks_shown(text)


@pytest.mark.parametrize("text", ["```python\nx = 1\n", "- ```python\n  x\n  ```\n"])
def test_a_fence_that_never_closes_is_a_problem(text: str) -> None:
    assert [fence.problem for fence in fences(text) if fence.problem]


def test_pytest_collects_each_of_them() -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    ours = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    listed = subprocess.run(
        [*command, "docs"], cwd=ROOT, env=ours, capture_output=True, text=True, check=True
    ).stdout
    for (language, name), page in PAGES.items():
        collected = listed.count(f"docs/{language}/{name}::line:")
        assert collected == len(list(fences(page.text))), f"{language}/{name}"
