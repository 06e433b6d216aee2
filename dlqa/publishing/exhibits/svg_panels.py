"""Panels of a drawing as groups of their own: a page sets them side by side where it is wide.

Each carries how far it then moves, in the drawing's units, and the drawing the proportions that it
then has; nothing of it counts in a file of its own.
"""

from xml.etree import ElementTree

from matplotlib.figure import Figure

from dlqa.drawing.canvas import PIXELS

ABREAST = {1: 2, 2: 3}  # panels in a row of a wide page, by how many there are in a narrow one's


def part_panels(root: ElementTree.Element, figure: Figure) -> None:
    """Marks each panel and the whole; a figure of one row stays as it is."""
    count = len(figure.axes)
    if count < 2:
        return
    tops = [round(axes.get_position().y1, 6) for axes in figure.axes]
    across = tops.count(tops[0])
    down, most = -(-count // across), min(count, max(across, ABREAST.get(across, across)))
    width, height = (PIXELS * float(each) for each in figure.get_size_inches())
    cell = width / across, height / down
    if most == across:
        return
    for place, axes in enumerate(_axes(root, count)):
        (row, column), (line, at) = divmod(place, across), divmod(place, most)
        axes.set("class", "panel")
        axes.set("style", f"--x: {(at - column) * cell[0]:g}px; --y: {(line - row) * cell[1]:g}px")
    root.set("class", "panels" if across == 1 else "panels panels--pairs")
    proportions = f"{width:g} / {-(-count // most) * cell[1]:g}"
    shape = f"--proportions: {proportions}; --share: {across / most:.4g}"
    root.set("style", f"{root.get('style')}; {shape}")


def _axes(root: ElementTree.Element, count: int) -> list[ElementTree.Element]:
    named = {each.get("id"): each for each in root.iter()}
    return [named[f"axes_{place + 1}"] for place in range(count)]
