"""What the controls of live figures may offer, and what a page is told of them."""

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from dlqa.drawing.canvas import PIXELS, Drawing
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.evidence.values import Values, not_finite

MOST = 40  # settings of a figure: each is drawn in every language whenever its question changes
ID = re.compile(r"[a-z0-9][a-z0-9._]*")
TAKEN = {"controls", "settings"}  # parts of names of files beside a setting's


def setting_name(setting: Setting) -> str:
    """A setting as names of files hold it."""
    return "-".join(setting.values())


def controls(live: Live, labels: Mapping[str, Labels]) -> list[dict[str, object]]:
    """What a page needs to know of a live figure's controls, words by language."""
    return [
        {
            "id": control.id,
            "label": {code: words("control", control.id) for code, words in labels.items()},
            "options": [
                {
                    "id": option,
                    "label": {c: words(control.id, option) for c, words in labels.items()},
                }
                for option in control.options
            ],
            "default": control.options.index(control.default),
            "scale": control.scale,
        }
        for control in live.controls
    ]


def faults(live: Live, labels: Mapping[str, Labels]) -> list[str]:
    """Everything that is wrong with a live figure's controls, in words."""
    found = []
    if not live.controls:
        found.append("it has no control")
    if len({control.id for control in live.controls}) < len(live.controls):
        found.append("two of its controls have the same id")
    for control in live.controls:
        found += [f"control {control.id!r}{fault}" for fault in _of_control(control, labels)]
    count = math.prod(len(control.options) for control in live.controls)
    if count > MOST:
        found.append(f"{count} settings; expected {MOST} at most")
    return found


def number_faults(given: Values, others: Values, setting: Setting) -> list[str]:
    """What a setting's numbers lack for a caption: a number, a name of their own, others' names."""
    found = [
        f"its number {name!r} is {given[name].number}; was it run?" for name in not_finite(given)
    ]
    if {*given} != {*others}:
        found.append(f"its numbers are {_listed(given)}; another setting's {_listed(others)}")
    if taken := sorted({*given} & {*setting}):
        found.append(f"numbers that have a control's name: {_listed(taken)}")
    return found


def size_faults(drawn: Mapping[str, Drawing], still: Mapping[str, Drawing]) -> list[str]:
    """That a setting, by language, is larger or smaller than the default."""
    sizes = [(_size(drawn[language]), _size(still[language])) for language in drawn]
    return [
        f"{here}; expected {there} like its default, or the page would jump"
        for here, there in dict.fromkeys(sizes)
        if here != there
    ]


def _of_control(control: Control, labels: Mapping[str, Labels]) -> Iterator[str]:
    if strange := [each for each in (control.id, *control.options) if not ID.fullmatch(each)]:
        yield f": ids other than of lower-case letters, digits, dots: {_listed(strange)}"
    if taken := sorted(TAKEN & {*control.options}):
        yield f": ids that names of other files have: {_listed(taken)}"
    if len(control.options) < 2:
        yield f" has {len(control.options)} option; expected two or more"
    if control.default not in control.options:
        yield f": unknown default {control.default!r}; options: {_listed(control.options)}"
    for words in labels.values():
        for place in [("control", control.id), *((control.id, each) for each in control.options)]:
            try:
                words(*place)
            except KeyError as error:
                yield f": {error.args[0]}"


def _listed(names: Collection[str] | Sequence[str]) -> str:
    return ", ".join(names) or "none"


def _size(drawing: Drawing) -> str:
    width, height = PIXELS * drawing.figure.get_size_inches()
    return f"{width:g} × {height:g} pixels"
