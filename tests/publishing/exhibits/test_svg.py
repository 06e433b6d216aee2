import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from dlqa.drawing.canvas import Drawing, band, dots, panels, rows
from dlqa.drawing.palette import INK, SERIES
from dlqa.publishing.exhibits.colours import THEME, standalone, style_sheet
from dlqa.publishing.exhibits.svg_drawing import render
from dlqa.publishing.sources.captions import Caption
from tests.publishing.svg_paths import ends

SVG = "{http://www.w3.org/2000/svg}"


def drawing() -> Drawing:
    """Every mark there is, in both scripts, with ink that matplotlib leaves unsaid."""
    samples = np.arange(6.0)
    figure, (above, below) = panels(["初始化 < 1", "Two"])
    band(above, np.arange(3.0), samples.reshape(2, 3), SERIES[0], label="值")
    dots(below, 0, samples, SERIES[0])  # circles
    rows(below, ["−1 行"])
    above.text(1, 2, "black", color="black", fontweight="bold")
    above.axhline(1, color="black")
    return Drawing(figure, {"samples": samples})


@pytest.fixture(scope="module")
def svg() -> str:
    return render(drawing(), "fig", "zh")


def ids(svg: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', svg)


def test_the_same_drawing_gives_the_same_bytes(svg: str) -> None:
    assert render(drawing(), "fig", "zh") == svg


def test_the_same_drawing_gives_the_same_bytes_in_another_process(svg: str) -> None:
    code = (
        "from tests.publishing.exhibits.test_svg import drawing, render;"
        "import sys; sys.stdout.buffer.write(render(drawing(), 'fig', 'zh').encode())"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)
    assert done.stdout.decode() == svg


def test_no_id_is_shared_by_two_figures_and_every_reference_leads_somewhere(svg: str) -> None:
    other = render(drawing(), "other", "zh")
    both = ids(svg) + ids(other)
    assert len(both) == len({*both})
    for text in (svg, other):
        used = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"|aria-\w+="([^"]+)"', text)
        assert len(used) > 3
        assert {"".join(each) for each in used} <= {*ids(text)}


def test_text_is_text_in_the_readers_font(svg: str) -> None:
    words = {"".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")}
    assert {"初始化 < 1", "Two", "值", "−1 行", "black"} <= words
    assert "font-family" not in svg
    assert "DejaVu" not in svg
    assert "font-size: 10px" in svg
    assert "font-weight: 700" in svg


def test_every_colour_is_a_variable_of_the_theme(svg: str) -> None:
    variables = {variable for variable, _, _ in THEME.values()}
    assert {*re.findall(r"var\((--[\w-]+), #\w+\)", svg)} <= variables
    bare = re.sub(r"var\([^)]*\)", "", svg)
    assert not re.search(
        r"#[0-9a-fA-F]{3,8}\b(?!\))", re.sub(r'url\(#[^)]*\)|href="[^"]*"', "", bare)
    )
    assert {*re.findall(r"(?:fill|stroke): ?([^;\"]+)", bare)} <= {"none", "", " "}


def test_black_is_ink_so_that_it_shows_in_the_dark(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    assert "fill: var(--figure-ink" in root.get("style", "")
    assert "stroke: var(--figure-ink" in svg


def test_a_colour_that_could_not_go_dark_is_refused() -> None:
    figure, (axes,) = panels(["T"])
    axes.axhline(1, color="#123456")
    with pytest.raises(ValueError, match=r"figure odd: colours that are not .*#123456"):
        render(Drawing(figure, {}), "odd", "en")


def test_title_and_description_are_there_for_who_cannot_see_it(svg: str) -> None:
    caption = Caption(
        "标题 &amp; <code>more</code>", '<p>What "is" seen</p>\n<p>and &lt; heard</p>'
    )
    root = ElementTree.fromstring(caption.told(svg))
    assert root.findtext(f"{SVG}title") == "标题 & more"
    assert root.findtext(f"{SVG}desc") == 'What "is" seen and < heard'
    assert (root.get("role"), root.get("lang")) == ("img", "zh")
    assert root.get("aria-labelledby") == root.find(f"{SVG}title").get("id")
    assert root.get("aria-describedby") == root.find(f"{SVG}desc").get("id")


def test_inline_it_sets_no_rule_for_the_page_around_it(svg: str) -> None:
    assert "<style" not in svg
    assert "stroke-linejoin: round" in svg


def test_it_grows_with_the_column(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox") == "0 0 360 380"
    assert root.get("width") is None
    assert root.get("height") is None


def test_coordinates_are_no_finer_than_a_screen(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    lines = [path.get("d", "") for path in root.iter(f"{SVG}path")]
    assert any(re.search(r"\d\.\d\b", line) for line in lines)
    marks = [line for line in lines if re.search(r"\.\d\d", line)]
    assert marks, "or circles have corners"
    for steps in re.findall(r"[cl]([^a-z]*)", "".join(marks)):  # each shape is small
        assert all(abs(float(step)) < 10 for step in re.findall(r"-?\d*\.?\d+", steps))
    assert "  " not in svg
    assert "-0 " not in "".join(lines)


def test_rounding_moves_nothing_that_can_be_seen() -> None:
    figure, (axes,) = panels(["T"])
    axes.plot([0, 1, 2], [0.123456, 0.654321, 0.3], color=INK)
    axes.set_title("0.123456")
    coarse = render(Drawing(figure, {}), "fine", "en")
    assert coarse.count("0.123456") == 1, "words are none of the coordinates"
    points = axes.lines[0].get_path().transformed(axes.transData).vertices
    expected = np.column_stack([points[:, 0], 190 - points[:, 1]])
    drawn = [ends(path) for path in re.findall(r'd="(m[^"]+)"', coarse)]
    found = [path for path in drawn if len(path) == len(points)][-1]
    np.testing.assert_allclose(found, expected, atol=0.0501)


def test_a_file_of_its_own_follows_light_and_dark(svg: str) -> None:
    text = standalone(svg)
    root = ElementTree.fromstring(text.encode())
    rules = root.findtext(f"{SVG}style") or ""
    light, dark = rules.split("@media(prefers-color-scheme:dark)")
    for variable, day, night in THEME.values():
        assert f"{variable}:{day}" in light
        assert f"{variable}:{night}" in dark


def test_the_pages_style_sheet_has_every_colour_light_and_dark() -> None:
    light, dark = style_sheet().split("[data-md-color-scheme=slate]")
    for variable, day, night in THEME.values():
        assert f"{variable}:{day};" in light
        assert f"{variable}:{night};" in dark


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


@pytest.mark.parametrize(("scheme", "ground"), [(1, "#ffffff"), (2, "#1e2129")])
def test_series_and_words_stand_out_from_the_ground(scheme: int, ground: str) -> None:
    for variable, *colours in THEME.values():
        if variable != "--figure-grid":
            bright, dim = sorted([luminance(colours[scheme - 1]), luminance(ground)])[::-1]
            assert (bright + 0.05) / (dim + 0.05) >= 4.5, variable
