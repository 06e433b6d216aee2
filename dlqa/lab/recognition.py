"""Whole photos that ImageNet has words for, and how sure the pretrained network is of them."""

import torch

from dlqa.lab.arguments import check_count
from dlqa.lab.images import squares
from dlqa.lab.starts import as_it_came

NAMED = {  # a photo's file, and the classes of ImageNet that name what is on it
    "cat": ("chelsea", (281, 282, 285)),  # tabby, tiger cat, Egyptian cat
    "coffee": ("coffee", (504, 967, 968)),  # coffee mug, espresso, cup
    "rocket": ("rocket", (657, 744, 812)),  # missile, projectile, space shuttle
    "camera": ("camera", (759, 872)),  # reflex camera, tripod
}


@torch.no_grad()
def recognized(side: int) -> list[float]:
    """The probability of the right classes for the middle of each of NAMED at so many pixels."""
    check_count("side", side, 1)
    photos, right = zip(*NAMED.values(), strict=True)
    chances = as_it_came()(squares(photos, side)).softmax(1)
    return [float(row[list(each)].sum()) for row, each in zip(chances, right, strict=True)]
