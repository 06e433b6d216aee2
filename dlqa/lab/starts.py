"""What fine-tuning starts from: the pretrained network under a new head, adapters, random weights."""

from copy import deepcopy
from functools import cache

import torch
from torch import Tensor, nn

from dlqa.lab.adapters import add_lora
from dlqa.lab.arguments import check_kind, check_seed
from dlqa.lab.efficientnet import EfficientNetLite0, drawn_classifier
from dlqa.lab.pretrained import pretrained
from dlqa.lab.tuning import fit_head, set_momentum


@cache
def as_it_came() -> EfficientNetLite0:
    """The pretrained network, read once a process; to be copied, not changed."""
    return _channels_last(pretrained())


def headed(classes: int, seed: int) -> EfficientNetLite0:
    """The pretrained network with a random classifier."""
    model = deepcopy(as_it_came())
    model.classifier = drawn_classifier(classes, _seeded(seed))
    return model


def probed(classes: int, images: Tensor, labels: Tensor) -> EfficientNetLite0:
    """The pretrained network with a classifier fitted to its features of images [N, 3, H, W]."""
    model = headed(classes, 0)
    with torch.no_grad():
        features = model.features(images, "head")
    fit_head(model.classifier, features, labels)
    return model


def untrained(classes: int, seed: int) -> EfficientNetLite0:
    """A network of random weights."""
    return _channels_last(EfficientNetLite0(classes, generator=_seeded(seed)))


def blind(images: Tensor, seed: int) -> EfficientNetLite0:
    """Random weights, batch norm fitted to images: without that all images look alike to it."""
    network = untrained(1, seed)
    set_momentum(network, 1.0)
    with torch.no_grad():
        network.train()(images)
    return network.eval()


def adapted(model: EfficientNetLite0, rank: int, seed: int) -> list[nn.Parameter]:
    """Puts LoRA on every 1 × 1 convolution; what trains then is it and the classifier."""
    check_kind("model", model, EfficientNetLite0, "an EfficientNetLite0")
    adapters = add_lora(nn.ModuleList(model.parts()), rank, generator=_seeded(seed))
    return [*adapters, *model.classifier.parameters()]


def _seeded(seed: int) -> torch.Generator:
    check_seed("seed", seed)
    return torch.Generator("cpu").manual_seed(seed)


def _channels_last(model: EfficientNetLite0) -> EfficientNetLite0:
    """The order of memory in which small images are convolved fastest."""
    return model.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]
