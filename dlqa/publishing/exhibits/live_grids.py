"""What the controls of live figures may offer: nothing that the record does not hold."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from dlqa.drawing.canvas import PIXELS, Drawing
from dlqa.drawing.live import Control, Live, Setting
from dlqa.publishing.languages import LANGUAGES

MOST = 40  # settings of a figure: each is drawn in both languages whenever its page changes
ID = re.compile(r"[a-z0-9][a-z0-9._]*")
Figures = Mapping[str, Callable[[Any, str], Drawing]]
Lives = Mapping[str, Live[Any]]  # each page has a record type of its own


def check_lives(lives: Lives, figures: Figures, record: object) -> None:
    """Raises ValueError with everything that is wrong with a page's live figures."""
    found = [
        f"live figure {name!r}: {problem}"
        for name, live in lives.items()
        for problem in _problems(name, live, figures, record)
    ]
    if found:
        raise ValueError("\n".join(found))


def setting_name(setting: Setting) -> str:
    """A setting as names of files hold it."""
    return "-".join(setting.values())


def check_size(
    name: str, setting: Setting, drawn: Mapping[str, Drawing], still: Mapping[str, Drawing]
) -> None:
    """Raises ValueError where a setting, by language, is larger or smaller than the default."""
    for language in drawn:
        here, there = (_size(each[language]) for each in (drawn, still))
        if here != there:
            raise ValueError(
                f"live figure {name!r}: {setting_name(setting)} is {here}; "
                f"expected {there} like its default, or the page would jump"
            )


def _problems(name: str, live: Live[Any], figures: Figures, record: object) -> Iterator[str]:
    if name not in figures:
        yield f"no figure of FIGURES has this name; there are {_listed(figures)}"
    elif figures[name] != live.still:
        yield f"FIGURES[{name!r}] draws something else; expected LIVE[{name!r}].still"
    wrong = list(_of_controls(live.controls))
    yield from wrong
    if wrong:
        return  # its settings mean nothing
    settings = list(live.settings())
    if len(settings) > MOST:
        yield f"{len(settings)} settings; expected {MOST} at most"
    if missing := [setting_name(s) for s in settings if not live.ran(record, s)]:
        yield f"settings that the study did not run: {_listed(missing)}"


def _of_controls(controls: Sequence[Control]) -> Iterator[str]:
    if not controls:
        yield "it has no control"
    if len({control.id for control in controls}) < len(controls):
        yield "two of its controls have the same id"
    for control in controls:
        yield from _of_control(control)


def _of_control(control: Control) -> Iterator[str]:
    where = f"control {control.id!r}"
    if strange := [each for each in (control.id, *control.options) if not ID.fullmatch(each)]:
        yield f"{where}: ids other than of lower-case letters, digits, dots: {_listed(strange)}"
    if len(control.options) < 2:
        yield f"{where} has {len(control.options)} option; expected two or more"
    if control.default not in control.options:
        yield f"{where}: unknown default {control.default!r}; options: {_listed(control.options)}"
    labels = {"its label": control.label} | {repr(k): w for k, w in control.options.items()}
    if unnamed := [what for what, words in labels.items() if {*words} != {*LANGUAGES}]:
        yield f"{where}: not in both languages: {', '.join(unnamed)}"


def _listed(names: Collection[str]) -> str:
    return ", ".join(names) or "none"


def _size(drawing: Drawing) -> str:
    width, height = PIXELS * drawing.figure.get_size_inches()
    return f"{width:g} × {height:g} pixels"
