"""What question 54's networks start from: pretrained with one of two heads, or untrained."""

from copy import deepcopy
from functools import cache

import torch
from torch import Tensor, nn

from dlqa.lab.efficientnet import HEAD, EfficientNetLite0
from dlqa.lab.pretrained import pretrained
from dlqa.questions.finetuning.images import CLASSES, Split

HEAD_PENALTY = 0.01  # of the probed head, on weights of features as they are
# Torch's default; the network's own is a tenth, and statistics that so few steps hardly move would
# be a straw man.
QUICK = 0.1


@cache
def as_it_came() -> EfficientNetLite0:
    """The network as it came, read once a process; to be copied, not changed."""
    return channels_last(pretrained())


def channels_last(model: EfficientNetLite0) -> EfficientNetLite0:
    """The order of memory in which small images are convolved fastest."""
    return model.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def started(head: str, seed: int, given: Split) -> EfficientNetLite0:
    """The pretrained network with a random classifier, or one fitted to its features."""
    model = deepcopy(as_it_came())
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model.classifier = nn.Linear(HEAD, CLASSES)
    if head == "probed":
        images, labels = given.training
        with torch.no_grad():
            held = model.features(images, "head")
        _fit(model.classifier, held, labels)
    return model


def _fit(classifier: nn.Linear, held: Tensor, labels: Tensor) -> None:
    """Multinomial logistic regression on features as they are, from zero, by L-BFGS.

    Not `dlqa.lab.probes`: it scales each channel, and a head that undoes the scaling has weights so
    large that the first steps of fine-tuning explode.
    """
    nn.init.zeros_(classifier.weight)
    nn.init.zeros_(classifier.bias)
    optimizer = torch.optim.LBFGS(
        classifier.parameters(), max_iter=100, line_search_fn="strong_wolfe"
    )

    def loss() -> Tensor:
        optimizer.zero_grad()
        value = nn.functional.cross_entropy(classifier(held), labels)
        value = value + HEAD_PENALTY / 2 * classifier.weight.square().sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]


def untrained(seed: int) -> EfficientNetLite0:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return with_momentum(EfficientNetLite0(CLASSES), QUICK)


def with_momentum(model: EfficientNetLite0, momentum: float) -> EfficientNetLite0:
    """Batch norm's statistics move by this share of the way to each batch's."""
    for layer in model.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.momentum = momentum
    return model
