"""What pairwise IoU costs in time and memory, beside the peers a reader might use instead.

A row's unit is a million pairs of float32 boxes. Freeing a result is not timed; page faults of a
fresh result are, for the bound "write once" as for all.
"""

import math
import resource
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from benchmarks._measuring import (
    Bar,
    Contender,
    Missing,
    Row,
    Table,
    Timing,
    rows,
    times_as_fast,
)
from dlqa.lab.boxes import iou

Measure = Callable[[Tensor, Tensor], object]
UNIT = "microseconds a million pairs"
SIZES = (1_000, 2_000, 5_000, 10_000, 20_000)
BOXES = 10_000
OURS, WRITE, REFERENCE = "dlqa", "write once", "torchvision's arithmetic"
EXTRA = "MB beyond a float32 result"


def tables(rounds: int) -> Iterator[Table]:
    """The bars of the project's issue on boxes, each where it is measured."""
    yield peers(rounds)
    yield own_output(rounds)
    yield sizes(rounds)


def peers(rounds: int) -> Table:
    """Every contender on 10,000 x 10,000 boxes, in time and in memory."""
    loaded = {name: load_or_say(name, load) for name, load in CONTENDERS.items()}
    timings = alternate_on_boxes(loaded, BOXES, rounds)
    extra = {name: peak_megabytes(name, BOXES) - result_megabytes(BOXES) for name in timings}
    table = [noted(row, extra) for row in rows(described(loaded), timings, REFERENCE)]
    bars = [
        Bar("times as fast as torchvision's way", times_as_fast(timings, OURS, REFERENCE), 10),
        Bar("times as long as writing once", times_as_fast(timings, WRITE, OURS), 2.5, False),
        Bar(EXTRA, extra[OURS], 64, False),
    ]
    threads = torch.get_num_threads()
    title = f"Pairwise IoU, {BOXES:,} x {BOXES:,}, float32, {threads} threads"
    return Table("boxes-peers", title, UNIT, table, bars)


def own_output(rounds: int) -> Table:
    """What is left where the caller's own memory, paged in already, takes the result."""
    own = torch.ones(BOXES, BOXES)
    loaded: dict[str, Measure | Missing] = {
        WRITE: lambda *_: own.fill_(1),
        OURS: lambda a, b: iou(a, b, out=own),
        f"{OURS}, unchecked": lambda a, b: iou(a, b, checked=False, out=own),
    }
    timings = alternate_on_boxes(loaded, BOXES, rounds)
    title = f"Pairwise IoU into the caller's own output, {BOXES:,} x {BOXES:,}"
    return Table("boxes-own-output", title, UNIT, rows(described(loaded), timings, WRITE))


def sizes(rounds: int) -> Table:
    """Time and memory per pair from 1,000 to 20,000 boxes a side."""
    names = {f"{count:,} x {count:,}": count for count in SIZES}
    runs = [
        {name: alternate_on_boxes({name: ours}, count, 1)[name] for name, count in names.items()}
        for _ in range(rounds)
    ]
    timings = {
        name: Timing([run[name].wall[0] for run in runs], [run[name].cpu[0] for run in runs])
        for name in names
    }
    extra = {n: peak_megabytes(OURS, c) - result_megabytes(c) for n, c in names.items()}
    table = [noted(row, extra) for row in rows(described(dict.fromkeys(names, ours)), timings, "")]
    medians = [row.median for row in table]
    bars = [
        Bar("largest by smallest time a pair", max(medians) / min(medians), 1.5, False),
        Bar(f"most {EXTRA}", max(extra.values()), 64, False),
    ]
    return Table("boxes-sizes", "Cost a pair against the number of boxes", UNIT, table, bars)


def write_once(boxes1: Tensor, boxes2: Tensor) -> Tensor:
    """The bound: a fresh result of this size, filled."""
    return torch.empty(len(boxes1), len(boxes2)).fill_(1)


def ours(boxes1: Tensor, boxes2: Tensor) -> Tensor:
    return iou(boxes1, boxes2)


def torchvisions(boxes1: Tensor, boxes2: Tensor) -> Tensor:
    """The steps of torchvision's box_iou: whole (N, M, 2) arrays, one after another."""
    areas = [(b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]) for b in (boxes1, boxes2)]
    start = torch.max(boxes1[:, None, :2], boxes2[:, :2])
    end = torch.min(boxes1[:, None, 2:], boxes2[:, 2:])
    sides = (end - start).clamp(min=0)
    shared = sides[..., 0] * sides[..., 1]
    return shared / (areas[0][:, None] + areas[1] - shared)


def compiled() -> Measure:
    if not shutil.which("g++") and not shutil.which("clang++"):
        raise ImportError("torch.compile needs a C++ compiler", name="a C++ compiler")
    return torch.compile(torchvisions, dynamic=False)


def numbas() -> Measure:
    import numba
    import numpy as np

    @numba.njit(parallel=True)
    def fill(a, b, out):  # type: ignore[no-untyped-def]
        for i in numba.prange(len(a)):
            own = (a[i, 2] - a[i, 0]) * (a[i, 3] - a[i, 1])
            for j in range(len(b)):
                width = min(a[i, 2], b[j, 2]) - max(a[i, 0], b[j, 0])
                height = min(a[i, 3], b[j, 3]) - max(a[i, 1], b[j, 1])
                shared = max(width, np.float32(0)) * max(height, np.float32(0))
                other = (b[j, 2] - b[j, 0]) * (b[j, 3] - b[j, 1])
                out[i, j] = shared / (own + other - shared)

    def measure(boxes1: Tensor, boxes2: Tensor) -> object:
        numba.set_num_threads(torch.get_num_threads())
        out = np.empty((len(boxes1), len(boxes2)), np.float32)
        fill(boxes1.numpy(), boxes2.numpy(), out)
        return out

    return measure


def pycocotools() -> Measure:
    from pycocotools import mask

    def measure(boxes1: Tensor, boxes2: Tensor) -> object:
        sides = [torch.cat((b[:, :2], b[:, 2:] - b[:, :2]), 1).double() for b in (boxes1, boxes2)]
        return mask.iou(sides[0].numpy(), sides[1].numpy(), [0] * len(boxes2))

    return measure


def supervisions() -> Measure:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that OpenCV is missing, which IoU does not use
        import supervision

    return lambda boxes1, boxes2: supervision.box_iou_batch(boxes1.numpy(), boxes2.numpy())


CONTENDERS: dict[str, Callable[[], Measure]] = {
    WRITE: lambda: write_once,
    OURS: lambda: ours,
    REFERENCE: lambda: torchvisions,
    "torch.compile": compiled,
    "numba": numbas,
    "pycocotools": pycocotools,
    "supervision": supervisions,
}


def load_or_say(name: str, load: Callable[[], Measure]) -> Measure | Missing:
    """The contender, checked against ours, or which package it lacks."""
    try:
        measure = load()
    except ImportError as error:
        return Missing(f"not installed: {error.name}")
    few = boxes_on_image(50, 0), boxes_on_image(60, 1)
    answer = torch.as_tensor(measure(*few), dtype=torch.float32)
    if measure is not write_once and not torch.allclose(answer, ours(*few), atol=1e-6):
        raise ValueError(f"{name} and ours must agree to 1e-6 on 50 x 60 boxes")
    return measure


def described(loaded: Mapping[str, Measure | Missing]) -> dict[str, Contender]:
    """As `rows` wants them; timing is this module's own, so nothing is left to run."""
    return {
        name: Contender(measure if isinstance(measure, Missing) else lambda: math.nan)
        for name, measure in loaded.items()
    }


def noted(row: Row, extra: Mapping[str, float]) -> Row:
    return replace(row, notes={EXTRA: extra[row.name]}) if row.name in extra else row


def alternate_on_boxes(
    loaded: Mapping[str, Measure | Missing], count: int, rounds: int
) -> dict[str, Timing]:
    """Times of the contenders that are there, all in turn in each round, after a first round."""
    there = {name: m for name, m in loaded.items() if not isinstance(m, Missing)}
    boxes = boxes_on_image(count, 0), boxes_on_image(count, 1)
    runs = [{name: timed(m, *boxes) for name, m in there.items()} for _ in range(rounds + 1)]
    millions = count**2 / 1e6
    return {
        name: Timing(*([run[name][clock] / millions for run in runs[1:]] for clock in (0, 1)))
        for name in there
    }


def timed(measure: Measure, *boxes: Tensor) -> tuple[float, float]:
    """Microseconds of wall and of processor for one call, without freeing the result."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = measure(*boxes)
    taken = 1e6 * (time.perf_counter() - wall), 1e6 * (time.process_time() - cpu)
    del result
    return taken


def boxes_on_image(count: int, seed: int) -> Tensor:
    """Boxes (count, 4) with sides of 1 to 101 pixels on an image of 1000, float32."""
    generator = torch.Generator().manual_seed(seed)
    start = 900 * torch.rand(count, 2, generator=generator)
    return torch.cat((start, start + 1 + 100 * torch.rand(count, 2, generator=generator)), 1)


def result_megabytes(count: int) -> float:
    return 4 * count**2 / 1e6


def peak_megabytes(name: str, count: int) -> float:
    """Memory at its highest beyond the inputs, the result included, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.boxes", name, str(count)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def print_peak(name: str, count: int) -> None:
    """Print the rise of this process's highest memory over one call, in megabytes."""
    contender = CONTENDERS[name]()
    contender(boxes_on_image(100, 0), boxes_on_image(100, 1))  # loads what is loaded once
    boxes = boxes_on_image(count, 0), boxes_on_image(count, 1)
    before = highest_megabytes()
    result = contender(*boxes)
    print(highest_megabytes() - before)
    del result


def highest_megabytes() -> float:
    """Most memory this process has held. Not Linux's ru_maxrss, which counts the parent's too."""
    if sys.platform != "linux":
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError("/proc/self/status has no line VmHWM: expected one")


if __name__ == "__main__":
    print_peak(sys.argv[1], int(sys.argv[2]))
