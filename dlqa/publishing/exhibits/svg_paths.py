"""An SVG written short: one path for marks of a kind, each style once, no finer than an eye sees.

matplotlib writes six decimals of absolute coordinates and every mark's style; a tenth of a unit is
a sixth of a pixel as wide as a page shows a figure. Each point is rounded, not each step, so that
no error adds up along a path.
"""

import re
from xml.etree import ElementTree

from dlqa.publishing.exhibits.svg_marks import merge_marks

TOKEN = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?(?:e-?\d+)?")
PLACES = ("x", "y", "x1", "x2", "y1", "y2", "width", "height")
DEFINED, DRAWN = 2, 1  # decimals: a marker's shape is repeated and small
ALONE = re.compile(r"(?:^|;)\s*(?:opacity|clip-path|transform)")  # styles that no child inherits


def shorten(root: ElementTree.Element) -> None:
    """Rewrites every path, place and style below `root`; groups that say nothing are dissolved."""
    for group in root.iter():
        _share_style(group)
    _dissolve(root)
    defined = {id(each) for each in merge_marks(root)}
    for part in root.iter():
        if part.tag.endswith("}defs"):
            defined |= {id(each) for each in part.iter()}
    for element in root.iter():
        decimals = DEFINED if id(element) in defined else DRAWN
        if element.get("transform", "").startswith("rotate(-0 "):
            del element.attrib["transform"]
        if "d" in element.attrib:
            element.set("d", short_path(element.attrib["d"], decimals))
        for name in PLACES:
            if re.fullmatch(r"-?\d+\.\d+", element.get(name, "")):
                element.set(
                    name, _written(round(float(element.attrib[name]) * 10**decimals), decimals)
                )


def short_path(path: str, decimals: int) -> str:
    """The same path in relative commands; of its commands, M, L, C, Q and Z are known."""
    unit, out = 10**decimals, []
    here = start = (0, 0)  # in units
    tokens = TOKEN.findall(path)
    place = 0
    while place < len(tokens):
        command = tokens[place]
        count = {"M": 2, "L": 2, "C": 6, "Q": 4, "Z": 0, "z": 0}[command]
        points = [round(float(each) * unit) for each in tokens[place + 1 : place + 1 + count]]
        place += 1 + count
        if command in "Zz":
            out.append("z")
            here = start
            continue
        moved = [each - here[axis % 2] for axis, each in enumerate(points)]
        out.append(command.lower() + _joined(moved, decimals))
        here = (points[-2], points[-1])
        start = here if command == "M" else start
    return "".join(out)


def _joined(numbers: list[int], decimals: int) -> str:
    """Numbers with a blank only where no minus parts them."""
    text = ""
    for number in numbers:
        written = _written(number, decimals)
        text += written if not text or written.startswith("-") else f" {written}"
    return text


def _written(units: int, decimals: int) -> str:
    return (
        f"{units / 10**decimals:.{decimals}f}".rstrip("0").rstrip(".").replace("-0.", "-.") or "0"
    )


def _share_style(group: ElementTree.Element) -> None:
    """Moves the style that all children of a group have to the group."""
    styles = {child.get("style", "") for child in group}
    if not group.tag.endswith("}g") or len(group) < 2 or len(styles) > 1 or "style" in group.attrib:
        return
    (style,) = styles
    if style and not ALONE.search(style):
        group.set("style", style)
        for child in group:
            del child.attrib["style"]


def _dissolve(parent: ElementTree.Element) -> None:
    """Puts the children of groups without attributes in their place; drops what nobody sees."""
    children: list[ElementTree.Element] = []
    for child in list(parent):
        if child.tag.endswith("}path") and child.get("style") == "fill: none":
            continue
        _dissolve(child)
        children += list(child) if child.tag.endswith("}g") and not child.attrib else [child]
    parent[:] = children
