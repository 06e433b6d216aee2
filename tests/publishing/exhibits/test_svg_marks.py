"""Marks of a kind as one path show what their uses showed."""

from xml.etree import ElementTree

from dlqa.publishing.exhibits.svg_marks import merge_marks

SVG = "{http://www.w3.org/2000/svg}"


def merged(inner: str) -> tuple[ElementTree.Element, list[ElementTree.Element]]:
    namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    root = ElementTree.fromstring(f"<svg {namespaces}>{inner}</svg>")
    return root, merge_marks(root)


DOT = '<defs><path id="a" d="M 0 -1 C 1 -1 1 1 0 1 z" style="stroke: red"/></defs>'


def test_uses_of_a_shape_become_one_path_where_the_first_stood() -> None:
    root, made = merged(
        f'{DOT}<use xlink:href="#a" x="10" y="20" style="fill: red"/><text>between</text>'
        '<use xlink:href="#a" x="30" y="40" style="fill: red"/>'
    )
    assert [child.tag for child in root] == [f"{SVG}path", f"{SVG}text"]
    assert made == [root[0]]
    first, second = root[0].attrib["d"].split("z")[:2]
    assert first.startswith("M 10.000000 19.000000 C 11.000000 19.000000")
    assert second.strip().startswith("M 30.000000 39.000000")
    assert root[0].attrib["style"] == "fill: red; stroke: red"  # the shape's own counts


def test_what_a_shape_says_of_itself_counts_before_what_its_use_says() -> None:
    root, _ = merged(f'{DOT}<use xlink:href="#a" style="stroke: blue"/>')
    assert root[0].attrib["style"] == "stroke: blue; stroke: red"


def test_other_styles_and_other_groups_stay_apart() -> None:
    root, made = merged(
        f'{DOT}<use xlink:href="#a" style="fill: red"/><use xlink:href="#a" style="fill: blue"/>'
        '<g clip-path="url(#c)"><use xlink:href="#a" style="fill: red"/></g>'
    )
    assert len(made) == len(list(root.iter(f"{SVG}path"))) == 3


def test_straight_lines_of_a_style_are_one_path_and_curves_keep_theirs() -> None:
    root, made = merged(
        '<path d="M 0 0 L 1 1" style="s"/><path d="M 5 5 L 6 6" style="s"/>'
        '<path d="M 0 0 L 1 1 L 2 0" style="s"/><path d="M 0 0 L 1 1" style="t"/>'
    )
    assert [path.attrib["d"] for path in root] == [
        "M 0 0 L 1 1 M 5 5 L 6 6",
        "M 0 0 L 1 1 L 2 0",
        "M 0 0 L 1 1",
    ]
    assert made == []


def test_a_shape_is_dropped_when_nothing_uses_it_and_a_clip_is_not() -> None:
    clip = '<defs><clipPath id="c"><rect/></clipPath></defs>'
    root, _ = merged(f'{DOT}{clip}<use xlink:href="#a"/>')
    assert root.find(f"{SVG}defs/{SVG}clipPath") is not None
    assert not list(root.iter(f"{SVG}use"))
    assert [path.get("id") for path in root.iter(f"{SVG}path")] == [None]


def test_a_use_of_something_unknown_stays() -> None:
    root, made = merged('<use xlink:href="#elsewhere" x="1"/>')
    assert [child.tag for child in root] == [f"{SVG}use"]
    assert made == []
