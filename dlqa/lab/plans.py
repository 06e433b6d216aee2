"""How a stack is to be trained, and whether stack, task and plan fit together."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from dlqa.lab.arguments import check_count, check_kind, check_sequence
from dlqa.lab.histories import Observer
from dlqa.lab.losses import Loss, LossFunction, check_loss
from dlqa.lab.networks import Stack
from dlqa.lab.optimizers import SGD, Adam
from dlqa.lab.penalties import Penalty, PenaltyFunction, Proximal
from dlqa.lab.tasks import Task
from dlqa.lab.tying import check_tied


@dataclass(frozen=True)
class Plan:
    """How to train: the arguments of `train` that are the same for every chunk."""

    steps: int
    optimizer: Adam | SGD
    loss: str | Loss | LossFunction
    penalty: Penalty | PenaltyFunction | None
    proximal: Proximal | None
    observe: Observer | None
    at: Sequence[int]
    tied: Sequence[int] = ()


def check(stack: Stack, task: Task, plan: Plan) -> None:
    """Raises TypeError or ValueError where the three do not fit, saying what was given and expected."""
    check_kind("stack", stack, Stack, "a Stack")
    check_kind("task", task, Task, "a Task")
    if stack.weights[0].device.type != "cpu":
        raise ValueError(f"stack lies on {stack.weights[0].device}: expected it on the CPU")
    networks, inputs, outputs = len(stack), stack.sizes[0], stack.sizes[-1]
    if not networks:
        raise ValueError("expected a stack of at least one network")
    check_loss(plan.loss)
    check_kind("optimizer", plan.optimizer, (Adam, SGD), "an Adam or SGD of dlqa.lab.training")
    if plan.penalty is not None and not callable(plan.penalty):
        check_kind("penalty", plan.penalty, Penalty, "a Penalty, a function or None")
    if plan.observe is not None and not callable(plan.observe):
        raise TypeError(f"observe is {plan.observe!r}: expected a function or None")
    _expect("task.of", list(task.of.shape), [networks], "one data set for each network")
    _expect("inputs of the task", task.inputs.shape[1], inputs, "as the first layer has")
    _expect("targets of the task", task.targets.shape[1], outputs, "as the last layer gives")
    check_count("steps", plan.steps, 0, task.most_steps)
    check_tied(stack, plan.tied)
    check_sequence("at", plan.at, "whole numbers")
    for place, step in enumerate(plan.at):
        check_count(f"at[{place}]", step, 0, plan.steps)
    if isinstance(plan.optimizer, Adam):
        _check_per_network("weight_decay", plan.optimizer.weight_decay, networks)
    if isinstance(plan.penalty, Penalty):
        _check_per_network("strength of the penalty", plan.penalty.strength, networks)
    if plan.proximal is not None:
        check_kind("proximal", plan.proximal, Proximal, "a Proximal or None")
        _check_per_network("strength of the proximal step", plan.proximal.strength, networks)
        if plan.proximal.metric == "adam" and not isinstance(plan.optimizer, Adam):
            raise ValueError(f'the metric "adam" needs the optimizer Adam, not {plan.optimizer}')


def _check_per_network(what: str, values: float | Tensor, networks: int) -> None:
    shape = torch.as_tensor(values, device="cpu").shape
    if shape not in ((), (networks,)):
        raise ValueError(f"{what} must be one number or [{networks}], not {list(shape)}")


def _expect(what: str, given: object, expected: object, why: str) -> None:
    if given != expected:
        raise ValueError(f"{what}: {given}; expected {expected}, {why}")
