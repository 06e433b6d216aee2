"""Figures as files: what is written, and that everything wrong is told with figure and setting."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from dlqa.drawing.canvas import Drawing, panels
from dlqa.drawing.labelled import band_of, strip
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Draw, Live, Setting
from dlqa.drawing.palette import SERIES
from dlqa.evidence.values import Values, value
from dlqa.publishing.exhibits.columns import write_columns
from dlqa.publishing.exhibits.figure_files import FigureError, write_figures
from dlqa.publishing.telling import told

RECORD = xr.Dataset(
    {"accuracy": (("rate", "seed", "step"), np.linspace(0.5, 1, 24).reshape(2, 4, 3))},
    {"rate": [0.1, 0.2], "seed": range(4), "step": [0, 10, 20]},
)
TABLES = {
    "axis": {"step": "step"},
    "control": {"rate": "Rate", "side": "Side"},
    "rate": {"each": "{}"},
    "side": {"each": "{}"},
}
LABELS = {
    "en": Labels("en", TABLES),
    "zh": Labels("zh", {**TABLES, "axis": {"step": "步"}}),
}
RATE = Control("rate", ("0.1", "0.2"), "0.1", scale=True)


def draw(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    figure, (axes,) = panels(["Accuracy"])
    chosen = record.accuracy.sel(rate=float(setting["rate"]))
    columns = band_of(axes, chosen, SERIES[0], "accuracy")
    axes.set_xlabel(labels("axis", "step"))
    return Drawing(figure, {"step": record.step.values, **columns})


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    return {"last": value(record.accuracy.sel(rate=float(setting["rate"]), step=20).mean())}


LIVE = Live((RATE,), draw, numbers)


def write(folder: Path, live: Live = LIVE, record: xr.Dataset = RECORD) -> None:
    write_figures({"curves": live.still}, {"curves": live}, record, LABELS, folder)


def stopped(folder: Path, live: Live = LIVE, record: xr.Dataset = RECORD) -> str:
    with pytest.raises(FigureError) as error:
        write(folder, live, record)
    return str(error.value)


def still(folder: Path, draw: Draw, name: str = "still") -> str:
    with pytest.raises(FigureError) as error:
        write_figures({name: draw}, {}, RECORD, LABELS, folder)
    return str(error.value)


def test_every_setting_is_written_in_every_language_the_default_under_the_figures_name(
    tmp_path: Path,
) -> None:
    write(tmp_path)
    drawn = [f"{name}.{end}" for name in ("curves", "curves.0.2") for end in ("csv", "json")]
    drawn += [f"{name}.{each}.svg" for name in ("curves", "curves.0.2") for each in LABELS]
    more = ["curves.controls.json", "curves.settings.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*drawn, *more])
    assert "步" in (tmp_path / "curves.zh.svg").read_text("utf-8")
    assert "步" not in (tmp_path / "curves.en.svg").read_text("utf-8")


def test_a_drawing_has_places_for_words_and_none_of_them(tmp_path: Path) -> None:
    write(tmp_path)
    svg = (tmp_path / "curves.0.2.en.svg").read_text("utf-8")
    assert '<title id="curves-title" /><desc id="curves-description" />' in svg


def test_the_numbers_of_every_setting_stand_beside_the_figure(tmp_path: Path) -> None:
    write(tmp_path)
    found = json.loads((tmp_path / "curves.settings.json").read_text("utf-8"))
    assert found["0.2"] == {"last": {"number": pytest.approx(0.9022, abs=1e-4), "text": "0.902"}}
    assert list(found) == ["0.1", "0.2"]
    (control,) = json.loads((tmp_path / "curves.controls.json").read_text("utf-8"))
    assert control["label"] == {"en": "Rate", "zh": "Rate"}
    assert control["options"][1] == {"id": "0.2", "label": {"en": "0.2", "zh": "0.2"}}


def test_columns_of_unequal_length_end_in_blanks(tmp_path: Path) -> None:
    columns = {"long": [1, 2, 3], "short": np.array([0.5]), "holes": [np.nan, 1 / 3, np.nan]}
    write_columns(tmp_path / "data.csv", columns)
    lines = (tmp_path / "data.csv").read_text("utf-8").splitlines()
    assert lines == ["long,short,holes", "1,0.5,", "2,,0.333333", "3,,"]
    found = json.loads((tmp_path / "data.json").read_text("utf-8"))
    assert found == {"long": [1, 2, 3], "short": [0.5], "holes": [None, 0.333333, None]}


@pytest.mark.parametrize("column", [[], [np.nan, np.nan], [np.inf]])
def test_a_column_without_a_number_stops_with_the_figures_name(
    tmp_path: Path, column: list[float]
) -> None:
    def empty(_record: xr.Dataset, _labels: Labels) -> Drawing:
        return Drawing(panels(["T"])[0], {"whole": [1.0], "none": column})

    assert still(tmp_path, empty) == "figure 'still': column 'none' holds no number; was it run?"


@pytest.mark.parametrize(
    ("x", "column"), [([1, 2], [1.0, 2.0, 3.0]), ([1, 2], [[1.0], [2.0, 3.0]]), ("ab", 1)]
)
def test_data_that_cannot_be_drawn_are_told_with_figure_and_setting(
    tmp_path: Path, x: object, column: object
) -> None:
    """As by matplotlib and numpy, whose words name neither."""

    def uneven(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
        drawing = draw(record, labels, setting)
        if setting != LIVE.default:
            drawing.figure.axes[0].plot(x, column)
        return drawing

    with pytest.raises((ValueError, TypeError)) as error:
        write(tmp_path, replace(LIVE, draw=uneven))
    assert "(in setting 0.2)" in told(error.value)
    assert "(in figure 'curves')" in told(error.value)


def test_a_datum_outside_its_panel_stops_with_figure_and_setting(tmp_path: Path) -> None:
    def narrow(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
        drawing = draw(record, labels, setting)
        drawing.figure.axes[0].set_ylim(0.4, 0.8)
        return drawing

    said = stopped(tmp_path, replace(LIVE, draw=narrow)).splitlines()
    assert said
    for line in said:
        assert line.startswith("figure 'curves': setting 0.2: panel 'Accuracy': a ")
        assert line.endswith("lies outside y 0.4 to 0.8")


NOT_RUN = RECORD.where(RECORD.rate != 0.2)


@pytest.mark.parametrize(
    ("live", "record", "says"),
    [
        (replace(LIVE, controls=()), RECORD, "figure 'curves': it has no control"),
        (
            replace(LIVE, controls=(RATE, RATE)),
            RECORD,
            "figure 'curves': two of its controls have the same id",
        ),
        (
            replace(LIVE, controls=(replace(RATE, default="0.3"),)),
            RECORD,
            "figure 'curves': control 'rate': unknown default '0.3'; options: 0.1, 0.2",
        ),
        (
            replace(LIVE, controls=(RATE, Control("side", ("heads",), "heads"))),
            RECORD,
            "figure 'curves': control 'side' has 1 option; expected two or more",
        ),
        (
            replace(LIVE, controls=(RATE, Control("side", ("Left", "r"), "r"))),
            RECORD,
            "figure 'curves': control 'side': ids other than of lower-case letters, digits, dots: Left",
        ),
        (
            replace(LIVE, controls=(Control("side", ("settings", "x"), "x"),)),
            RECORD,
            "figure 'curves': control 'side': ids that names of other files have: settings",
        ),
        (
            replace(LIVE, controls=(RATE, Control("size", ("s", "l"), "s"))),
            RECORD,
            "figure 'curves': control 'size': no word for 'size' in [control] of words.en.toml",
        ),
        (
            replace(LIVE, controls=(RATE, Control("side", tuple(map(str, range(21))), "0"))),
            RECORD,
            "figure 'curves': 42 settings; expected 40 at most",
        ),
        (
            replace(LIVE, controls=(replace(RATE, options=("0.1", "0.2", "0.4")),)),
            RECORD,
            "figure 'curves': setting 0.4: it asks for what is not there: ",
        ),
        (LIVE, NOT_RUN, "figure 'curves': setting 0.2: its number 'last' is nan; was it run?"),
        (
            replace(LIVE, numbers=lambda _r, _s: {}),
            NOT_RUN,
            "figure 'curves': setting 0.2: it asks for what is not there: accuracy: nothing was run",
        ),
        (
            replace(LIVE, numbers=lambda _r, s: {s["rate"]: value(1)}),
            RECORD,
            "figure 'curves': setting 0.2: its numbers are 0.2; another setting's 0.1",
        ),
        (
            replace(LIVE, numbers=lambda _r, _s: {"rate": value(1)}),
            RECORD,
            "figure 'curves': setting 0.1: numbers that have a control's name: rate",
        ),
    ],
)
def test_what_is_wrong_is_told_with_figure_and_setting(
    tmp_path: Path, live: Live, record: xr.Dataset, says: str
) -> None:
    assert says in stopped(tmp_path, live, record)


def test_a_setting_of_another_size_is_refused(tmp_path: Path) -> None:
    def grown(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
        drawing = draw(record, labels, setting)
        drawing.figure.set_size_inches(5, 2 + float(setting["rate"]))
        return drawing

    assert stopped(tmp_path, replace(LIVE, draw=grown)) == (
        "figure 'curves': setting 0.2: 360 × 158.4 pixels; expected 360 × 151.2 pixels like its "
        "default, or the page would jump"
    )


def test_a_word_that_a_language_lacks_is_told_with_the_figure(tmp_path: Path) -> None:
    def wordless(_record: xr.Dataset, labels: Labels) -> Drawing:
        return Drawing(panels([labels("axis", "height")])[0], {"x": [1.0]})

    assert still(tmp_path, wordless) == (
        "figure 'still': it asks for what is not there: "
        "no word for 'height' in [axis] of words.en.toml"
    )


def test_a_row_that_was_not_run_is_told(tmp_path: Path) -> None:
    def rows(record: xr.Dataset, _labels: Labels) -> Drawing:
        figure, (axes,) = panels(["T"])
        samples = {"b": record.accuracy.sel(rate=0.1, step=20) * np.nan}
        return Drawing(figure, strip(axes, samples, {"b": SERIES[0]}, {"b": "b"}))

    assert "asks for what is not there: b: nothing was run of it" in still(tmp_path, rows)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    def fails(why: str) -> Callable[[xr.Dataset, Labels], Drawing]:
        def draw(_record: xr.Dataset, _labels: Labels) -> Drawing:
            raise KeyError(why)

        return draw

    with pytest.raises(FigureError) as error:
        write_figures({"a": fails("this"), "b": fails("that")}, {}, RECORD, LABELS, tmp_path)
    assert [line.split(": ")[0] for line in str(error.value).splitlines()] == [
        "figure 'a'",
        "figure 'b'",
    ]
