"""Question 52, convergence of layers: what is run and what is kept of it.

Axes: V variants of the data, S seeds, S' seeds of the side settings, K side settings, H horizons,
G stops, T marked steps, L = 4 layers (weight matrices) from input to output.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Marks lie closer where weights move faster; trapezoids between them carry the areas.
SHORT = (0, 10, 20, 40, 70, 100, 150, 200, 250, 300, 400, 500, 600, 750)
LONG = (*SHORT, 900, 1050, 1200, 1350, 1500)


@dataclass(frozen=True)
class Params:
    """The experiment's settings; the source's unless the page says otherwise.

    `seeds` serve the source's network (sigmoid, Adam), `side_seeds` each of `sides`, an activation
    with an optimizer. Every run goes on to the last horizon; what is "final" is judged at each, and
    shown at every one of `stops`, marks among which the horizons are.
    `picture` is the length of the one run that is drawn weight by weight, every `picture_every`
    steps. `sampled` weights of a layer are watched, `probes` fresh points carry representations.
    """

    variants: tuple[str, ...] = ("correlated", "independent")
    sides: tuple[tuple[str, str], ...] = (
        ("tanh", "adam"),
        ("relu", "adam"),
        ("sigmoid", "descent"),
        ("tanh", "descent"),
        ("relu", "descent"),
    )
    hidden: tuple[int, ...] = (50, 50, 50)
    horizons: tuple[int, int] = (750, 1500)
    stops: tuple[int, ...] = (250, 500, 750, 1050, 1500)
    marks: tuple[int, ...] = LONG
    picture: int = 750
    picture_every: int = 15
    seeds: int = 32
    side_seeds: int = 12
    rate: float = 3e-3
    descent_rate: float = 0.1
    batch: int = 64
    samples: int = 400
    fresh: int = 1000
    probes: int = 128
    sampled: int = 50
    retreat: float = 0.1  # of its range: how far a nearly monotone weight may go back


# The work that the source timed: one network, 750 steps, fifty weights of each layer on the way.
SOURCE_WORK = Params(variants=("correlated",), sides=(), seeds=0, side_seeds=0)


@dataclass(frozen=True)
class Record:
    """What the runs left, layer by layer. "Final" is at a stop: what lies beyond it is NaN.

    `step` is the root mean square change of a sampled weight in one step, averaged over the steps
    to a stop, `step_curve` the same in B equal spans to the last. `distance` is that to the final
    weights over that at the start, `travel` the way from start to end over the norm at the start,
    `alignment` linear CKA to the final representation on fresh points. `monotone` is
    the share of sampled weights that are nearly so, `sampling` the root mean square travel of
    fifty weights over their layer's, for a random sample and for the source's. `gradient` is the
    root mean square gradient of a weight before the first step. `accuracy` is a fraction of fresh
    points, `lost` what of it goes where one layer is set back to its start.
    """

    steps: Array  # [T]
    bayes: Array  # [V, S]
    accuracy: Array  # [V, S, H]
    step: Array  # [V, S, G, L]
    step_curve: Array  # [V, S, B, L]
    distance: Array  # [V, S, G, T, L]
    alignment: Array  # [V, S, G, T, L]
    travel: Array  # [V, S, H, L]
    monotone: Array  # [V, S, L], at the first horizon
    sampling: Array  # [V, S, 2, L], at the first horizon
    gradient: Array  # [V, S, L]
    lost: Array  # [V, S, H, L]
    side_accuracy: Array  # [K, V, S'], at the last horizon, like all of the side settings
    side_step: Array  # [K, V, S', L]
    side_distance: Array  # [K, V, S', T, L]
    side_alignment: Array  # [K, V, S', T, L]
    side_gradient: Array  # [K, V, S', L]
    picture_steps: Array  # [P]
    picture: Array  # [2, L, 50, P]: weights of one network, a random sample and the source's
