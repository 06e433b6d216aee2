"""The controls of a live figure as HTML, without effect until their script runs."""

import json

from dlqa.publishing.fragments import fragment
from dlqa.publishing.sources.captions import Caption
from dlqa.publishing.store.results import Published


def controls_form(
    results: Published, name: str, identity: str, caption: Caption, language: str
) -> str:
    """A form of native inputs; nothing for a figure that stands still.

    Inputs go by the places of their options. Their names, `identity.control`, are what the address
    has; the form carries ids and labels of the options, and of what the caption cites the text in
    every setting, the last control's options changing fastest.
    """
    controls = results.controls(name)
    if not controls:
        return ""
    grid = {
        f"{identity}.{control['id']}": [
            [each["id"], each["label"][language]] for each in control["options"]
        ]
        for control in controls
    }
    texts = {each: [given[each] for given in caption.settings.values()] for each in caption.cites}
    parts = {"grid": _compact(grid), "cited": _compact(texts)}
    return fragment("controls.html", language, identity=identity, controls=controls, **parts)


def _compact(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
