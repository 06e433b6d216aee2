"""A figure on a page: the drawing, what it shows in words, its data, command and receipt.

Its ids and the names of its controls, which addresses hold, are the figure's name on the page of its
question; on any other page the question's stands before it, for another may have one so called.
"""

import re

from dlqa.publishing.fragments import fragment
from dlqa.publishing.pages.controls import controls_form
from dlqa.publishing.sources.library import Library
from dlqa.publishing.sources.ways import citing

PANELS = re.compile(r'<svg\b(?=[^>]* class="panels)')


def figure_html(library: Library, slug: str, name: str, page: str, root: str) -> str:
    """The figure of that name on the page called so; `root` leads from it to the site's root."""
    identity = name if page == slug else f"{slug}-{name}"
    results, caption = library.published[slug], library.captions[slug][name]
    return fragment(
        "figure.html",
        library.language,
        slug=slug,
        name=name,
        identity=identity,
        root=root,
        claims=citing(library.sources[slug]).get(name, []) if page == slug else [],
        drawing=_placed(library.drawing(slug, name), name, identity),
        caption=caption,
        controls=controls_form(results, name, identity, caption, library.language),
        receipt=results.receipt,
    )


def _placed(svg: str, name: str, identity: str) -> str:
    """The drawing with other ids; those of its file begin with the figure's name.

    One of several panels keeps its scale where the page sets them side by side, beyond its box.
    """
    svg = PANELS.sub('<svg preserveAspectRatio="xMinYMin slice"', svg, count=1)
    return re.sub(rf'(?<=["#]){re.escape(name)}-', f"{identity}-", svg)
