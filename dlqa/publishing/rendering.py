"""From a drawing to SVG that follows the page: CSS variables for colours, text as text."""

import re
import warnings
from io import StringIO
from xml.etree import ElementTree

import matplotlib
from matplotlib.figure import Figure

from dlqa.drawing.canvas import Drawing
from dlqa.publishing.theme import THEME

SVG = "http://www.w3.org/2000/svg"
LINK = "http://www.w3.org/1999/xlink"


def render(drawing: Drawing, name: str, language: str) -> str:
    """The drawing as one `<svg>` element; the same drawing gives the same bytes.

    Ids carry the figure's name, so that several figures can stand inline on one page.
    """
    root = ElementTree.fromstring(_raw(drawing.figure, name))
    for metadata in root.findall(f"{{{SVG}}}metadata"):
        root.remove(metadata)
    for attribute in ("width", "height"):
        root.attrib.pop(attribute, None)
    _describe(root, drawing, name, language)
    _rename(root, name)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", LINK)
    text = ElementTree.tostring(root, encoding="unicode")
    for placeholder, (variable, light, _) in THEME.items():
        text = text.replace(placeholder, f"var({variable}, {light})")
    return re.sub(r"\s*\n\s*", "\n", text)


def _raw(figure: Figure, name: str) -> str:
    settings = {"svg.fonttype": "none", "svg.hashsalt": name, "axes.unicode_minus": True}
    out = StringIO()
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        # The reader's browser has the Chinese glyphs; the building machine needs none.
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        figure.savefig(out, format="svg", metadata={"Date": None}, transparent=True)
    return out.getvalue()


def _describe(root: ElementTree.Element, drawing: Drawing, name: str, language: str) -> None:
    title = ElementTree.Element(f"{{{SVG}}}title", id=f"{name}-title")
    title.text = drawing.title
    description = ElementTree.Element(f"{{{SVG}}}desc", id=f"{name}-description")
    description.text = drawing.description
    root.insert(0, title)
    root.insert(1, description)
    root.set("role", "img")
    root.set("lang", language)
    root.set("aria-labelledby", f"{name}-title")
    root.set("aria-describedby", f"{name}-description")


def _rename(root: ElementTree.Element, name: str) -> None:
    """Drops ids that nothing refers to, prefixes the others, and lets text inherit its font."""
    text = ElementTree.tostring(root, encoding="unicode")
    used = set(re.findall(r"url\(#([^)]+)\)", text)) | set(re.findall(r'href="#([^"]+)"', text))
    for element in root.iter():
        identity = element.get("id")
        if identity in used:
            element.set("id", f"{name}-{identity}")
        elif identity is not None and not identity.startswith(f"{name}-"):
            del element.attrib["id"]
        for key, value in list(element.attrib.items()):
            if key == f"{{{LINK}}}href" and value.startswith("#"):
                element.set(key, f"#{name}-{value[1:]}")
            elif "url(#" in value:
                element.set(key, value.replace("url(#", f"url(#{name}-"))
            elif key == "style" and "font" in value:
                element.set(key, re.sub(r"font: (\S+) [^;]+", r"font-size: \1", value))
