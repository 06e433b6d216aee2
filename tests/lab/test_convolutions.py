"""Convolutions that train fast, held against torch's."""

import pytest
import torch
from torch import Tensor, nn

from dlqa.lab.convolutions import depthwise, pointwise


def with_gradients(result: Tensor, *inputs: Tensor) -> list[Tensor]:
    upstream = torch.randn(result.shape, generator=torch.Generator().manual_seed(1))
    return [result, *torch.autograd.grad(result, inputs, upstream)]


def drawn(*shape: int) -> Tensor:
    values = torch.randn(shape, generator=torch.Generator().manual_seed(0), dtype=torch.float32)
    return values.to(memory_format=torch.channels_last).requires_grad_()


def assert_equal(ours: list[Tensor], torchs: list[Tensor]) -> None:
    for one, other in zip(ours, torchs, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-5)


def test_pointwise_is_a_convolution_with_one_pixel() -> None:
    images, weight, bias = drawn(3, 5, 4, 7), drawn(6, 5, 1, 1), torch.arange(6.0).requires_grad_()
    assert_equal(
        with_gradients(pointwise(images, weight, bias), images, weight, bias),
        with_gradients(nn.functional.conv2d(images, weight, bias), images, weight, bias),
    )


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("kernel", [3, 5])
@pytest.mark.parametrize("size", [(1, 1), (2, 3), (3, 3), (4, 5), (6, 6), (9, 7)])
def test_depthwise_is_a_convolution_of_each_channel(
    size: tuple[int, int], kernel: int, stride: int
) -> None:
    for padding in (kernel // 2, kernel - 1):
        images, weight = drawn(3, 4, *size), drawn(4, 1, kernel, kernel)
        bias = torch.arange(4.0).requires_grad_()
        torchs = nn.functional.conv2d(images, weight, bias, stride, padding, groups=4)
        assert_equal(
            with_gradients(depthwise(images, weight, stride, padding, bias), images, weight, bias),
            with_gradients(torchs, images, weight, bias),
        )


@pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated")  # torch's own
@pytest.mark.parametrize("size", [1, 3, 9])
def test_forward_mode_and_second_derivatives_are_torchs(size: int) -> None:
    images, weight = (
        each.double().detach() for each in (drawn(2, 4, size, size), drawn(4, 1, 3, 3))
    )
    along = images.cos(), weight.cos()

    def ours(images: Tensor, weight: Tensor) -> Tensor:
        return depthwise(images, weight, 1, 1)

    def torchs(images: Tensor, weight: Tensor) -> Tensor:
        return nn.functional.conv2d(images, weight, None, 1, 1, groups=4)

    tangents = [torch.func.jvp(each, (images, weight), along)[1] for each in (ours, torchs)]
    torch.testing.assert_close(*tangents)
    mapped = torch.func.vmap(ours, (0, None))(torch.stack((images, -images)), weight)
    torch.testing.assert_close(mapped[1], -torchs(images, weight))
    assert torch.autograd.gradgradcheck(ours, (images.requires_grad_(), weight.requires_grad_()))


def test_a_frozen_kernel_or_image_gets_no_gradient() -> None:
    images, weight = drawn(2, 4, 3, 3), drawn(4, 1, 5, 5)
    depthwise(images.detach(), weight, 1, 2).sum().backward()
    assert weight.grad is not None
    depthwise(images, weight.detach(), 1, 2).sum().backward()
    assert images.grad is not None


def test_a_bias_gets_its_gradient_beside_a_frozen_kernel() -> None:
    images, weight, bias = drawn(2, 4, 3, 3), drawn(4, 1, 5, 5).detach(), torch.zeros(4)
    bias.requires_grad_()
    result = depthwise(images, weight, 1, 2, bias)
    torchs = nn.functional.conv2d(images, weight, bias, 1, 2, groups=4)
    assert_equal(
        with_gradients(result, images, bias),
        with_gradients(torchs, images, bias),
    )
