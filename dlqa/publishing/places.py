"""Places: what a page can hold only once it is HTML leaves one in its Markdown, to be filled then."""

import re
from collections.abc import Callable, Mapping

Fill = Callable[[str], str]  # what a place names -> the HTML that belongs there
PLACE = re.compile(r"""<(div|span) data-place=(['"])([a-z]+) ([\w=.-]+)\2></\1>""")


def place(kind: str, name: str, *, inline: bool = False) -> str:
    """The place of a block, or of what stands within a line, a title between double quotes too."""
    tag = "span" if inline else "div"
    return f"<{tag} data-place='{kind} {name}'></{tag}>"


def filled(html: str, fills: Mapping[str, Fill]) -> str:
    """HTML with its places filled by kind; those of other kinds stay."""

    def fill(found: re.Match[str]) -> str:
        _, _, kind, name = found.groups()
        return fills[kind](name) if kind in fills else found[0]

    return PLACE.sub(fill, html)
