"""Convolutions of small images on a CPU, several times as fast to train as torch's own.

Axes: N images, C channels, H × W pixels. Both give torch's results but for rounding, and want
memory in channels_last order.
"""

from typing import Any

import torch
from torch import Tensor, nn

from dlqa.lab.arguments import check_count, check_tensor
from dlqa.lab.transforms import transformed


def pointwise(images: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """A 1 × 1 convolution [N, I, H, W] to [N, O, H, W] as one matrix product; weight [O, I, 1, 1].

    torch's convolution rearranges the weights at each call, which costs more than the product where
    images are small.
    """
    _check(images, weight, bias)
    _expect(weight, (weight.shape[0], images.shape[1], 1, 1))
    pixels = images.permute(0, 2, 3, 1)  # [N, H, W, I], no copy in channels_last order
    return nn.functional.linear(pixels, weight.flatten(1), bias).permute(0, 3, 1, 2)


def depthwise(
    images: Tensor, weight: Tensor, stride: int, padding: int, bias: Tensor | None = None
) -> Tensor:
    """Each channel of [N, C, H, W] filtered by its own kernel; weight [C, 1, K, K].

    The gradient by the kernels is summed offset by offset where images are no larger than kernels:
    there torch's own takes up to a hundred times as long. Elsewhere, in forward mode and in second
    derivatives it is torch's.
    """
    _check(images, weight, bias)
    _expect(weight, (images.shape[1], 1, weight.shape[-1], weight.shape[-1]))
    check_count("stride", stride, 1)
    check_count("padding", padding)
    if images.shape[2:] == (1, 1) and weight.shape[-1] == 2 * padding + 1:
        middle = images * weight[:, 0, padding, padding].view(-1, 1, 1)
        return middle if bias is None else middle + bias.view(-1, 1, 1)
    if transformed(images) or transformed(weight) or (bias is not None and transformed(bias)):
        return nn.functional.conv2d(images, weight, bias, stride, padding, groups=len(weight))
    filtered: Tensor = _Depthwise.apply(images, weight, bias, stride, padding)  # type: ignore[no-untyped-call]
    return filtered


def _check(images: Tensor, weight: Tensor, bias: Tensor | None) -> None:
    check_tensor("images", images, "[N, C, H, W]", "floating")
    check_tensor("weight", weight, "[O, I, K, K]", "floating")
    if bias is not None:
        check_tensor("bias", bias, "[O]", "floating")


def _expect(weight: Tensor, expected: tuple[int, ...]) -> None:
    if weight.shape != expected:
        raise ValueError(f"weight has shape {list(weight.shape)}: expected {list(expected)}")


class _Depthwise(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, images: Tensor, weight: Tensor, bias: Tensor | None, stride: int, padding: int
    ) -> Tensor:
        ctx.save_for_backward(images, weight)
        ctx.stride, ctx.padding = stride, padding
        return nn.functional.conv2d(images, weight, bias, stride, padding, groups=len(weight))

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        images, weight = ctx.saved_tensors
        by_image, by_kernel, by_bias = ctx.needs_input_grad[:3]
        small = min(images.shape[2:]) <= weight.shape[-1]
        ours = by_kernel and small and not torch.is_grad_enabled()  # not to be differentiated again
        # Asked for a bias's gradient, torch computes the kernels' with it.
        to_images, to_weight, _ = torch.ops.aten.convolution_backward(
            gradient, images, weight, None, [ctx.stride] * 2, [ctx.padding] * 2, [1, 1],
            False, [0, 0], len(weight), [by_image, by_kernel and not ours, False],
        )  # fmt: skip
        to_bias = gradient.sum((0, 2, 3)) if by_bias else None
        if ours:
            to_weight = _by_kernels(images, gradient, weight.shape[-1], ctx.stride, ctx.padding)
        return to_images, to_weight, to_bias, None, None


def _by_kernels(images: Tensor, gradient: Tensor, size: int, stride: int, padding: int) -> Tensor:
    """The gradient [C, 1, K, K]: at each offset, inputs times the gradient of what they fed."""
    pixels, upstream = images.permute(0, 2, 3, 1), gradient.permute(0, 2, 3, 1)  # [N, H, W, C]
    found = images.new_zeros(size, size, images.shape[1])
    spans = [
        [_span(offset - padding, stride, *lengths) for offset in range(size)]
        for lengths in zip(images.shape[2:], gradient.shape[2:], strict=True)
    ]
    for row, (rows, fed_rows) in enumerate(spans[0]):
        for column, (columns, fed_columns) in enumerate(spans[1]):
            if fed_rows.start < fed_rows.stop and fed_columns.start < fed_columns.stop:
                products = pixels[:, rows, columns] * upstream[:, fed_rows, fed_columns]
                torch.sum(products, (0, 1, 2), out=found[row, column])
    return found.permute(2, 0, 1).unsqueeze(1)


def _span(shift: int, stride: int, inputs: int, outputs: int) -> tuple[slice, slice]:
    """The inputs at i · stride + shift, and the outputs i that they feed, i from 0."""
    first = max(0, -(shift // stride))
    last = max(first, min(outputs, (inputs - 1 - shift) // stride + 1))
    start, stop = first * stride + shift, last * stride + shift
    return slice(max(0, start), max(0, stop), stride), slice(first, last)
