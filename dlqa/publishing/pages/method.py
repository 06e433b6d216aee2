"""The section of a page that says how it was measured, folded under its heading."""

import re

from dlqa.publishing.fragments import fragment
from dlqa.publishing.store.results import Published

METHOD = re.compile(r'(?P<heading><h2 id="method">.*?</h2>)(?P<content>.*?)(?=<h2 |\Z)', re.S)


def method_folded(html: str, published: Published, language: str) -> str:
    """An answer's HTML with what stands under the heading `method` in a fold, whose measurement it
    was before it. `reading.js` opens it where an address leads to the heading or into it."""

    def fold(found: re.Match[str]) -> str:
        parts = {"receipt": published.values, "content": found["content"]}
        return found["heading"] + fragment("method.html", language, **parts)

    return METHOD.sub(fold, html, count=1)
