"""Photos as tensors, and squares cut out of them.

Axes: C channels, H × W pixels; floats from 0 to 1.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dlqa.lab.arguments import check_count, check_kind, check_tensor


def photo(array: NDArray[np.uint8], short_side: int) -> Tensor:
    """A photo [H, W] or [H, W, C] of bytes as [3, H, W], shrunk to so many pixels on its short side."""
    check_kind("array", array, np.ndarray, "a photo [H, W] or [H, W, C] of bytes")
    if array.dtype != np.uint8 or array.ndim not in (2, 3):
        given = f"{array.dtype} {list(array.shape)}"
        raise ValueError(f"array is {given}: expected a photo [H, W] or [H, W, C] of bytes")
    check_count("short_side", short_side, 1)
    if array.ndim == 2:
        array = np.stack([array] * 3, -1)
    image = torch.from_numpy(np.array(array[..., :3])).float().div(255).permute(2, 0, 1)[None]
    scale = short_side / min(image.shape[2:])
    sides = [round(length * scale) for length in image.shape[2:]]
    shrunk = nn.functional.interpolate(image, sides, mode="bilinear", antialias=True)
    return shrunk[0].clamp(0, 1)


def window(image: Tensor, length: int, generator: torch.Generator) -> Tensor:
    """A square of an image [C, H, W], its place drawn."""
    check_tensor("image", image, "[C, H, W]")
    check_count("length", length, 1, min(image.shape[1:]))
    check_kind("generator", generator, torch.Generator, "a torch.Generator")
    top, left = (
        int(torch.randint(0, whole - length + 1, (), device=generator.device, generator=generator))
        for whole in image.shape[1:]
    )
    return image[:, top : top + length, left : left + length]


def middle(image: Tensor) -> Tensor:
    """The largest square in the middle of an image [C, H, W]."""
    check_tensor("image", image, "[C, H, W]")
    length = min(image.shape[1:])
    top, left = ((whole - length) // 2 for whole in image.shape[1:])
    return image[:, top : top + length, left : left + length]


def resized(squares: Tensor, side: int) -> Tensor:
    """Squares [N, C, H, H] with so many pixels on a side."""
    check_tensor("squares", squares, "[N, C, H, H]", "floating")
    check_count("side", side, 1)
    if squares.shape[-1] != side:
        sides = (side, side)
        squares = nn.functional.interpolate(squares, sides, mode="bilinear", antialias=True)
    return squares.clamp(0, 1)
