"""Question 55: the quantities that its claims and figures are about, one number a seed, [S]."""

import numpy as np

from dlqa.questions.iou.record import Array, Params, Record

PARAMS = Params()
SMALL, LARGE = 10, 100  # pixels: the sides that the page compares
THRESHOLDS = (0.5, 0.75)  # Pascal VOC's and COCO's strict one


def large_minus_small(overlaps: Array) -> Array:
    """How much more IoU [N, S] a large box keeps than a small one."""
    large, small = (overlaps[PARAMS.sides.index(side)] for side in (LARGE, SMALL))
    return np.asarray(large - small)


def changed(record: Record, side: int, threshold: float) -> Array:
    """Share of verdicts that counting pixels changes."""
    place = PARAMS.pixel_sides.index(side)
    return np.asarray(record.changed[place, THRESHOLDS.index(threshold)])


def curves(record: Record, loss: str, start: str) -> Array:
    """Mean IoU [S, T] of boxes that learn under a loss from one kind of start."""
    return np.asarray(record.learned[PARAMS.losses.index(loss), PARAMS.starts.index(start)])


def final_iou(record: Record, loss: str, start: str) -> Array:
    """After the last step."""
    return np.asarray(curves(record, loss, start)[:, -1])


def lead(record: Record, first: str, second: str, start: str) -> Array:
    """Area under one loss's IoU curve minus another's: the mean lead over all steps."""
    gap = curves(record, first, start) - curves(record, second, start)
    return np.asarray(np.trapezoid(gap, record.steps, axis=-1) / record.steps[-1])


def precision(record: Record, detector: str, threshold: float | None = None) -> Array:
    """AP at one of COCO's thresholds, or the mean over all ten."""
    of_detector = record.precision[PARAMS.detectors.index(detector)]  # [S, H]
    if threshold is None:
        return np.asarray(of_detector.mean(-1))
    return np.asarray(of_detector[:, round((threshold - 0.5) / 0.05)])


def precision_gap(record: Record, first: str, second: str, threshold: float) -> Array:
    """AP of one detector minus another's on the same scenes."""
    return precision(record, first, threshold) - precision(record, second, threshold)


def pull_starts(record: Record) -> float:
    """Where on the path, 0..1, IoU first has a gradient."""
    pulls = record.path_pulls[PARAMS.losses.index("iou")]
    return float(record.path[np.flatnonzero(pulls)[0]])
