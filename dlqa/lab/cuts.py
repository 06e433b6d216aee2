"""A network cut in two: what lies below gives maps once, what lies above trains on them."""

import torch
from torch import nn

from dlqa.lab.arguments import check_count, check_kind
from dlqa.lab.efficientnet import DEPTHS, EfficientNetLite0
from dlqa.lab.pools import Split
from dlqa.lab.starts import as_it_came


def mapped(given: Split, cut: int) -> Split:
    """The maps that the first `cut` of the pretrained network's parts make of a split's images."""
    _check(cut)
    below = nn.Sequential(*as_it_came().parts()[:cut])
    with torch.no_grad():
        return given.map(below)


def above(model: EfficientNetLite0, cut: int) -> nn.Sequential:
    """All of a network but its first `cut` parts, from maps to logits. It shares its weights."""
    check_kind("model", model, EfficientNetLite0, "an EfficientNetLite0")
    _check(cut)
    pooled = (nn.AdaptiveAvgPool2d(1), nn.Flatten())
    return nn.Sequential(*model.parts()[cut:], *pooled, model.classifier)


def _check(cut: int) -> None:
    check_count("cut", cut, 0, len(DEPTHS))
