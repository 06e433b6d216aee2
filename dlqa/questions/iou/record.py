"""Question 55, intersection over union: what is swept and what is kept of it.

Axes: S seeds, N sides, P sides counted in pixels, L losses, K kinds of start, T observed steps,
W waypoints of a path, D detectors, H thresholds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Params:
    """The sweeps' settings. Every seed draws its own boxes, starts and scenes.

    `wobble` is the standard deviation of a predicted edge's error, as a fraction of the side; this
    one spreads IoUs over both of the usual thresholds.
    """

    seeds: int = 24
    boxes: int = 1000  # a seed and side
    sides: tuple[int, ...] = (8, 10, 14, 20, 32, 50, 71, 100, 141, 200)
    pixel_sides: tuple[int, ...] = (8, 16, 32, 64, 128)
    wobble: float = 0.15
    losses: tuple[str, ...] = ("iou", "giou", "diou", "ciou")
    starts: tuple[str, ...] = ("disjoint", "overlapping", "nested")
    starts_a_seed: int = 16
    rate: float = 0.1
    at: tuple[int, ...] = tuple(range(0, 401, 20))
    waypoints: int = 201
    detectors: tuple[str, ...] = ("even", "uneven", "reversed", "doubled", "suppressed")
    images: int = 10
    spread: float = 0.33  # how far the uneven detectors' IoUs lie from their mean


# The source explains and times nothing.
SOURCE_WORK = None


@dataclass(frozen=True)
class Record:
    """What the sweeps left: means over a seed's boxes, IoUs and APs in 0..1.

    `moved` is the IoU with a copy that lies one pixel off diagonally, `moved_in_proportion` with
    one 5 % of the side off, `noisy` with one whose edges err by one pixel (standard deviation).
    """

    sides: Array  # [N] pixels
    moved: Array  # [N, S]
    moved_in_proportion: Array  # [N, S]
    noisy: Array  # [N, S]
    noisy_passes: Array  # [N, 2, S], share of the noisy at IoU .5 and .75
    changed: Array  # [P, 2, S], share of verdicts at .5 and .75 that +1 changes
    excess: Array  # [S], area of the enclosing box beyond the union, over the union
    understated: Array  # [S], by how much intersection / enclosing box falls short of IoU
    pixel_error: Array  # [S], largest difference from IoU counted pixel by pixel
    self_error: Array  # [S], largest |IoU of a box with itself − 1|
    dice_error: Array  # [S], largest |Dice − 2 IoU / (1 + IoU)|
    path: Array  # [W], 0 far apart .. 1 equal
    path_values: Array  # [L, W]
    path_pulls: Array  # [L, W], gradient's norm times the true box's side
    steps: Array  # [T]
    learned: Array  # [L, K, S, T], IoU of the box that learns
    mean_iou: Array  # [D, S], of each detection with its object
    precision: Array  # [D, S, H], AP at COCO's ten thresholds
