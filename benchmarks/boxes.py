"""What pairwise IoU costs in time and memory, beside the peers a reader might use instead.

Every contender runs once per round, in turn, so that a busy machine is busy for all; medians
are shown. ``python -m benchmarks.boxes`` from the repository's root; ``--boxes``,
``--rounds`` and ``--threads``.
"""

import argparse
import importlib.metadata
import os
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor

from dlqa.lab.boxes import iou

Contender = Callable[[Tensor, Tensor], object]
SIZES = (1_000, 2_000, 5_000, 10_000, 20_000)
# A fixed bar each, see the project's issue on question 55.
LEAST_SPEEDUP, MOST_WRITES, MOST_MEGABYTES = 10, 2.5, 64


def write_once(boxes1: Tensor, boxes2: Tensor) -> Tensor:
    """The bound: a fresh result of this size, filled."""
    return torch.empty(len(boxes1), len(boxes2)).fill_(1)


def ours(boxes1: Tensor, boxes2: Tensor) -> Tensor:
    return iou(boxes1, boxes2)


def torchvisions(boxes1: Tensor, boxes2: Tensor) -> Tensor:
    """The arithmetic of torchvision 0.2x's box_iou: whole (N, M, 2) arrays, one after another."""
    areas = [(b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]) for b in (boxes1, boxes2)]
    start = torch.max(boxes1[:, None, :2], boxes2[:, :2])
    end = torch.min(boxes1[:, None, 2:], boxes2[:, 2:])
    sides = (end - start).clamp(min=0)
    shared = sides[..., 0] * sides[..., 1]
    return shared / (areas[0][:, None] + areas[1] - shared)


def compiled() -> Contender:
    return torch.compile(torchvisions, dynamic=False)


def numbas() -> Contender:
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


def pycocotools() -> Contender:
    from pycocotools import mask

    def measure(boxes1: Tensor, boxes2: Tensor) -> object:
        sides = [torch.cat((b[:, :2], b[:, 2:] - b[:, :2]), 1).double() for b in (boxes1, boxes2)]
        return mask.iou(sides[0].numpy(), sides[1].numpy(), [0] * len(boxes2))

    return measure


def supervisions() -> Contender:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that OpenCV is missing, which IoU does not use
        import supervision

    return lambda boxes1, boxes2: supervision.box_iou_batch(boxes1.numpy(), boxes2.numpy())


CONTENDERS: dict[str, Callable[[], Contender]] = {
    "write once": lambda: write_once,
    "dlqa": lambda: ours,
    "torchvision's arithmetic": lambda: torchvisions,
    "torch.compile": compiled,
    "numba": numbas,
    "pycocotools": pycocotools,
    "supervision": supervisions,
}


def boxes_on_image(count: int, seed: int) -> Tensor:
    """Boxes (count, 4) with sides of 1 to 101 pixels on an image of 1000, float32."""
    generator = torch.Generator().manual_seed(seed)
    start = 900 * torch.rand(count, 2, generator=generator)
    return torch.cat((start, start + 1 + 100 * torch.rand(count, 2, generator=generator)), 1)


def seconds(contender: Contender, *boxes: Tensor) -> float:
    """Wall time of one call, without freeing the result."""
    begin = time.perf_counter()
    result = contender(*boxes)
    taken = time.perf_counter() - begin
    del result
    return taken


def alternating(contenders: dict[str, Contender], count: int, rounds: int) -> dict[str, Tensor]:
    """Seconds (rounds,) of each on count x count boxes, all in turn in each round, after a first.

    Contenders of one round meet the same neighbours on the machine: compare round by round.
    """
    boxes = boxes_on_image(count, 0), boxes_on_image(count, 1)
    runs = [{name: seconds(c, *boxes) for name, c in contenders.items()} for _ in range(rounds + 1)]
    return {name: torch.tensor([run[name] for run in runs[1:]]) for name in contenders}


def peak_megabytes(name: str, count: int) -> float:
    """Memory at its highest beyond the inputs, the result included, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.boxes", "--peak", name, "--boxes", str(count)]
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


def installed() -> dict[str, Contender]:
    """Contenders whose package is there; says which are not."""
    found = {}
    for name, load in CONTENDERS.items():
        try:
            found[name] = load()
        except ImportError:
            print(f"{name}: not installed")
    return found


def version(name: str) -> str:
    package = name if name in ("numba", "pycocotools", "supervision") else "torch"
    return f"{package} {importlib.metadata.version(package)}"


def compare(count: int, rounds: int) -> None:
    """Print every contender's time and memory on count x count boxes, then the bars."""
    contenders = installed()
    taken = alternating(contenders, count, rounds)
    result = 4 * count**2 / 1e6
    print(
        f"{count:,} x {count:,} float32, a result of {result:,.0f} MB, medians of {rounds} rounds"
    )
    memory = {}
    for name in contenders:
        memory[name] = peak_megabytes(name, count) - result
        print(
            f"{name:>26} {1000 * taken[name].median():8.0f} ms {slower(taken, name, 'dlqa'):7.2f} x "
            f"dlqa {memory[name]:8.0f} MB beyond a float32 result   {version(name)}"
        )
    speedup = slower(taken, "torchvision's arithmetic", "dlqa")
    writes = slower(taken, "dlqa", "write once")
    bar(
        f"{speedup:.1f} x torchvision's arithmetic", speedup >= LEAST_SPEEDUP, f">= {LEAST_SPEEDUP}"
    )
    bar(f"{writes:.2f} x writing once", writes <= MOST_WRITES, f"<= {MOST_WRITES}")
    extra = memory["dlqa"]
    bar(f"{extra:.0f} MB beyond the result", extra <= MOST_MEGABYTES, f"<= {MOST_MEGABYTES}")


def slower(taken: dict[str, Tensor], one: str, other: str) -> float:
    """Median over rounds of how many times as long one took as the other."""
    return float((taken[one] / taken[other]).median())


def bar(measured: str, met: bool, wanted: str) -> None:
    print(f"{measured}: {'met' if met else 'NOT MET'} ({wanted})")


def compare_own_output(count: int, rounds: int) -> None:
    """Print what is left where the caller's own memory, already paged in, takes the result."""
    own = torch.ones(count, count)
    contenders: dict[str, Contender] = {
        "write once": lambda *_: own.fill_(1),
        "dlqa": lambda a, b: iou(a, b, out=own),
        "dlqa, unchecked": lambda a, b: iou(a, b, checked=False, out=own),
    }
    print("Into the caller's own output:")
    for name, taken in alternating(contenders, count, rounds).items():
        print(f"{name:>26} {1000 * taken.median():8.0f} ms")


def compare_sizes(rounds: int) -> None:
    """Print time and memory per pair from 1k to 20k boxes a side."""
    print("Per pair, result included:")
    for count in SIZES:
        taken = float(alternating({"dlqa": ours}, count, rounds)["dlqa"].median())
        memory = peak_megabytes("dlqa", count)
        print(
            f"{count:>26,} {1e9 * taken / count**2:8.2f} ns {1e6 * memory / count**2:8.2f} bytes "
            f"({memory - 4 * count**2 / 1e6:.0f} MB beyond the result)"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--boxes", type=int, default=10_000, help="boxes on either side")
    parser.add_argument("--rounds", type=int, default=7, help="timed rounds of every contender")
    parser.add_argument("--peak", choices=CONTENDERS, help="print one contender's memory only")
    parser.add_argument("--threads", type=int, help="threads for torch and numba; all by default")
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    if options.peak:
        print_peak(options.peak, options.boxes)
        return
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    print(f"{torch.get_num_threads()} threads of {os.cpu_count()} cores, load before {load}")
    compare(options.boxes, options.rounds)
    compare_own_output(options.boxes, options.rounds)
    compare_sizes(options.rounds)


if __name__ == "__main__":
    main()
