"""Trains a stack of networks at once and records what an observer sees on the way.

Axes: E networks, D data sets, I inputs, O outputs, N samples, T steps, B samples of a batch,
S steps observed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from dlqa.lab.networks import Stack


@dataclass(frozen=True)
class Adam:
    """Adam (Kingma & Ba 2015), with decoupled weight decay (Loshchilov & Hutter 2019)."""

    rate: float = 3e-3
    decays: tuple[float, float] = (0.9, 0.999)
    epsilon: float = 1e-8
    weight_decay: float | Tensor = 0.0


@dataclass(frozen=True)
class SGD:
    """Gradient descent with a constant rate."""

    rate: float = 0.1


@dataclass(frozen=True)
class Penalty:
    """strength [E] times the sum over layers of mean(|w|) ("l1") or mean(w**2) ("l2")."""

    kind: str
    strength: Tensor


@dataclass(frozen=True)
class Proximal:
    """A soft threshold of the weights after each step (Parikh & Boyd 2014, section 6.5.2)."""

    strength: Tensor


@dataclass(frozen=True)
class Task:
    """What the networks learn from; several may share a data set.

    inputs [D, I, N], targets [D, O, N]; batches [D, T, B]: the samples of each step's batch;
    of [E]: the data set of each network.
    """

    inputs: Tensor
    targets: Tensor
    batches: Tensor
    of: Tensor


@dataclass(frozen=True)
class Snapshot:
    """What an observer sees; must be neither kept nor changed. members [e]: which networks."""

    step: int
    stack: Stack
    members: Tensor


Observer = Callable[[Snapshot], dict[str, Tensor]]


@dataclass(frozen=True)
class History:
    """at [S]; observed [E, S, ...]; diverged_at [E], -1 = never; final: the trained networks."""

    at: "np.ndarray[Any, Any]"
    observed: "dict[str, np.ndarray[Any, Any]]"
    diverged_at: "np.ndarray[Any, Any]"
    final: Stack


def train(
    stack: Stack,
    task: Task,
    *,
    steps: int,
    optimizer: Adam | SGD = Adam(),
    loss: str | Callable[[Tensor, Tensor], Tensor] = "squared error",
    penalty: Penalty | Callable[[Stack, Tensor], Tensor] | None = None,
    proximal: Proximal | None = None,
    observe: Observer | None = None,
    at: Sequence[int] = (),
    threads: int | None = None,  # noqa: ARG001
) -> History:
    """First, plain version: autograd over the whole stack."""
    members = torch.arange(len(stack))
    weights = [w.detach().clone().requires_grad_() for w in stack.weights]
    biases = [b.detach().clone().requires_grad_() for b in stack.biases]
    now = Stack(tuple(weights), tuple(biases), stack.activation)
    parameters = [*weights, *biases]
    if isinstance(optimizer, Adam):
        engine: torch.optim.Optimizer = torch.optim.Adam(
            parameters, optimizer.rate, optimizer.decays, optimizer.epsilon
        )
        decay = torch.as_tensor(optimizer.weight_decay).expand(len(stack)).view(-1, 1, 1)
    else:
        engine = torch.optim.SGD(parameters, optimizer.rate)
        decay = torch.zeros(len(stack), 1, 1)
    diverged_at = torch.full((len(stack),), -1)
    observed: dict[str, list[Tensor]] = {}
    for step in range(steps + 1):
        for name, value in _observe(observe, Snapshot(step, now, members), at).items():
            gone = (diverged_at >= 0).view(-1, *[1] * (value.dim() - 1))
            if value.is_floating_point():
                value = value.masked_fill(gone, torch.nan)
            observed.setdefault(name, []).append(value.clone())
        if step == steps:
            break
        batch = task.batches[task.of, step].unsqueeze(1)  # [E, 1, B]
        x = task.inputs[task.of].gather(2, batch.expand(-1, task.inputs.shape[1], -1))
        y = task.targets[task.of].gather(2, batch.expand(-1, task.targets.shape[1], -1))
        objective = _loss(loss, now.outputs(x), y) + _penalty(penalty, now, members)
        engine.zero_grad()
        objective.sum().backward()  # type: ignore[no-untyped-call]
        with torch.no_grad():
            for parameter in parameters:
                parameter.mul_(1 - optimizer.rate * decay)
            engine.step()
            if proximal is not None:
                for w in weights:
                    by = (optimizer.rate * proximal.strength / w[0].numel()).view(-1, 1, 1)
                    w.copy_(w.sign() * (w.abs() - by).clamp_min(0))
            bad = torch.stack([~p.isfinite().flatten(1).all(1) for p in parameters]).any(0)
            diverged_at[bad & (diverged_at < 0)] = step + 1
    final = Stack(
        tuple(w.detach() for w in weights), tuple(b.detach() for b in biases), stack.activation
    )
    stacked = {name: torch.stack(values, 1).numpy() for name, values in observed.items()}
    return History(np.asarray(sorted(set(at))), stacked, diverged_at.numpy(), final)


def _observe(observe: Observer | None, snapshot: Snapshot, at: Sequence[int]) -> dict[str, Tensor]:
    if observe is None or snapshot.step not in at:
        return {}
    with torch.no_grad():
        return observe(snapshot)


def _loss(
    loss: str | Callable[[Tensor, Tensor], Tensor], outputs: Tensor, targets: Tensor
) -> Tensor:
    if callable(loss):
        return loss(outputs, targets)
    if loss == "squared error":
        return (outputs - targets).square().mean((1, 2))
    return -(targets * outputs.log_softmax(1)).sum(1).mean(1)


def _penalty(
    penalty: Penalty | Callable[[Stack, Tensor], Tensor] | None, stack: Stack, members: Tensor
) -> Tensor:
    if penalty is None:
        return torch.zeros(len(stack))
    if callable(penalty):
        return penalty(stack, members)
    size = torch.abs if penalty.kind == "l1" else torch.square
    return penalty.strength * sum(size(w).mean((1, 2)) for w in stack.weights)
