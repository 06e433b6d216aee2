"""The same training, written in the ways that a reader might write it.

Axes: E networks, T steps, B samples of a batch. Every contender trains networks of one shape from
the same weights on the same batches with Adam, and returns the mean of network 0's last weights.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec

import torch
from torch import Tensor, nn
from torch.func import functional_call, grad, vmap

from benchmarks._measuring import Contender, Missing, Work
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import INPUTS, one_hot, sample, shuffled_batches
from dlqa.lab.networks import Stack
from dlqa.lab.training import Task, train

RATE, BATCH, SETS, SAMPLES = 3e-3, 64, 8, 400


@dataclass(frozen=True)
class Exercise:
    """Hidden layers of `width` sigmoid units on 12 inputs, 2 outputs, batches of 64."""

    networks: int
    width: int
    steps: int
    layers: int = 2

    @property
    def sizes(self) -> tuple[int, ...]:
        return (INPUTS, *[self.width] * self.layers, 2)

    @property
    def units(self) -> int:
        """Steps of a network."""
        return self.networks * self.steps

    @property
    def work(self) -> str:
        """What network 0 becomes depends on nothing else."""
        return f"{self.layers} layers of {self.width}, {self.steps} steps"

    @property
    def flops(self) -> int:
        """Of one step of one network: each weight is multiplied and added for each sample, once
        forward and twice back, but for the first layer, whose inputs need no gradient."""
        first = INPUTS * self.width
        others = self.width * (self.width * (self.layers - 1) + 2)
        return 2 * BATCH * (2 * first + 3 * others)

    def stack(self) -> Stack:
        return initialize("xavier", self.sizes, range(self.networks))

    def task(self) -> Task:
        data = sample("independent", range(SETS), samples=SAMPLES, fresh=2)
        batches = shuffled_batches(range(SETS), samples=SAMPLES, steps=self.steps, size=BATCH)
        of = torch.arange(self.networks) % SETS
        return Task(data.inputs, one_hot(data.labels), batches, of)


def ours(exercise: Exercise, threads: int) -> Contender:
    stack, task = exercise.stack(), exercise.task()

    def run() -> float:
        final = train(stack, task, steps=exercise.steps, threads=threads).final
        return final.weights[-1][0].mean().item()

    return Contender(run, exercise.units, exercise.work)


def repeated(contender: Contender, times: int) -> Contender:
    """The same work so many times in a row, at least once."""
    run, times = contender.run, max(1, times)
    assert not isinstance(run, Missing)
    return replace(
        contender, run=lambda: max(run() for _ in range(times)), units=times * contender.units
    )


def naive(exercise: Exercise, *, fused: bool = True) -> Contender:
    """One nn.Sequential after another on one thread, with torch's fused Adam or its default."""
    stack, task = exercise.stack(), exercise.task()
    inputs, targets = task.inputs.mT.contiguous(), task.targets.mT.contiguous()  # [D, N, ·]

    def train_module(member: int, of: int) -> float:
        module = _module(stack, member)
        optimizer = torch.optim.Adam(module.parameters(), RATE, fused=fused)
        for picked in task.batches[of]:
            optimizer.zero_grad()
            outputs = module(inputs[of][picked])
            nn.functional.mse_loss(outputs, targets[of][picked]).backward()
            optimizer.step()
        return list(module.parameters())[-2].mean().item()

    def run() -> float:
        first, *_ = [train_module(member, of) for member, of in enumerate(task.of.tolist())]
        return first

    return Contender(_on_one_thread(run), exercise.units, exercise.work)


def vectorized(exercise: Exercise) -> Contender:
    """torch.func: vmap over grad of a functional call, and fused Adam on the stacked parameters."""
    stack, task = exercise.stack(), exercise.task()
    inputs, targets = task.inputs.mT.contiguous(), task.targets.mT.contiguous()
    of, module = task.of, _module(stack, 0)
    names = [name for name, _ in module.named_parameters()]

    def loss(parameters: dict[str, Tensor], x: Tensor, y: Tensor) -> Tensor:
        return nn.functional.mse_loss(functional_call(module, parameters, (x,)), y)

    gradients = vmap(grad(loss))

    def run() -> float:
        flat = [
            p for w, b in zip(stack.weights, stack.biases, strict=True) for p in (w, b[:, :, 0])
        ]
        parameters = dict(zip(names, (p.clone() for p in flat), strict=True))
        optimizer = torch.optim.Adam(parameters.values(), RATE, fused=True)
        for step in range(exercise.steps):
            picked = task.batches[of, step]  # [E, B]
            found = gradients(parameters, inputs[of[:, None], picked], targets[of[:, None], picked])
            for name, parameter in parameters.items():
                parameter.grad = found[name]
            optimizer.step()
        return parameters[names[-2]][0].mean().item()

    return Contender(_on_one_thread(run), exercise.units, exercise.work)


def peak(size: int = 1024, times: int = 20) -> Contender:
    """One core's product of two large float32 matrices; its unit is a million operations."""
    a, b, out = torch.randn(size, size), torch.randn(size, size), torch.empty(size, size)

    def run() -> float:
        for _ in range(times):
            torch.mm(a, b, out=out)
        return float("nan")

    return Contender(_on_one_thread(run), times * 2 * size**3 // 10**6)


def jax(exercise: Exercise, threads: int) -> Contender:
    """jit of vmap of scan, compiled beforehand, in a process that has so many cores."""
    if find_spec("jax") is None:
        return Contender(Missing("not installed: pip install jax"))
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
    if cores is None or len(cores) < threads:
        return Contender(Missing(f"needs {threads} cores that a process can be bound to"))
    return _in_a_process(exercise, cores[-threads:])


def _in_a_process(exercise: Exercise, cores: list[int]) -> Contender:
    """The number of its threads is fixed when JAX starts, hence one process for each."""
    sizes = (exercise.networks, exercise.width, exercise.steps)
    command = [sys.executable, "-m", "benchmarks._jax_process", *map(str, sizes)]
    process = subprocess.Popen(
        [*command, json.dumps(cores)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def run() -> float:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("run\n")
        process.stdin.flush()
        return float(process.stdout.readline())

    def close() -> None:
        process.communicate()  # it ends with its input

    return Contender(run, exercise.units, exercise.work, close)


def _module(stack: Stack, member: int) -> nn.Sequential:
    modules: list[nn.Module] = []
    for weight, bias in zip(stack.weights, stack.biases, strict=True):
        linear = nn.Linear(weight.shape[2], weight.shape[1])
        with torch.no_grad():
            linear.weight.copy_(weight[member])
            linear.bias.copy_(bias[member, :, 0])
        modules += [linear, nn.Sigmoid()]
    return nn.Sequential(*modules[:-1])


def _on_one_thread(run: Callable[[], float]) -> Work:
    def alone() -> float:
        before = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            return run()
        finally:
            torch.set_num_threads(before)

    return alone
