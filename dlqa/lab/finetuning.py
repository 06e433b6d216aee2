"""Fine-tuning: a loop over batches for any classifier of images, some of its layers frozen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi
from typing import Any, Literal

import torch
from torch import Tensor, nn


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
    clip: float = float("inf")


@dataclass(frozen=True)
class Curve:
    """What was seen on the way, after each number of steps.

    Losses are means over the batches since the last look, NaN before the first.
    """

    steps: tuple[int, ...]
    losses: tuple[float, ...]
    accuracies: tuple[float, ...]


def fine_tune(
    model: nn.Module,
    images: Tensor,
    labels: Tensor,
    *,
    groups: Sequence[dict[str, Any]],
    training: Training,
    generator: torch.Generator,
    held_out: tuple[Tensor, Tensor],
    look_at: Sequence[int] = (),
) -> Curve:
    """Trains the model in place on cross-entropy and leaves it in evaluation mode.

    images [N, 3, H, W], normalized; labels [N]; groups: as torch's optimizers take them, dicts of
    `params` and `lr`, and all that is in none of them is frozen. The generator draws batches and
    mirrors, so that equal seeds give equal models, on equally many threads: by these torch's layers
    round. Accuracy on the `held_out` images and labels is taken after each number of steps in
    `look_at`, and after the last. A rate so high that weights are no longer finite shows as a loss
    of NaN or infinity. Raises ValueError where a batch is larger than N, or a look lies beyond the
    steps.
    """
    if not 2 <= training.batch <= len(images) == len(labels):
        given = f"{training.batch} of {len(images)} images and {len(labels)} labels"
        raise ValueError(f"expected a batch from 2 to the number of images, not {given}")
    looks = sorted({*look_at, training.steps})
    if looks[0] < 0 or looks[-1] > training.steps:
        raise ValueError(f"expected looks from 0 to {training.steps}, not {list(look_at)}")
    images = images.contiguous(memory_format=torch.channels_last)
    optimizer = _optimizer(model, groups, training)
    batches = _batches(len(images), training.batch, generator)
    taken, losses, accuracies = 0, [], []
    for look in looks:
        seen = []
        for step in range(taken, look):
            _set_rates(optimizer, groups, _decline(step, training))
            chosen = next(batches)
            shown = _mirrored(images[chosen], generator) if training.flip else images[chosen]
            seen.append(_step(model, shown, labels[chosen], optimizer, training))
        taken = look
        losses.append(sum(seen) / len(seen) if seen else float("nan"))
        accuracies.append(accuracy(model, *held_out))
    return Curve(tuple(looks), tuple(losses), tuple(accuracies))


@torch.no_grad()
def accuracy(model: nn.Module, images: Tensor, labels: Tensor, batch: int = 128) -> float:
    """The share of images [N, 3, H, W] whose highest logit is their label's [N].

    Puts the model in evaluation mode.
    """
    model.eval()
    right = 0
    for start in range(0, len(images), batch):
        some = images[start : start + batch].contiguous(memory_format=torch.channels_last)
        right += int((model(some).argmax(1) == labels[start : start + batch]).sum())
    return right / len(images)


def freeze_batch_norm(model: nn.Module) -> None:
    """Batch norm normalizes by its running statistics, which stay, until `model.train()`.

    Scale and shift train as before. To be called after `model.train()`, which undoes it.
    """
    for layer in model.modules():
        if isinstance(layer, nn.modules.batchnorm._BatchNorm):
            layer.eval()


def _step(
    model: nn.Module,
    images: Tensor,
    labels: Tensor,
    optimizer: torch.optim.Optimizer,
    training: Training,
) -> float:
    model.train()
    if training.batch_norm == "frozen":
        freeze_batch_norm(model)
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(images), labels)
    loss.backward()  # type: ignore[no-untyped-call]
    if training.clip < float("inf"):
        trained = (each for group in optimizer.param_groups for each in group["params"])
        nn.utils.clip_grad_norm_(trained, training.clip)
    optimizer.step()
    return loss.item()


def _optimizer(
    model: nn.Module, groups: Sequence[dict[str, Any]], training: Training
) -> torch.optim.Optimizer:
    """Over copies of the groups, as it writes into them; freezes what is in none of them."""
    groups = [{**group, "params": list(group["params"])} for group in groups]
    model.requires_grad_(False)
    for group in groups:
        for parameter in group["params"]:
            parameter.requires_grad_(True)
    model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    if training.optimizer == "adamw":
        return torch.optim.AdamW(groups, weight_decay=training.decay, fused=True)
    return torch.optim.SGD(
        groups, momentum=training.momentum, weight_decay=training.decay, fused=True
    )


def _set_rates(
    optimizer: torch.optim.Optimizer, groups: Sequence[dict[str, Any]], factor: float
) -> None:
    for held, given in zip(optimizer.param_groups, groups, strict=True):
        held["lr"] = given["lr"] * factor


def _decline(step: int, training: Training) -> float:
    return (1 + cos(pi * step / training.steps)) / 2 if training.cosine else 1.0


def _batches(images: int, batch: int, generator: torch.Generator) -> Iterator[Tensor]:
    """Places [batch], without end: one shuffle of all images after another, none cut short."""
    device = generator.device
    waiting = torch.empty(0, dtype=torch.int64, device=device)
    while True:
        while len(waiting) < batch:
            order = torch.randperm(images, device=device, generator=generator)
            waiting = torch.cat([waiting, order])
        yield waiting[:batch]
        waiting = waiting[batch:]


def _mirrored(images: Tensor, generator: torch.Generator) -> Tensor:
    shape, device = (len(images), 1, 1, 1), generator.device
    drawn = torch.rand(shape, dtype=torch.float32, device=device, generator=generator)
    return torch.where((drawn < 0.5).to(images.device), images.flip(3), images)
