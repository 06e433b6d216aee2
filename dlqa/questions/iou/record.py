"""Question 55, intersection over union: what is swept and what is kept of it."""

from dataclasses import dataclass

LOSSES = ("iou", "giou", "diou", "ciou")
STARTS = ("disjoint", "overlapping", "nested")
DETECTORS = ("even", "uneven", "reversed", "doubled", "suppressed")
ERRORS = ("moved", "noisy", "moved_in_proportion")
IDENTITIES = ("pixels", "self", "dice")
VERDICTS = (0.5, 0.75)  # Pascal VOC's threshold and COCO's strict one


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
    losses: tuple[str, ...] = LOSSES
    starts: tuple[str, ...] = STARTS
    starts_a_seed: int = 16
    rate: float = 0.1
    at: tuple[int, ...] = tuple(range(0, 401, 20))
    waypoints: int = 201
    detectors: tuple[str, ...] = DETECTORS
    images: int = 10
    spread: float = 0.33  # how far the uneven detectors' IoUs lie from their mean


# The source explains and times nothing.
SOURCE_WORK = None

# Means over a seed's boxes; IoUs and APs in 0..1, sides in pixels. `overlap` is the IoU with a copy
# that lies one pixel off diagonally ("moved"), one 5 % of the side off ("moved_in_proportion"), or
# one whose edges err by one pixel, standard deviation ("noisy"); `passes` is the share of the noisy
# at an IoU of the threshold or more, `changed` the share of verdicts there that +1 changes.
# Of the largest of them `excess` is the area of the enclosing box beyond the union, over the union, `understated` by how
# much intersection / enclosing box falls short of IoU. `missed` is the largest distance from a
# closed form: IoU from pixels counted, a box's IoU with itself from 1, Dice from 2 IoU / (1 + IoU).
# On the path a box comes from far apart (0) and turns equal (1); a pull is the gradient's norm times
# the true box's side. `learned` is the IoU of the box that learns; `mean_iou` that of each detection
# with its object, `precision` the AP.
VARIABLES = {
    "overlap": ("error", "seed", "side"),
    "passes": ("threshold", "side", "seed"),
    "changed": ("threshold", "seed", "side"),
    "excess": ("seed",),
    "understated": ("seed",),
    "missed": ("identity", "seed"),
    "path_value": ("loss", "path"),
    "path_pull": ("loss", "path"),
    "learned": ("loss", "start", "seed", "step"),
    "mean_iou": ("detector", "seed"),
    "precision": ("detector", "seed", "threshold"),
}
