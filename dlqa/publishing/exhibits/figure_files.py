"""A question's figures as files: an SVG a language without its words, and the numbers drawn.

The default setting of a live figure is the figure itself, `curves.zh.svg` and `curves.csv`; any
other stands beside it, the ids of its options in its name: `curves.0.1-adam.zh.svg`. Title and
description are the page's; an SVG has a place for them.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import xarray as xr

from dlqa.drawing.canvas import Drawing
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Draw, Live
from dlqa.evidence.values import Values
from dlqa.publishing.exhibits import live_grids
from dlqa.publishing.exhibits.bounds import outside
from dlqa.publishing.exhibits.columns import without_number, write_columns, write_json
from dlqa.publishing.exhibits.svg_drawing import render
from dlqa.publishing.store.results import CONTROLS, SETTINGS
from dlqa.publishing.store.stop import Stop

NAME = re.compile(r"[a-z][a-z0-9_]*")
Drawn = Mapping[str, Drawing]  # a language's code -> a figure in it
Words = Mapping[str, Labels]  # a language's code -> a question's words in it


class FigureError(Stop, ValueError):
    """What is wrong with a question's figures, a line for each: figure, setting, problem."""


def write_figures(
    figures: Mapping[str, Draw],
    lives: Mapping[str, Live],
    record: xr.Dataset,
    labels: Words,
    folder: Path,
) -> None:
    """Writes every figure in every language, those that are live in each of their settings.

    `figures` has the still ones and each live one's `still`. Raises FigureError with all that is
    wrong: a control that cannot be, a setting that was not run or that a language has no word for,
    a column without a number, a datum outside its panel.
    """
    expected = "expected lower-case letters, digits, underscores: files are named by it"
    _stop([f"figure {n!r}: {expected}" for n in figures if not NAME.fullmatch(n)])
    _stop(
        [f"figure {n!r}: {fault}" for n in lives for fault in live_grids.faults(lives[n], labels)]
    )
    errors: list[str] = []
    for name, draw in figures.items():
        with _collected(errors, f"figure {name!r}"):
            drawn = {language: draw(record, words) for language, words in labels.items()}
            _write_drawn(drawn, name, folder / name)
            if name in lives:
                _write_live(lives[name], name, drawn, record, labels, folder)
    _stop(errors)


def _write_live(
    live: Live, name: str, still: Drawn, record: xr.Dataset, labels: Words, folder: Path
) -> None:
    """Writes the controls, the numbers of every setting, and every setting but the default."""
    numbers: dict[str, Values] = {}
    errors: list[str] = []
    for setting in live.settings():
        key = live_grids.setting_name(setting)
        with _collected(errors, f"setting {key}"):
            numbers[key] = cast(Values, live.numbers(record, setting))
            _stop(live_grids.number_faults(numbers[key], numbers[next(iter(numbers))], setting))
            if setting != live.default:
                drawn = {code: live.draw(record, words, setting) for code, words in labels.items()}
                _stop(live_grids.size_faults(drawn, still))
                _write_drawn(drawn, name, folder / f"{name}.{key}")
    _stop(errors)
    write_json(folder / f"{name}{CONTROLS}", live_grids.controls(live, labels))
    written = {key: {n: vars(v) for n, v in given.items()} for key, given in numbers.items()}
    write_json(folder / f"{name}{SETTINGS}", written)


def _write_drawn(drawn: Drawn, name: str, path: Path) -> None:
    """Writes the figure `name` into files whose names go on from the path's."""
    for language, drawing in drawn.items():
        svg = render(drawing, name, language)
        path.with_name(f"{path.name}.{language}.svg").write_text(svg, "utf-8")
    first = next(iter(drawn.values()))  # data are the same in every language
    _stop([*without_number(first.columns), *outside(first.figure)])
    write_columns(path.with_name(f"{path.name}.csv"), first.columns)


@contextmanager
def _collected(errors: list[str], where: str) -> Iterator[None]:
    """Goes on after what is wrong with a figure or setting, and remembers it with its place."""
    try:
        yield
    except FigureError as error:
        errors += [f"{where}: {line}" for line in str(error).splitlines()]
    except KeyError as error:
        errors.append(f"{where}: it asks for what is not there: {error.args[0]}")
    except Exception as error:
        error.add_note(f"(in {where})")  # of a question's own code its lines are told, not what for
        raise


def _stop(errors: list[str]) -> None:
    if errors:
        raise FigureError("\n".join(errors))
