"""A figure on a page: the drawing, what it shows in words, its data, command and receipt."""

from dlqa.publishing.fragments import fragment
from dlqa.publishing.pages.controls import controls_form
from dlqa.publishing.sources.library import Library


def figure_html(library: Library, slug: str, name: str, root: str) -> str:
    """The figure of that name; `root` leads from the page to the site's root."""
    results, caption = library.published[slug], library.captions[slug][name]
    return fragment(
        "figure.html",
        library.language,
        slug=slug,
        name=name,
        root=root,
        drawing=library.drawing(slug, name),
        caption=caption,
        controls=controls_form(results, name, caption, library.language),
        receipt=results.receipt,
    )
