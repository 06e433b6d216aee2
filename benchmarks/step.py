"""Where the time of a training step goes: torch's profiler over the trainer's own moves.

Axes: e networks of one chunk, as the trainer cuts it for a stack of 256.
"""

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch.profiler import ProfilerActivity, profile

from benchmarks._measuring import Row, Table
from benchmarks._training_contenders import Exercise, peak
from dlqa.lab.gradients import Move, gradient
from dlqa.lab.optimizers import Adam, Moments, update
from dlqa.lab.parameters import Parameters
from dlqa.lab.tasks import feed
from dlqa.lab.threads import one_thread_an_operation

STEPS, NETWORKS = 50, 23
UNIT = "microseconds a network and step"
WHOLE, REST = "a whole step", "calls, and what the profiler does not see"
BOUND, WIDE, NARROW = (
    "operations at the sgemm peak",
    "products, hidden to hidden",
    "narrow products",
)
# Which of torch's operations belong to what; products are told apart by their shapes.
PARTS: Mapping[str, Sequence[str]] = {
    "activations and their slopes": ("aten::sigmoid", "aten::sigmoid_backward"),
    "Adam": ("aten::_fused_adam_", "aten::add_"),
    "the loss's derivative": ("aten::sub_", "aten::mul_"),
    "the batch": ("aten::index_select", "aten::select"),
    "looking for divergence": ("aten::sum", "aten::item", "aten::_local_scalar_dense"),
}


@dataclass(frozen=True)
class Loop:
    """One chunk's steps, outside the pool so that the profiler sees them."""

    moves: Sequence[Move]
    networks: int

    @classmethod
    def of(cls, exercise: Exercise) -> "Loop":
        members, task = torch.arange(exercise.networks), exercise.task()
        parameters = Parameters.of(exercise.stack())
        gradients, moments = parameters.like(), Moments(parameters)
        batch, fill = feed(task, task.table(torch.float32), members, 1)
        moves = (
            lambda: fill(0),
            gradient(parameters, gradients, batch, "sigmoid", "squared error"),
            update(Adam(), parameters, gradients, moments, members),
            lambda: parameters.flat.sum().item() and None,
        )
        return cls(moves, exercise.networks)

    def run(self) -> float:
        """Microseconds a network and step."""
        started = time.perf_counter()
        for _ in range(STEPS):
            for move in self.moves:
                move()
        return 1e6 * (time.perf_counter() - started) / (STEPS * self.networks)


def tables(rounds: int) -> Iterator[Table]:
    exercise = Exercise(NETWORKS, 100, STEPS)
    with one_thread_an_operation(), torch.no_grad():
        taken = _taken(Loop.of(exercise), exercise, rounds)
    table = [_row(name, each, taken[WHOLE]) for name, each in taken.items()]
    title = f"Where a step goes, 12-100-100-2, batch 64, Adam, {NETWORKS} networks, one thread"
    yield Table("trainer-step", title, UNIT, table)


def _taken(loop: Loop, exercise: Exercise, rounds: int) -> dict[str, list[float]]:
    """Microseconds of each part by round, the parts in the order of a step."""
    sgemm, taken = peak(times=5), dict[str, list[float]]()
    for number in range(rounds + 1):
        started = time.perf_counter()
        sgemm.run()  # type: ignore[operator]
        fastest = 1e6 * (time.perf_counter() - started) / sgemm.units
        whole, parts = loop.run(), _profiled(loop, exercise)
        found = {BOUND: exercise.flops / 1e6 * fastest, **parts, REST: whole - sum(parts.values())}
        for name, microseconds in {**found, WHOLE: whole}.items():
            if number:  # the first round warms up
                taken.setdefault(name, []).append(microseconds)
    return taken


def _profiled(loop: Loop, exercise: Exercise) -> dict[str, float]:
    """Microseconds a network and step in torch's operations, by part."""
    with profile(activities=[ProfilerActivity.CPU], record_shapes=True) as seen:
        loop.run()
    per = STEPS * loop.networks
    found = {WIDE: 0.0, NARROW: 0.0, **dict.fromkeys(PARTS, 0.0)}
    of = {name: part for part, names in PARTS.items() for name in names}
    for event in seen.key_averages(group_by_input_shape=True):
        if event.key == "aten::bmm":
            sides = {*event.input_shapes[0][1:], *event.input_shapes[1][1:]}
            part = NARROW if sides & {2, exercise.sizes[0] + 1} else WIDE
        elif event.key in of:
            part = of[event.key]
        else:
            continue
        found[part] += event.self_cpu_time_total / per
    return found


def _row(name: str, microseconds: list[float], whole: list[float]) -> Row:
    low, median, high = statistics.quantiles(microseconds, n=4, method="inclusive")
    share = {
        "share of a step": statistics.median(
            m / w for m, w in zip(microseconds, whole, strict=True)
        )
    }
    return Row(name, median, (low, high), min(microseconds), notes=share)
