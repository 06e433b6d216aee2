"""Pairwise results in blocks of rows, so that memory stays small and the caches stay warm.

Axes: N boxes of the first set by M of the second. A block is as many whole rows as make up
BLOCK_PAIRS pairs; what is written besides the result is a few buffers of that size.
"""

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from dlqa.lab.arguments import check_flag
from dlqa.lab.boxes.corners import Corners, carries_more, two_tables
from dlqa.lab.threads import own_threads, threads_of_torch

# A block's operations run on one thread, and threads take whole blocks. torch would split each
# operation instead, and all threads would meet a dozen times a block: as fast on idle cores, ten
# times slower where others use them too. Two float32 buffers of 2 MB stay in the caches; a
# formula's temporaries are allocated anew and want to be smaller. An accelerator wants fewer,
# larger launches.
BLOCK_PAIRS = 2**19
FORMULA_BLOCK_PAIRS = 2**17
ACCELERATOR_BLOCK_PAIRS = 2**22
BUFFERED_PAIRS = 2**22  # in all threads' blocks together: two buffers of float32 are 32 MB

Formula = Callable[[Corners, Corners], Tensor]
Kernel = Callable[[Corners, Corners, Tensor, Tensor], None]


def measure(
    formula: Formula,
    boxes1: Tensor,
    boxes2: Tensor,
    *,
    paired: bool,
    inclusive: bool,
    checked: bool,
    out: Tensor | None,
    kernel: Kernel | None = None,
) -> Tensor:
    """Value of ``formula`` for every pair (N, M), or for each pair (N,) where ``paired``.

    With a derivative to keep, or paired, the formula is one broadcast expression. Otherwise it is
    written block by block into ``out``: by ``kernel(first, second, out, scratch)``, with scratch
    (2, rows, columns), where there is a faster way than to evaluate the formula and copy.
    """
    threads = threads_of_torch()
    for name, flag in (("paired", paired), ("inclusive", inclusive), ("checked", checked)):
        check_flag(name, flag)
    first, second = two_tables(boxes1, boxes2, paired=paired, inclusive=inclusive, checked=checked)
    kept = carries_more(boxes1, boxes2)  # which neither in-place operations nor threads do
    if out is not None:
        shape = (len(boxes1),) if paired else (len(boxes1), len(boxes2))
        check_out(out, shape, second, kept=kept)
    if paired or kept:
        result = formula(Corners(*first), Corners(*second))
        return result if out is None else out.copy_(result)
    if out is None:
        out = second.new_empty(len(boxes1), len(boxes2))
    if kernel:
        fill_blocks(kernel, first, second, out, BLOCK_PAIRS, threads)
    else:
        fill_blocks(copying(formula), first, second, out, FORMULA_BLOCK_PAIRS, threads)
    return out


def fill_blocks(
    kernel: Kernel, first: Tensor, second: Tensor, out: Tensor, most: int, threads: int
) -> None:
    """Write ``out`` (N, M) from tables (5, N, 1) and (5, M), at most ``most`` pairs in a block."""
    threads = threads if out.device.type == "cpu" else 1
    most = most if out.device.type == "cpu" else ACCELERATOR_BLOCK_PAIRS
    limit = max(1, min(most, BUFFERED_PAIRS // threads))
    waiting = list(tiles(out, limit))
    threads = min(threads, len(waiting) // 2)  # a pool takes as long to begin as half a block
    queue = iter(waiting)  # shared, so that a thread that is kept waiting does fewer blocks
    inference = torch.is_inference_mode_enabled()  # like no_grad, a setting of each thread's own

    def work() -> None:
        with torch.inference_mode(inference), torch.no_grad():
            buffers = out.new_empty(2, min(limit, out.numel()))
            for rows, columns in queue:
                block = out[rows, columns]
                scratch = buffers[:, : block.numel()].view(2, *block.shape)
                kernel(Corners(*first[:, rows]), Corners(*second[:, columns]), block, scratch)

    if threads <= 1:
        work()
        return
    with own_threads(threads) as pool:
        for done in [pool.submit(work) for _ in range(threads)]:
            done.result()


def tiles(out: Tensor, limit: int) -> Iterator[tuple[slice, slice]]:
    """Slices of rows and columns that cover ``out`` (N, M) with at most ``limit`` pairs in each."""
    width = max(1, min(out.shape[1], limit))
    height = limit // width
    for top in range(0, out.shape[0], height):
        for left in range(0, out.shape[1], width):
            yield slice(top, top + height), slice(left, left + width)


def copying(formula: Formula) -> Kernel:
    """A kernel that evaluates ``formula`` on a block and copies its value."""

    def write(first: Corners, second: Corners, out: Tensor, _scratch: Tensor) -> None:
        out.copy_(formula(first, second))

    return write


def check_out(out: Tensor, shape: tuple[int, ...], like: Tensor, *, kept: bool) -> None:
    """Raise unless ``out`` takes a result of ``shape`` without a cast and without a derivative."""
    if not isinstance(out, Tensor):
        raise TypeError(f"out is a {type(out).__name__}: expected a tensor")
    if kept:
        raise ValueError(
            "out= was given with boxes that require a gradient, or have a tangent or a batch: "
            "expected one of them"
        )
    if out.requires_grad:
        raise ValueError("out requires a gradient: expected a tensor to be written over")
    expected = (shape, like.dtype, like.device)
    given = (tuple(out.shape), out.dtype, out.device)
    if given != expected:
        raise ValueError(f"out is {given}: expected (shape, dtype, device) to be {expected}")
