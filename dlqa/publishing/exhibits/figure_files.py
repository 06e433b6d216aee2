"""A page's figures as files: an SVG a language, a caption and the numbers drawn, as CSV and JSON.

The default setting of a live figure is the figure itself, `curves.zh.svg` and `curves.csv`; any
other stands beside it, the ids of its options in its name: `curves.0.1-adam.zh.svg`.
"""

import csv
import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from dlqa.drawing.canvas import Drawing
from dlqa.drawing.live import Live
from dlqa.publishing.exhibits.live_grids import Lives, check_size, setting_name
from dlqa.publishing.exhibits.svg import render
from dlqa.publishing.languages import LANGUAGES
from dlqa.publishing.store.results import CAPTION, CONTROLS

Drawn = Mapping[str, Drawing]  # a language's code -> a figure in it


def write_figures(
    figures: Mapping[str, Callable[[Any, str], Drawing]],
    lives: Lives,
    record: object,
    folder: Path,
) -> None:
    """Writes every figure, those that are live in each of their settings."""
    for name, draw in figures.items():
        drawn = {language: draw(record, language) for language in LANGUAGES}
        _write_drawn(drawn, name, folder / name)
        captions = {
            language: {"title": drawing.title, "description": drawing.description}
            for language, drawing in drawn.items()
        }
        write_json(folder / f"{name}{CAPTION}", captions)
        if name in lives:
            _write_settings(lives[name], name, drawn, record, folder)


def write_json(path: Path, content: object) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", "utf-8")


def _write_settings(live: Live[Any], name: str, still: Drawn, record: object, folder: Path) -> None:
    """Writes a live figure's controls and every setting but the default, which is `still`."""
    controls = [
        {
            "id": control.id,
            "label": dict(control.label),
            "options": [{"id": option, **words} for option, words in control.options.items()],
            "default": list(control.options).index(control.default),
            "scale": control.scale,
        }
        for control in live.controls
    ]
    write_json(folder / f"{name}{CONTROLS}", controls)
    for setting in live.settings():
        if setting != live.default:
            drawn = {language: live.draw(record, language, setting) for language in LANGUAGES}
            check_size(name, setting, drawn, still)
            _write_drawn(drawn, name, folder / f"{name}.{setting_name(setting)}")


def _write_drawn(drawn: Drawn, name: str, path: Path) -> None:
    """Writes the figure `name` into files whose names go on from the path's."""
    for language, drawing in drawn.items():
        svg = render(drawing, name, language)
        path.with_name(f"{path.name}.{language}.svg").write_text(svg, "utf-8")
    columns = drawn[LANGUAGES[-1]].columns  # the same in every language
    _write_columns(path.with_name(f"{path.name}.csv"), columns)


def _write_columns(path: Path, columns: Mapping[str, Any]) -> None:
    """A figure's numbers: a CSV of its columns, and beside it the same as JSON."""
    arrays = {name: np.asarray(column).ravel().tolist() for name, column in columns.items()}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(arrays)
        for row in zip(*arrays.values(), strict=True):
            writer.writerow([f"{cell:.6g}" if isinstance(cell, float) else cell for cell in row])
    short = {name: [_short(cell) for cell in column] for name, column in arrays.items()}
    path.with_suffix(".json").write_text(json.dumps(short, ensure_ascii=False) + "\n", "utf-8")


def _short(cell: object) -> object:
    """A number with as many digits as the CSV has; JSON has no word for one that is none."""
    if isinstance(cell, float):
        return float(f"{cell:.6g}") if math.isfinite(cell) else None
    return cell
