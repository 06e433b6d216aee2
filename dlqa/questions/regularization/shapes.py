"""Question 53: the whiteboard's picture, drawn from closed forms: why L1 gives zeros and L2 does not.

It shows the lowest loss within |w₁| + |w₂| ≤ 1 and within w₁² + w₂² ≤ 1, for a loss whose level sets
are circles around `BEST`.
"""

import numpy as np
import xarray as xr

from dlqa.drawing.canvas import Drawing, panels, rule
from dlqa.drawing.labels import Labels
from dlqa.drawing.palette import INK, MUTED, SERIES

BEST = np.array([0.35, 1.7])  # the weights of lowest loss, outside of both regions
TOUCHED = {  # where the smallest circle around `BEST` meets the region
    "l1": np.array([0.0, 1.0]),  # the upper corner: `BEST` lies above it by more than to its side
    "l2": BEST / np.linalg.norm(BEST),  # on the way to `BEST`
}


def draw_shapes(_: xr.Dataset, labels: Labels) -> Drawing:
    """Diamond and circle, each with the first level set of the loss that meets it."""
    titles = [labels("shape", penalty) for penalty in TOUCHED]
    figure, axes = panels(titles, across=2, height=240, margins=(26, 8))
    angles = np.linspace(0, 2 * np.pi, 97)
    ring = np.stack((np.cos(angles), np.sin(angles)))
    edges = {"l1": ring / abs(ring).sum(0), "l2": ring}
    for panel, (penalty, at), style in zip(
        axes, TOUCHED.items(), (SERIES[1], SERIES[3]), strict=True
    ):
        panel.fill(*edges[penalty], color=style.colour, alpha=0.25, linewidth=0)
        for radius in np.linalg.norm(at - BEST) * np.array([0.33, 0.66, 1.0]):
            panel.plot(*(BEST[:, None] + radius * ring), color=MUTED, linewidth=0.9)
        panel.plot(*BEST, marker="+", color=INK)
        panel.plot(*at, marker="o", color=INK, markersize=5)
        rule(panel, 0)
        rule(panel, 0, across=False)
        panel.set(xlim=(-1.1, 1.3), ylim=(-1.1, 2.6), aspect="equal", xlabel="w₁", ylabel="w₂")
        panel.set(xticks=[0], yticks=[0])
    columns = {f"{name}.w{row + 1}": edge[row] for name, edge in edges.items() for row in (0, 1)}
    return Drawing(figure, columns)
