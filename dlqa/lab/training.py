"""Trains a stack of networks at once and records what an observer sees on the way.

Axes: E networks of the whole stack, e networks of a chunk, S steps observed.

The stack is trained in chunks that fit a core's cache, each from its first step to its last, on a
pool of threads. What a network becomes depends neither on its chunk nor on its thread, bit by bit.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from dlqa.lab.gradients import Batch, Move, gradient
from dlqa.lab.losses import LossFunction, loss_function
from dlqa.lab.networks import Activation, Stack, concatenate
from dlqa.lab.optimizers import SGD, Adam, Moments, update
from dlqa.lab.parameters import Parameters, as_stack, round_up
from dlqa.lab.penalties import Penalty, PenaltyFunction, Proximal, penalize, threshold
from dlqa.lab.tasks import Task, feed

__all__ = ["SGD", "Adam", "History", "Observer", "Penalty", "Proximal", "Snapshot", "Task", "train"]

# Parameters of a chunk. With gradients and Adam's two moments that is 3 MB: on the machine where
# this was measured as fast as smaller chunks, which need more calls, and faster than larger ones.
CHUNK = 200_000


@dataclass(frozen=True)
class Snapshot:
    """What an observer sees; to be neither kept nor changed.

    step: updates so far; stack: some of the networks; members int64 [e]: which ones of the whole.
    """

    step: int
    stack: Stack
    members: Tensor


# From a snapshot to values [e, ...]. Called without gradients, from several threads at once.
Observer = Callable[[Snapshot], dict[str, Tensor]]


@dataclass(frozen=True)
class History:
    """What training leaves.

    at [S]: the steps observed, 0 being before the first update; observed: each [E, S, ...];
    diverged_at int64 [E]: the first step after which a weight was not finite, -1 = never, and from
    then on the network's floating observations are NaN; final: the trained networks.
    """

    at: npt.NDArray[np.int64]
    observed: Mapping[str, npt.NDArray[np.generic]]
    diverged_at: npt.NDArray[np.int64]
    final: Stack


@dataclass(frozen=True)
class Plan:
    """How to train: the arguments of `train` that are the same for every chunk."""

    steps: int
    optimizer: Adam | SGD
    loss: str | LossFunction
    penalty: Penalty | PenaltyFunction | None
    proximal: Proximal | None
    observe: Observer | None
    at: Sequence[int]


def train(
    stack: Stack,
    task: Task,
    *,
    steps: int,
    optimizer: Adam | SGD = Adam(),  # noqa: B008 (frozen, so safe to share)
    loss: str | LossFunction = "squared error",
    penalty: Penalty | PenaltyFunction | None = None,
    proximal: Proximal | None = None,
    observe: Observer | None = None,
    at: Sequence[int] = (),
    threads: int | None = None,
) -> History:
    """Trains every network of `stack` for `steps` steps and leaves the stack itself as it was.

    loss: "squared error" (mean over samples and outputs), "cross entropy" (of targets that sum to 1
    for each sample, mean over samples), or a function of outputs and targets [e, O, B] to [e].
    penalty: a `Penalty`, or a function of a stack and its members to [e]. Functions, and a stack
    whose activation is one, are left to autograd. observe: called at the steps `at`, each from 0 to
    `steps`. threads: as many as torch is set to use, unless given.

    Raises ValueError where shapes do not fit, for unknown names, and for steps out of range.
    """
    plan = Plan(steps, optimizer, loss, penalty, proximal, observe, sorted(set(at)))
    threads = torch.get_num_threads() if threads is None else threads
    _check(stack, task, plan, threads)
    members = _chunks(stack, threads)
    train_these = partial(_train_chunk, stack, task, task.table(stack.weights[0].dtype), plan)
    with _one_thread_an_operation(), ThreadPoolExecutor(threads) as pool:
        return _joined(list(pool.map(train_these, members)))


def _train_chunk(stack: Stack, task: Task, table: Tensor, plan: Plan, members: Tensor) -> History:
    """The history of some of the networks, from the first step to the last."""
    rows = members
    if len(rows) == 1 and 1 in stack.sizes:
        rows = rows.repeat(2)  # BLAS rounds one lone vector's products otherwise than a batch's
    parameters = Parameters.of(stack.select(rows))
    batch, fill = feed(task, table, rows, plan.steps)
    now = as_stack([layer[: len(members)] for layer in parameters.layers], stack.activation)
    diverged_at = torch.where(parameters.finite(), -1, 0)
    observed: list[dict[str, Tensor]] = []
    with torch.no_grad():
        moves = _moves(parameters, batch, stack.activation, plan, rows)
        for step in range(plan.steps + 1):
            if step in plan.at and plan.observe is not None:
                seen = plan.observe(Snapshot(step, now, members))
                observed.append(_without_diverged(seen, diverged_at[: len(members)] >= 0))
            if step == plan.steps:
                break
            fill(step)
            for move in moves:
                move()
            # One sum tells whether to look closer: it is finite only if every number is.
            if not math.isfinite(parameters.flat.sum().item()):
                diverged_at[(diverged_at < 0) & ~parameters.finite()] = step + 1
    final = Stack(
        tuple(weight.contiguous() for weight in now.weights),
        tuple(bias.contiguous() for bias in now.biases),
        stack.activation,
    )
    names = observed[0] if observed else ()
    values = {name: torch.stack([seen[name] for seen in observed], 1).numpy() for name in names}
    return History(np.array(plan.at, np.int64), values, diverged_at[: len(members)].numpy(), final)


def _moves(
    parameters: Parameters, batch: Batch, activation: str | Activation, plan: Plan, members: Tensor
) -> list[Move]:
    """What a step does once its batch is there."""
    gradients, moments = parameters.like(), Moments(parameters)
    moves = [gradient(parameters, gradients, batch, activation, plan.loss)]
    if plan.penalty is not None:
        moves.append(penalize(plan.penalty, parameters, gradients, activation, members))
    moves.append(update(plan.optimizer, parameters, gradients, moments, members))
    if plan.proximal is not None:
        moves.append(threshold(plan.proximal, parameters, plan.optimizer, moments, members))
    return moves


def _without_diverged(seen: Mapping[str, Tensor], diverged: Tensor) -> dict[str, Tensor]:
    """A copy of what was seen, with NaN for networks that diverged [e]."""
    kept = {name: values.clone() for name, values in seen.items()}
    for values in kept.values():
        if values.is_floating_point():
            values[diverged] = torch.nan
    return kept


def _chunks(stack: Stack, threads: int) -> Sequence[Tensor]:
    """The networks [E] in chunks of much the same size [e], as many for each thread."""
    networks = len(stack)
    parameters = sum((rows + 1) * units for rows, units in pairwise(stack.sizes))
    largest = max(1, CHUNK // parameters)
    chunks = round_up(math.ceil(networks / largest), threads)
    return torch.arange(networks).tensor_split(min(chunks, networks))


def _joined(chunks: Sequence[History]) -> History:
    """One history of all networks."""
    names = chunks[0].observed
    return History(
        chunks[0].at,
        {name: np.concatenate([chunk.observed[name] for chunk in chunks]) for name in names},
        np.concatenate([chunk.diverged_at for chunk in chunks]),
        concatenate([chunk.final for chunk in chunks]),
    )


@contextmanager
def _one_thread_an_operation() -> Iterator[None]:
    """Threads of its own per operation would fight over the cores with those of the pool."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _check(stack: Stack, task: Task, plan: Plan, threads: int) -> None:
    networks, inputs, outputs = len(stack), stack.sizes[0], stack.sizes[-1]
    loss_function(plan.loss)
    _expect("task.of", list(task.of.shape), [networks], "one data set for each network")
    _expect("inputs of the task", task.inputs.shape[1], inputs, "as the first layer has")
    _expect("targets of the task", task.targets.shape[1], outputs, "as the last layer gives")
    if not 0 <= plan.steps <= task.batches.shape[1]:
        raise ValueError(
            f"steps must be 0 to {task.batches.shape[1]}, the task's, not {plan.steps}"
        )
    if not all(0 <= step <= plan.steps for step in plan.at):
        raise ValueError(f"at must be of 0 to {plan.steps}, the steps, not {list(plan.at)}")
    if threads < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    if isinstance(plan.optimizer, Adam):
        _check_per_network("weight_decay", plan.optimizer.weight_decay, networks)
    if isinstance(plan.penalty, Penalty):
        _check_per_network("strength of the penalty", plan.penalty.strength, networks)
    if plan.proximal is not None:
        _check_per_network("strength of the proximal step", plan.proximal.strength, networks)
        if plan.proximal.metric == "adam" and not isinstance(plan.optimizer, Adam):
            raise ValueError(f'the metric "adam" needs the optimizer Adam, not {plan.optimizer}')


def _check_per_network(what: str, values: float | Tensor, networks: int) -> None:
    shape = torch.as_tensor(values).shape
    if shape not in ((), (networks,)):
        raise ValueError(f"{what} must be one number or [{networks}], not {list(shape)}")


def _expect(what: str, given: object, expected: object, why: str) -> None:
    if given != expected:
        raise ValueError(f"{what}: {given}; expected {expected}, {why}")
