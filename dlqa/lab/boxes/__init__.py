"""Boxes on images: how far two of them overlap, and what detectors are scored by.

``from dlqa.lab.boxes import iou`` is all a reader needs. Where torchvision has a function, the
argument order is its own and its name works too, so that one import can replace the other::

    torchvision.ops            dlqa.lab.boxes
    box_area                   box_area
    box_convert                box_convert
    box_iou                    iou, box_iou
    generalized_box_iou        giou, generalized_box_iou
    distance_box_iou           diou, distance_box_iou
    complete_box_iou           ciou, complete_box_iou
    *_box_iou_loss(a, b)       1 - giou(a, b, paired=True), and so on
    nms, batched_nms           nms, batched_nms

Three rules hold in every module. Coordinates are continuous and the y axis points down; a box is
(x1, y1, x2, y2) with x1 <= x2 and y1 <= y2. Results come in the working type: float32 for
float16, bfloat16 and float32, float64 for float64 and every integer type. A ratio whose
denominator is zero is 0, never NaN.
"""

from dlqa.lab.boxes.formats import box_area, box_convert
from dlqa.lab.boxes.masks import mask_dice, mask_iou
from dlqa.lab.boxes.matching import match
from dlqa.lab.boxes.overlap import dice, intersection, iou
from dlqa.lab.boxes.overlap import iou as box_iou
from dlqa.lab.boxes.precision import (
    Detections,
    Truths,
    average_precision,
    coco_average_precision,
    precision_recall,
)
from dlqa.lab.boxes.rotated import rotated_corners, rotated_iou
from dlqa.lab.boxes.suppression import batched_nms, nms
from dlqa.lab.boxes.variants import ciou, diou, giou
from dlqa.lab.boxes.variants import ciou as complete_box_iou
from dlqa.lab.boxes.variants import diou as distance_box_iou
from dlqa.lab.boxes.variants import giou as generalized_box_iou

__all__ = [
    "Detections",
    "Truths",
    "average_precision",
    "batched_nms",
    "box_area",
    "box_convert",
    "box_iou",
    "ciou",
    "coco_average_precision",
    "complete_box_iou",
    "dice",
    "diou",
    "distance_box_iou",
    "generalized_box_iou",
    "giou",
    "intersection",
    "iou",
    "mask_dice",
    "mask_iou",
    "match",
    "nms",
    "precision_recall",
    "rotated_corners",
    "rotated_iou",
]
