"""Question 54: strip plots, a panel a setting, a row a way to use the network, a dot a seed."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from dlqa.drawing.canvas import dots, panels, rows, rule
from dlqa.drawing.palette import SERIES
from dlqa.evidence.claims import Words
from dlqa.questions.finetuning.names import ACCURACY, GUESSING, PARAMS
from dlqa.questions.finetuning.record import Array


def strips(
    samples: Mapping[str, Mapping[str, Array]],
    titles: list[str],
    ways: Mapping[str, Words],
    language: str,
    *,
    height: int,
    margin: int,
) -> tuple[Figure, dict[str, Array]]:
    """The figure and its columns, "panel.way" each, of test accuracies [S] by panel and way.

    `height` of a panel and `margin` for the names of ways are in units of the figure.
    """
    figure, axes = panels(titles, height=height, margins=(margin, 12))
    columns: dict[str, Array] = {"seed": np.arange(PARAMS.seeds, dtype=float)}
    for panel, (name, of_ways) in zip(axes, samples.items(), strict=True):
        for place, way in enumerate(ways):
            dots(panel, place, of_ways[way], SERIES[place])
            columns[f"{name}.{way}"] = of_ways[way]
        rows(panel, [words[language] for words in ways.values()])
        rule(panel, GUESSING, across=False)
        panel.set(xlim=(0, 1))
    axes[-1].set_xlabel(ACCURACY[language])
    return figure, columns
