"""A figure's SVG written short shows the same."""

import random
from xml.etree import ElementTree

import pytest

from dlqa.publishing.exhibits.svg_paths import short_path, shorten
from tests.publishing.svg_paths import ends

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("decimals", [1, 2])
def test_no_error_adds_up_along_a_path(decimals: int) -> None:
    draw = random.Random(0)
    points = [(draw.uniform(-400, 400), draw.uniform(-400, 400)) for _ in range(300)]
    path = "M " + "  L ".join(f"{x:.6f} {y:.6f}" for x, y in points) + " "
    for (x, y), (a, b) in zip(points, ends(short_path(path, decimals)), strict=True):
        assert abs(x - a) <= 0.51 / 10**decimals
        assert abs(y - b) <= 0.51 / 10**decimals


def test_curves_and_closed_paths_keep_their_ends() -> None:
    path = "M 0 1.5  C 0.397805 1.5 0.779 1.342 1.06 1.06  Q 2 2 3.004 -4  z  L 10 10"
    found = [each for point in ends(short_path(path, 2)) for each in point]
    assert found == pytest.approx([0, 1.5, 1.06, 1.06, 3, -4, 0, 1.5, 10, 10])


def test_an_unknown_command_is_no_path() -> None:
    with pytest.raises(KeyError):
        short_path("M 0 0 A 1 1 0 0 0 2 2", 1)


def shortened(inner: str) -> ElementTree.Element:
    root = ElementTree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>')
    shorten(root)
    return root


def test_a_style_that_all_of_a_group_have_is_said_once() -> None:
    root = shortened('<g><rect x="1.26" style="fill: red"/><rect x="2" style="fill: red"/></g>')
    (group,) = root
    assert group.get("style") == "fill: red"
    assert [(mark.get("x"), mark.get("style")) for mark in group] == [("1.3", None), ("2", None)]


@pytest.mark.parametrize("style", ["opacity: 0.5", "fill: red; opacity: 0.5"])
def test_a_style_that_is_not_inherited_stays_where_it_is(style: str) -> None:
    root = shortened(f'<g><rect style="{style}"/><rect style="{style}"/></g>')
    assert [mark.get("style") for mark in root.iter(f"{SVG}rect")] == [style, style]


def test_groups_that_say_nothing_are_dissolved_and_others_stay() -> None:
    root = shortened('<g><g clip-path="url(#a)"><use/></g><text>x</text></g>')
    assert [child.tag for child in root] == [f"{SVG}g", f"{SVG}text"]


def test_a_markers_shape_is_finer_than_what_it_marks() -> None:
    root = shortened('<defs><path d="M 0.123 0"/></defs><path d="M 0.123 0"/>')
    assert [path.get("d") for path in root.iter(f"{SVG}path")] == ["m0.12 0", "m0.1 0"]
