"""A figure on a page: the drawing, what it shows in words, its data, command and receipt."""

from html import escape

from dlqa.publishing.pages.controls import controls_form
from dlqa.publishing.sources.library import Library
from dlqa.publishing.store.results import Published
from dlqa.publishing.words import word

RECEIPT = ("machine", "versions", "duration", "when", "commit")


def figure_html(library: Library, slug: str, name: str, root: str) -> str:
    """The figure of that name; `root` leads from the page to the site's root."""
    results, language = library.published[slug], library.language
    caption = library.captions[slug][name]
    return (
        f'<figure class="evidence-figure" id="figure-{name}">'
        f'<div class="evidence-figure__drawing" data-search-exclude>'
        f"{library.drawing(slug, name)}{controls_form(results, name, caption, language)}</div>"
        f'<figcaption><p class="evidence-figure__title">{caption.title}</p>'
        f"{_tools(slug, name, language, root)}"
        f"<details><summary>{word('describe', language)}</summary>"
        f'<div class="evidence-figure__description">{caption.description}</div></details>'
        f"{_receipt(results, name, language)}</figcaption></figure>"
    )


def command(slug: str, name: str, language: str) -> str:
    """What draws the figure again from an installed package."""
    return f"dlqa figures {slug} --figure {name} --language {language}"


def _tools(slug: str, name: str, language: str, root: str) -> str:
    """A button that a script brings to life, and the figure and its numbers as files."""
    files = {
        "SVG": f"figures/{slug}/{name}.{language}.svg",
        "JSON": f"data/{slug}/{name}.json",
        "CSV": f"data/{slug}/{name}.csv",
    }
    links = "".join(f'<a href="{root}{path}" download>{kind}</a>' for kind, path in files.items())
    button = (
        f'<button type="button" data-close="{word("close", language)}" hidden>'
        f"{word('enlarge', language)}</button>"
    )
    return f'<p class="links" data-search-exclude>{button}{links}</p>'


def _receipt(results: Published, name: str, language: str) -> str:
    """How to draw it again, and on what its numbers were measured."""
    entries = {key: escape(str(entry)) for key, entry in results.receipt.items()}
    rows = "".join(
        f"<dt>{word(row, language)}</dt><dd>{word(f'its {row}', language, **entries)}</dd>"
        for row in RECEIPT
    )
    return (
        f'<details class="receipt" data-search-exclude><summary>{word("redraw", language)}</summary>'
        f"<pre><code>{command(results.slug, name, language)}</code></pre>"
        f"<dl>{rows}</dl></details>"
    )
