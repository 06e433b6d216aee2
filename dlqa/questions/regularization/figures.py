"""Question 53: its figures, each a pure function of a record and a language."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from dlqa.drawing.canvas import Drawing, band, dots, panels, rows, rule, spread_labels
from dlqa.drawing.palette import SERIES, Style
from dlqa.questions.regularization.names import DATA, PARAMS, SHORT, arm_name
from dlqa.questions.regularization.quantities import (
    FIRST,
    NEAR,
    gain,
    of_arm,
    short_of_limit,
    unpaired_gain,
)
from dlqa.questions.regularization.record import SHOWN, STRENGTHS, Array, Record

STYLES = dict(zip(("none", "l1", "proximal", "l2", "decay"), SERIES, strict=False))
STEP = {"zh": "步", "en": "step"}
GAIN = {"zh": "准确率的变化（右侧：更好）", "en": "change of accuracy (right: better)"}
FOLLOWED = ("none", "l1_strong", "l2_strong", "proximal_strong")  # of SHOWN
COMPARED = ("none", *(f"{way}_{word}" for way in ("l1", "proximal", "l2", "decay") for word in STRENGTHS))


def draw_paths(record: Record, language: str) -> Drawing:
    """The source's picture from a random sample: fifty weights of the first layer of one network."""
    figure, axes = panels([arm_name(arm, language) for arm in FOLLOWED], across=2, height=170, margins=(34, 8))
    columns: dict[str, Array] = {"step": record.steps}
    for panel, arm in zip(axes, FOLLOWED, strict=True):
        style = style_of(arm)
        followed = record.paths[SHOWN.index(arm), :, FIRST, 0]  # [T, F]
        panel.plot(record.steps, followed, color=style.colour, linewidth=0.5, alpha=0.55)
        sizes = of_arm(record.size, PARAMS.variants[0], arm)[:, :, FIRST]  # [S, T]
        band(panel, record.steps, sizes, SERIES[-2])
        panel.set(xlim=(0, record.steps[-1]), ylim=(-1, 1))
        columns |= {f"{arm}.{place}": path for place, path in enumerate(followed.T)}
    for panel in axes[-2:]:
        panel.set_xlabel(STEP[language])
    return Drawing(figure, {"zh": "", "en": ""}[language], "x", columns)


def style_of(arm: str) -> Style:
    """The style of an arm's way of regularizing."""
    return STYLES[arm.split("_")[0]]


FIGURES: Mapping[str, Callable[[Record, str], Drawing]] = {}
