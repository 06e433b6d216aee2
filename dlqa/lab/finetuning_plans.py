"""How a classifier is to be fine-tuned, and whether images, groups and plan fit together."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Literal

import torch
from torch import Tensor

from dlqa.lab.arguments import (
    check_count,
    check_flag,
    check_kind,
    check_name,
    check_number,
    check_sequence,
    check_tensor,
)

Labelled = tuple[Tensor, Tensor]  # images [N, C, H, W] and labels [N]


@dataclass(frozen=True)
class Training:
    """How to train; the rates stand with the groups of parameters that they are for.

    `cosine` lowers every rate to zero over the steps. `flip` mirrors each image of a batch with
    probability ½. `batch_norm`: "updated" normalizes by the batch and moves the running statistics,
    "frozen" normalizes by the running statistics, which stay; scale and shift may train in both.
    `clip`: the longest gradient, over all that is trained; longer ones are shortened to it.
    """

    steps: int
    batch: int = 16
    optimizer: Literal["sgd", "adamw"] = "sgd"
    momentum: float = 0.9
    decay: float = 0.0
    cosine: bool = True
    flip: bool = False
    batch_norm: Literal["frozen", "updated"] = "updated"
    clip: float = inf

    def __post_init__(self) -> None:
        check_count("steps", self.steps)
        check_count("batch", self.batch, 2)
        check_name("optimizer", self.optimizer, ("sgd", "adamw"))
        check_number("momentum", self.momentum, lambda number: 0 <= number < 1, "in [0, 1)")
        check_number("decay", self.decay, lambda number: 0 <= number < inf, "of at least 0")
        check_flag("cosine", self.cosine)
        check_flag("flip", self.flip)
        check_name("batch_norm", self.batch_norm, ("frozen", "updated"))
        check_number("clip", self.clip, lambda number: number > 0, "above 0")


def check(
    training: Training,
    shown: Labelled,
    held_out: Labelled,
    groups: Sequence[dict[str, Any]],
    generator: torch.Generator,
    look_at: Sequence[int],
) -> None:
    """Raises TypeError or ValueError where these do not fit, saying what was given and expected."""
    check_kind("training", training, Training, "a Training")
    check_kind("generator", generator, torch.Generator, "a torch.Generator")
    check_images("images", shown)
    check_images("held_out", held_out)
    if training.batch > len(shown[0]):
        given = f"{training.batch} of {len(shown[0])} images"
        raise ValueError(f"expected a batch from 2 to the number of images, not {given}")
    check_sequence("look_at", look_at, "whole numbers")
    for place, look in enumerate(look_at):
        check_count(f"look_at[{place}]", look, 0, training.steps)
    check_sequence("groups", groups, "dicts of `params` and `lr`", 1)
    for place, group in enumerate(groups):
        check_kind(f"groups[{place}]", group, dict, "a dict of `params` and `lr`")
        if missing := {"params", "lr"} - group.keys():
            raise ValueError(f"groups[{place}] lacks {min(missing)!r}: expected `params` and `lr`")
        rate, expected = group["lr"], "of at least 0"
        check_number(f"lr of groups[{place}]", rate, lambda number: 0 <= number < inf, expected)


def check_images(name: str, given: Labelled) -> None:
    """Raises TypeError or ValueError unless these are images [N, C, H, W] and as many labels."""
    if not isinstance(given, tuple | list) or len(given) != 2:
        raise TypeError(f"{name} is a {type(given).__name__}: expected images and labels")
    images, labels = given
    check_tensor(name, images, "[N, C, H, W]", "floating")
    check_tensor("labels" if name == "images" else f"labels of {name}", labels, "[N]", "whole")
    if not len(images) or len(images) != len(labels):
        given_ = f"{len(images)} images and {len(labels)} labels"
        raise ValueError(f"{name} holds {given_}: expected as many, and at least one")
