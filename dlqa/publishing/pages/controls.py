"""The controls of a live figure as HTML, without effect until their script runs."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from dlqa.publishing.sources.captions import Caption
from dlqa.publishing.store.results import Published
from dlqa.publishing.words import word

Control = Mapping[str, Any]  # as the store has it


def controls_form(results: Published, name: str, caption: Caption, language: str) -> str:
    """A form of native inputs; nothing for a figure that stands still.

    Inputs go by the places of their options. Their names, `figure.control`, are what the address
    has; the form carries ids and labels of the options, and of what the caption cites the text in
    every setting, the last control's options changing fastest.
    """
    controls = results.controls(name)
    if not controls:
        return ""
    grid = {
        f"{name}.{control['id']}": [
            [each["id"], each["label"][language]] for each in control["options"]
        ]
        for control in controls
    }
    inputs = "".join(
        (_slider if control["scale"] else _buttons)(control, f"{name}.{control['id']}", language)
        for control in controls
    )
    texts = {each: [given[each] for given in caption.settings.values()] for each in caption.cites}
    data = {
        "grid": _compact(grid),
        "cited": _compact(texts),
        "failed": word("setting failed", language, setting="{}"),
    }
    attributes = "".join(f' data-{key}="{escape(value)}"' for key, value in data.items())
    return (
        f'<form class="live" autocomplete="off"{attributes}>'
        f"<fieldset disabled><legend>{word('try', language)}</legend>{inputs}"
        f'<button type="button">{word("default setting", language)}</button></fieldset>'
        '<p role="status"></p></form>'
    )


def _compact(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _slider(control: Control, name: str, language: str) -> str:
    place, count = control["default"], len(control["options"])
    chosen = escape(control["options"][place]["label"][language])
    stops = "".join(f"<option>{stop}</option>" for stop in range(count))  # drawn as ticks
    return (
        f'<label class="live-scale"><span>{escape(control["label"][language])}</span>'
        f'<input type="range" name="{name}" max="{count - 1}" value="{place}"'
        f' aria-valuetext="{chosen}" list="{name}"><b aria-hidden="true">{chosen}</b></label>'
        f'<datalist id="{name}">{stops}</datalist>'
    )


def _buttons(control: Control, name: str, language: str) -> str:
    buttons = "".join(
        f'<label><input type="radio" name="{name}" value="{place}"'
        f"{' checked' if place == control['default'] else ''}>"
        f"<span>{escape(option['label'][language])}</span></label>"
        for place, option in enumerate(control["options"])
    )
    return f"<fieldset><legend>{escape(control['label'][language])}</legend>{buttons}</fieldset>"
