"""SVG of matplotlib's that follows the page: CSS variables for colours, text as text."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from dlqa.drawing.canvas import WIDTH
from dlqa.drawing.palette import INK
from dlqa.publishing.exhibits.colours import THEME
from dlqa.publishing.exhibits.svg_paths import shorten

SVG = "http://www.w3.org/2000/svg"
LINK = "http://www.w3.org/1999/xlink"
WORD = re.compile("[a-z]{2}")  # and not a symbol, such as IoU


def render_shown(
    svg: str, name: str, description: str, language: str, words: Mapping[str, str]
) -> str:
    """An SVG that a notebook shows, in the same way; `words` are the language's for the code's.

    The description is all that is said of it. It takes the share of the column that its width is of a
    figure's, so that text keeps its size. Raises ValueError where words are given and one that is
    drawn is none of them, or one of them is not drawn.
    """
    root = bare(svg)
    _check_said(root, words)
    share = float(root.attrib["viewBox"].split()[2]) / WIDTH
    for attribute, given in {"role": "img", "lang": language, "aria-label": description}.items():
        root.set(attribute, given)
    root.set("style", f"{root.get('style')}; width: {share:.0%}")
    return written(root, name)


def _check_said(root: ElementTree.Element, words: Mapping[str, str]) -> None:
    if not words:
        return
    texts = [each for each in root.iter() if each.tag in (f"{{{SVG}}}text", f"{{{SVG}}}tspan")]
    drawn = {(each.text or "").strip() for each in texts}
    if unsaid := sorted(each for each in drawn - {*words.values()} if WORD.search(each)):
        raise ValueError(f"it draws words that are not among those given: {', '.join(unsaid)}")
    if strange := sorted(word for word, said in words.items() if said not in drawn):
        raise ValueError(f"words are given for what it does not draw: {', '.join(strange)}")


def bare(svg: str) -> ElementTree.Element:
    """An SVG of matplotlib's without its size, its date and its maker."""
    root = ElementTree.fromstring(svg)
    for metadata in root.findall(f"{{{SVG}}}metadata"):
        root.remove(metadata)
    for attribute in ("width", "height"):
        root.attrib.pop(attribute, None)
    _inherit(root)
    return root


def written(root: ElementTree.Element, name: str) -> str:
    _rename(root, name)
    shorten(root)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", LINK)
    text = ElementTree.tostring(root, encoding="unicode")
    return re.sub(r"\s*\n\s*", "\n", _themed(text, name))


def _rename(root: ElementTree.Element, name: str) -> None:
    """Drops ids that nothing refers to and prefixes the others with the figure's name."""
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


def _inherit(root: ElementTree.Element) -> None:
    """Sets what holds for all once, on the root: ink, line joins; text takes the page's font."""
    root.set("style", f"fill: {INK}; stroke-linejoin: round")  # matplotlib writes no fill for black
    definitions = root.find(f"{{{SVG}}}defs")
    if definitions is not None and definitions.find(f"{{{SVG}}}style") is not None:
        root.remove(definitions)  # inline, its rule for `*` would reach the whole page
    for text in root.iter(f"{{{SVG}}}text"):
        style = re.sub(r"font: (.*?)([\d.]+px) [^;]+", r"font-size: \2", text.get("style", ""))
        text.set("style", re.sub(r"font-family: [^;]+; ?", "", style))


def _themed(svg: str, name: str) -> str:
    """Placeholders as CSS variables. Raises ValueError for a colour that could not go dark."""
    svg = svg.replace("#000000", INK)
    if strange := sorted({*re.findall(r"#[0-9a-f]{6}\b", svg)} - {*THEME}):
        raise ValueError(f"figure {name}: colours that are not the palette's: {strange}")
    for placeholder, (variable, light, _) in THEME.items():
        svg = svg.replace(placeholder, f"var({variable}, {light})")
    return svg
