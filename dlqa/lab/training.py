"""Trains a stack of networks at once and records what an observer sees on the way.

Axes: E networks of the whole stack, e networks of a chunk, S steps observed.

The stack is trained in chunks that fit a core's cache, each from its first step to its last, on a
pool of threads. What a network becomes depends neither on its chunk nor on its thread, bit by bit.
That goes for functions of the caller's as well, which are shown networks in company: for losses,
activations and penalties of weights that compute elements, and reduce them network by network.
Where it ends: a penalty of the few biases of a narrow layer, and what an observer computes, round
as torch rounds arrays of their size.
"""

import math
from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from dlqa.lab.arguments import check_count
from dlqa.lab.gradients import Batch, Move, gradient
from dlqa.lab.histories import (
    History,
    Observer,
    Snapshot,
    check_seen,
    joined,
    together,
    without_diverged,
)
from dlqa.lab.losses import Loss, LossFunction
from dlqa.lab.networks import Activation, Stack
from dlqa.lab.optimizers import SGD, Adam, Moments, update
from dlqa.lab.parameters import Parameters, as_stack, round_up
from dlqa.lab.penalties import Penalty, PenaltyFunction, Proximal, penalize, threshold
from dlqa.lab.plans import Plan, check
from dlqa.lab.tasks import Task, feed
from dlqa.lab.threads import own_threads, threads_of_torch
from dlqa.lab.tying import tie

__all__ = ["SGD", "Adam", "History", "Observer", "Penalty", "Proximal", "Snapshot", "Task", "train"]

# Parameters of a chunk. With gradients and Adam's two moments that is 5 MB: on the machine where
# this was measured smaller chunks lose more to the calls of each step than they gain in the cache,
# and larger ones the other way round.
CHUNK = 300_000


def train(
    stack: Stack,
    task: Task,
    *,
    steps: int,
    optimizer: Adam | SGD = Adam(),  # noqa: B008 (frozen, so safe to share)
    loss: str | Loss | LossFunction = "squared error",
    penalty: Penalty | PenaltyFunction | None = None,
    proximal: Proximal | None = None,
    observe: Observer | None = None,
    at: Sequence[int] = (),
    tied: Sequence[int] = (),
    threads: int | None = None,
) -> History:
    """Trains every network of `stack` for `steps` steps and leaves the stack itself as it was.

    loss: "squared error" (mean over samples and outputs), "cross entropy" (of one-hot targets, mean
    over samples), a `Loss`, or a function of outputs and targets [e, O, B] to [e].
    penalty: a `Penalty`, or a function of a stack and its members to [e]. Functions, and a stack
    whose activation is one, are left to autograd. observe: called at the steps `at`, each from 0 to
    `steps`. tied: layers, counted from 0, that are one layer applied several times. threads: as many as torch is set to use, unless given.

    Raises TypeError or ValueError where shapes do not fit, for unknown names and other kinds of
    things, and for steps out of range.
    """
    available = threads_of_torch()
    check(stack, task, Plan(steps, optimizer, loss, penalty, proximal, observe, at, tied))
    plan = Plan(steps, optimizer, loss, penalty, proximal, observe, sorted(set(at)), tied)
    threads = available if threads is None else threads
    check_count("threads", threads, 1)
    members = _chunks(stack, threads)
    train_these = partial(_train_chunk, stack, task, task.table(stack.weights[0].dtype), plan)
    with own_threads(threads) as pool:
        return joined(list(pool.map(train_these, members)))


def _train_chunk(stack: Stack, task: Task, table: Tensor, plan: Plan, members: Tensor) -> History:
    """The history of some of the networks, from the first step to the last."""
    # BLAS rounds one lone vector's product otherwise than a batch of them: such a network gets
    # company, its own double.
    rows = members.repeat(2) if len(members) == 1 and 1 in stack.sizes else members
    parameters = Parameters.of(stack.select(rows))
    batch, fill = feed(task, table, rows, plan.steps)
    now = as_stack([layer[: len(members)] for layer in parameters.layers], stack.activation)
    diverged_at = torch.where(parameters.finite(), -1, 0)
    observed, at = [], frozenset(plan.at)
    with torch.no_grad():
        moves = _moves(parameters, batch, stack.activation, plan, rows)
        for step in range(plan.steps + 1):
            if plan.observe is not None and step in at:
                seen = plan.observe(Snapshot(step, now, members))
                check_seen(seen, len(members))
                observed.append(without_diverged(seen, diverged_at[: len(members)] >= 0))
            if step == plan.steps:
                break
            fill(step)
            for move in moves:
                move()
            # One sum tells whether to look closer: it is finite only if every number is.
            if not math.isfinite(parameters.flat.sum().item()):
                diverged_at[(diverged_at < 0) & ~parameters.finite()] = step + 1
    diverged_at = diverged_at[: len(members)]
    return History(np.array(plan.at, np.int64), together(observed), diverged_at.numpy(), now)


def _moves(
    parameters: Parameters, batch: Batch, activation: str | Activation, plan: Plan, members: Tensor
) -> list[Move]:
    """What a step does once its batch is there."""
    gradients, moments = parameters.like(), Moments(parameters)
    moves = [gradient(parameters, gradients, batch, activation, plan.loss)]
    if plan.tied:
        moves.append(tie(gradients, plan.tied))
    if plan.penalty is not None:
        moves.append(penalize(plan.penalty, parameters, gradients, activation, members))
    moves.append(update(plan.optimizer, parameters, gradients, moments, members))
    if plan.proximal is not None:
        moves.append(threshold(plan.proximal, parameters, plan.optimizer, moments, members))
    return moves


def _chunks(stack: Stack, threads: int) -> Sequence[Tensor]:
    """The networks [E] in chunks of much the same size [e], as many for each thread."""
    networks = len(stack)
    parameters = sum((rows + 1) * units for rows, units in pairwise(stack.sizes))
    largest = max(1, CHUNK // parameters)
    chunks = round_up(math.ceil(networks / largest), threads)
    return torch.arange(networks, device="cpu").tensor_split(min(chunks, networks))
