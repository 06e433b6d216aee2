"""A question's drawing as SVG: panels to be set apart, what can be read out, a place for words."""

import json
import warnings
from io import StringIO
from xml.etree import ElementTree

import matplotlib
from matplotlib.figure import Figure

from dlqa.drawing.canvas import Drawing
from dlqa.publishing.exhibits.powers import plain_powers
from dlqa.publishing.exhibits.readings import readings
from dlqa.publishing.exhibits.svg import SVG, bare, written
from dlqa.publishing.exhibits.svg_panels import part_panels


def render(drawing: Drawing, name: str, language: str) -> str:
    """The drawing as one `<svg>` element; the same drawing gives the same bytes.

    Ids carry the figure's name, so that several figures can stand inline on one page. Title and
    description are empty: a page's caption fills them.
    """
    plain_powers(drawing.figure)
    root = bare(_raw(drawing.figure, name))
    part_panels(root, drawing.figure)
    _leave_place(root, name, language)
    if read := readings(drawing):
        metadata = ElementTree.Element(f"{{{SVG}}}metadata")
        metadata.text = json.dumps(read, ensure_ascii=False, separators=(",", ":"))
        root.insert(2, metadata)
    return written(root, name)


def _raw(figure: Figure, name: str) -> str:
    out = StringIO()
    with (
        matplotlib.rc_context(
            {"svg.fonttype": "none", "svg.hashsalt": name, "axes.unicode_minus": True}
        ),
        warnings.catch_warnings(),
    ):
        # The reader's browser has the Chinese glyphs; the building machine needs none.
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        figure.savefig(out, format="svg", metadata={"Date": None}, transparent=True)
    return out.getvalue()


def _leave_place(root: ElementTree.Element, name: str, language: str) -> None:
    """The places of title and description, and that they speak for the drawing."""
    root.insert(0, ElementTree.Element(f"{{{SVG}}}title", id=f"{name}-title"))
    root.insert(1, ElementTree.Element(f"{{{SVG}}}desc", id=f"{name}-description"))
    root.set("role", "img")
    root.set("lang", language)
    root.set("aria-labelledby", f"{name}-title")
    root.set("aria-describedby", f"{name}-description")
