"""Fine-tuning: a loop over batches for any classifier of images, some of its layers frozen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, inf, pi
from typing import Any

import torch
from torch import Tensor, nn

from dlqa.lab.arguments import check_count, check_kind, check_name, check_sequence
from dlqa.lab.finetuning_plans import Training, check, check_images

__all__ = ["Curve", "Training", "accuracy", "fine_tune", "freeze_batch_norm"]


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
    of NaN or infinity. Raises TypeError or ValueError, and leaves the model as it was, where shapes
    or kinds do not fit, a batch is larger than N, a group lacks its rate, or a look lies beyond the
    steps.
    """
    check_kind("model", model, nn.Module, "a module")
    check(training, (images, labels), held_out, groups, generator, look_at)
    looks = sorted({*look_at, training.steps})
    images, labels = images.contiguous(memory_format=torch.channels_last), labels.long()
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

    Puts the model in evaluation mode. Raises TypeError or ValueError where they do not fit.
    """
    check_kind("model", model, nn.Module, "a module")
    check_images("images", (images, labels))
    check_count("batch", batch, 1)
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
    check_kind("model", model, nn.Module, "a module")
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
    if training.clip < inf:
        trained = (each for group in optimizer.param_groups for each in group["params"])
        nn.utils.clip_grad_norm_(trained, training.clip)
    optimizer.step()
    return loss.item()


def _optimizer(
    model: nn.Module, groups: Sequence[dict[str, Any]], training: Training
) -> torch.optim.Optimizer:
    """Over copies of the groups, as it writes into them; freezes what is in none of them."""
    groups = [{**group, "params": list(group["params"])} for group in groups]
    for place, group in enumerate(groups):
        check_sequence(f"params of groups[{place}]", group["params"], "parameters", 1)
    optimizer: torch.optim.Optimizer
    if training.optimizer == "adamw":
        optimizer = torch.optim.AdamW(groups, weight_decay=training.decay, fused=True)
    else:
        optimizer = torch.optim.SGD(
            groups, momentum=training.momentum, weight_decay=training.decay, fused=True
        )
    for place, group in enumerate(groups):
        for name in group.keys() - {"params"}:
            check_name(f"setting of groups[{place}]", name, optimizer.defaults)
    model.requires_grad_(False)
    for group in groups:
        for parameter in group["params"]:
            parameter.requires_grad_(True)
    model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return optimizer


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
