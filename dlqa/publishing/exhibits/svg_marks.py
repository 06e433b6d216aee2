"""Marks of a figure as paths: all dots and ticks of one kind are one element, not one each.

matplotlib writes a mark's shape once and a `<use>` for every place. A browser builds a tree of its
own for each of them, hundreds a page, which a phone feels.
"""

import re
from xml.etree import ElementTree

SVG, LINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
USE, PATH, DEFS = (f"{{{SVG}}}{tag}" for tag in ("use", "path", "defs"))
PAIR = re.compile(r"(-?[\d.]+(?:e-?\d+)?) (-?[\d.]+(?:e-?\d+)?)")
SMALL = 10  # units of the figure, from the shape's middle
LINE = re.compile(r"\s*M \S+ \S+\s+L \S+ \S+\s*")  # from one point to another


def merge_marks(root: ElementTree.Element) -> list[ElementTree.Element]:
    """Siblings that are the same shape or a straight line, in the same style, become one path.

    It stands where the first of them stood; shapes that nothing uses any more are dropped. Returns
    the paths of small shapes, which want finer coordinates than lines.
    """
    made: list[ElementTree.Element] = []
    shapes = {
        each.attrib["id"]: each
        for defs in root.iter(DEFS)
        for each in defs.iter(PATH)
        if "id" in each.attrib
    }
    for parent in list(root.iter()):
        if parent.tag != DEFS:
            made += _merge(parent, shapes)
    _drop_unused(root, shapes)
    return made


def _merge(
    parent: ElementTree.Element, shapes: dict[str, ElementTree.Element]
) -> list[ElementTree.Element]:
    first: dict[tuple[object, ...], ElementTree.Element] = {}
    children = []
    for child in parent:
        path = _as_path(child, shapes)
        if path is None:
            children.append(child)
            continue
        kind = (child.get(f"{{{LINK}}}href"), *sorted((k, v) for k, v in path.items() if k != "d"))
        if kind in first:
            first[kind].set("d", f"{first[kind].attrib['d']} {path.attrib['d']}")
        else:
            first[kind] = path
            children.append(path)
    parent[:] = children
    return [path for kind, path in first.items() if kind[0] and _is_small(shapes[str(kind[0])[1:]])]


def _as_path(
    child: ElementTree.Element, shapes: dict[str, ElementTree.Element]
) -> ElementTree.Element | None:
    """What a child draws as a path of its own; None where it is to stay as it is."""
    if child.tag == PATH and LINE.fullmatch(child.get("d", "")):
        return child
    shape = shapes.get(child.get(f"{{{LINK}}}href", "")[1:]) if child.tag == USE else None
    if shape is None:
        return None
    kept = {k: v for k, v in child.items() if k not in ("x", "y", f"{{{LINK}}}href")}
    # what a shape says of itself counts before what the place says that uses it
    kept["style"] = "; ".join(filter(None, (child.get("style"), shape.get("style"))))
    x, y = (round(float(child.get(axis, "0")), 1) for axis in "xy")
    moved = PAIR.sub(lambda at: f"{float(at[1]) + x:.6f} {float(at[2]) + y:.6f}", shape.attrib["d"])
    return ElementTree.Element(PATH, {**kept, "d": moved})


def _is_small(shape: ElementTree.Element) -> bool:
    return all(
        abs(float(each)) <= SMALL for pair in PAIR.findall(shape.attrib["d"]) for each in pair
    )


def _drop_unused(root: ElementTree.Element, shapes: dict[str, ElementTree.Element]) -> None:
    used = {each.get(f"{{{LINK}}}href", "")[1:] for each in root.iter(USE)}
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == DEFS:
                for shape in [each for each in child if each.get("id") in shapes.keys() - used]:
                    child.remove(shape)
                if not len(child):
                    parent.remove(child)
