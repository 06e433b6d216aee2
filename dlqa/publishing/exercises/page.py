"""An exercise's page: what mkdocs-jupyter makes of a notebook, without what the site has better.

mkdocs-jupyter adds Jupyter's style sheet, its own scripts for formulas, diagrams and copying, and an
id a heading that Chinese words leave empty: more than half a megabyte a page. The site's own code
blocks and copy buttons serve; a heading has the same id in both languages.
"""

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from mkdocs_jupyter.convert import nb2html

from dlqa.publishing.exercises.guesses import asked, measured
from dlqa.publishing.formulas.mathml import typeset
from dlqa.publishing.fragments import fragment
from dlqa.publishing.places import place
from dlqa.publishing.words import word

START, END = '<div class="jupyter-wrapper">', "</div> <!-- jupyter-wrapper -->"
INLINE = "data:image/svg+xml;base64,"
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]


def converted(notebook: Path) -> str:
    """A notebook as mkdocs-jupyter shows it, the prompts apart."""
    html: str = nb2html(str(notebook), execute=False, allow_errors=False, no_prompt=True)
    return html


def exercise_page(
    converted: str, slug: str, outline: Sequence[dict[str, Any]], language: str
) -> str:
    """The page's HTML; the place after its title is left to `links`.

    Raises ValueError where the converter's HTML has no longer the parts that are known of it.
    """
    if START not in converted or END not in converted:
        raise ValueError(f"{slug}: mkdocs-jupyter made no {START} … {END}")
    inner = converted[converted.index(START) : converted.rindex(END)]
    soup = BeautifulSoup(inner, "html.parser")
    cells = soup.select(".jp-Notebook > .jp-Cell")
    _identify(soup, slug, outline, language)
    following = [*cells[1:], Tag(name="div")]
    parts = [_cell(cell, after, language) for cell, after in zip(cells, following, strict=True)]
    title, _, rest = "\n".join(parts).partition("</h1>")
    return f"{title}</h1>\n{place('notebook', slug)}\n{rest}"


def _cell(cell: Tag, after: Tag, language: str) -> str:
    """A markdown cell's HTML, or a code cell's source and then what it shows.

    Where it asks for guesses, fields for them, with what the cell after it shows.
    """
    if text := cell.select_one(".jp-MarkdownOutput"):
        for table in text.select("table"):
            table.wrap(Tag(name="div", attrs={"class": "md-typeset__scrollwrap"}))
        return typeset(text.decode_contents().strip())
    source = cell.select_one(".highlight-ipynb pre")
    if source is None:
        raise ValueError(f"mkdocs-jupyter made neither text nor code of a cell: {cell}")
    names = asked(source.get_text())
    answers = "\n".join(text.get_text() for text in after.select(".jp-OutputArea-output pre"))
    return fragment(
        "exercise_code.html",
        language,
        guesses=[*zip(names, measured(names, answers), strict=True)],
        code=source.decode_contents(),
        shown=[_output(output) for output in cell.select(".jp-OutputArea-output")],
        folded="celltag_reveal" in (cell.get("class") or ""),
    )


def _output(output: Tag) -> tuple[str, str]:
    """Its kind and HTML: text, or a figure inline, where it takes the page's colours."""
    if image := output.find("img", src=lambda source: (source or "").startswith(INLINE)):
        return "figure", base64.b64decode(str(image["src"]).removeprefix(INLINE)).decode("utf-8")
    text = output.find("pre")
    if text is None:
        raise ValueError(f"neither text nor a figure: {output}")
    return "text", text.decode_contents().rstrip()


def _identify(
    soup: BeautifulSoup, slug: str, outline: Sequence[dict[str, Any]], language: str
) -> None:
    """Gives each heading its id and a link to itself, the title apart, as on any page."""
    headings = soup.select(",".join(f".jp-MarkdownOutput {name}" for name in HEADINGS))
    if [int(heading.name[1]) for heading in headings] != [each["level"] for each in outline]:
        raise ValueError(f"{slug}: mkdocs-jupyter's headings are not the notebook's")
    for heading, entry in zip(headings, outline, strict=True):
        for anchor in heading.select(".anchor-link"):
            anchor.decompose()
        heading["id"] = entry["id"]
        link = {"class": "headerlink", "href": f"#{entry['id']}", "title": word("link", language)}
        heading.append(Tag(name="a", attrs=link))
        heading.select(".headerlink")[-1].string = "¶"
