"""What a network that learned something else still decides as it did before."""

from functools import cache

import torch

from dlqa.lab.arguments import check_count, check_kind
from dlqa.lab.efficientnet import EfficientNetLite0
from dlqa.lab.finetuning import accuracy
from dlqa.lab.images import views
from dlqa.lab.pools import Labelled
from dlqa.lab.starts import as_it_came


def kept(model: EfficientNetLite0, count: int) -> float:
    """The share of so many views of photos on which it decides as it came, its classifier put back."""
    check_kind("model", model, EfficientNetLite0, "an EfficientNetLite0")
    check_count("count", count, 1)
    own, model.classifier = model.classifier, as_it_came().classifier
    share = accuracy(model, *_decided(count))
    model.classifier = own
    return share


@cache
def _decided(count: int) -> Labelled:
    """Views, and what the pretrained network makes of them."""
    seen = views(count)
    with torch.no_grad():
        return seen, as_it_came()(seen).argmax(1)
