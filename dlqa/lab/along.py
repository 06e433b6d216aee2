"""A network trained on a split and looked at along the way, by the images that it has seen."""

from collections.abc import Sequence

import torch
from torch import nn

from dlqa.lab.arguments import check_count, check_kind, check_seed
from dlqa.lab.finetuning import Training, accuracy, fine_tune
from dlqa.lab.pools import Split

ROLES = ("training", "validation", "test")


def trained_along(
    model: nn.Module,
    given: Split,
    rate: float,
    training: Training,
    seed: int,
    *,
    every: int,
    own: Sequence[nn.Parameter] | None = None,
) -> tuple[list[float], list[float]]:
    """Trains all of the model, or its `own` parameters alone; the seed draws the batches.

    Its accuracies on ROLES in the end, and on test images at each of `images_at`.
    """
    check_kind("given", given, Split, "a Split")
    check_seed("seed", seed)
    seen = fine_tune(
        model,
        *given.training,
        groups=[{"params": own or list(model.parameters()), "lr": rate}],
        training=training,
        generator=torch.Generator("cpu").manual_seed(seed),
        held_out=given.test,
        look_at=[images // training.batch for images in images_at(training, every)],
    )
    known = [accuracy(model, *given.training), accuracy(model, *given.validation)]
    # The last is taken after the last step, whether or not it was asked for.
    return [*known, seen.accuracies[-1]], list(seen.accuracies[: len(images_at(training, every))])


def accuracies(model: nn.Module, given: Split) -> list[float]:
    """On ROLES."""
    return [accuracy(model, *getattr(given, role)) for role in ROLES]


def images_at(training: Training, every: int) -> list[int]:
    """The numbers of images after which training is looked at: 0, `every`, twice as many …"""
    check_count("every", every, training.batch)
    return [*range(0, training.steps * training.batch + 1, every)]
