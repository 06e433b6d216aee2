"""IoU and Dice of shapes given pixel by pixel instead of by their corners."""

import torch
from torch import Tensor

from dlqa.lab.arguments import check_count
from dlqa.lab.boxes.corners import check_devices, check_shape, check_values
from dlqa.lab.boxes.overlap import ratio

# Numbers of masks times pixels that one product takes in: 16 MB a side in float32. Counts of one
# product stay below 2**24, up to which float32 is exact.
BLOCK_NUMBERS = 2**22


def mask_iou(masks1: Tensor, masks2: Tensor) -> Tensor:
    """IoU (N, M) in [0, 1], float64, of boolean ``masks1`` (N, H, W) and ``masks2`` (M, H, W).

    Pixels are counted exactly; two empty masks have 0. Raises TypeError for other types (a soft
    mask has no IoU until a threshold makes it boolean), ValueError for other shapes.

    >>> mask = torch.tensor([[[True, True], [False, False]]])
    >>> mask_iou(mask, torch.ones_like(mask)).item()
    0.5
    """
    shared, total = shared_and_total(masks1, masks2)
    return ratio(shared, total - shared)


def mask_dice(masks1: Tensor, masks2: Tensor) -> Tensor:
    """Dice coefficient (N, M) in [0, 1], float64; arguments and errors as for ``mask_iou``."""
    shared, total = shared_and_total(masks1, masks2)
    return ratio(2 * shared, total)


def filled(boxes: Tensor, height: int, width: int) -> Tensor:
    """Masks (N, H, W) of whole-numbered ``boxes`` (N, 4): their pixels [x1, x2) by [y1, y2).

    >>> filled(torch.tensor([[0, 0, 2, 1]]), 2, 3).int().tolist()
    [[[1, 1, 0], [0, 0, 0]]]
    """
    check_shape(boxes, "boxes")
    check_values(boxes, "boxes")
    check_count("height", height, 1)
    check_count("width", width, 1)
    x1, y1, x2, y2 = boxes.T[..., None]  # each (N, 1)
    x, y = (torch.arange(size, device=boxes.device) for size in (width, height))
    across, down = (x >= x1) & (x < x2), (y >= y1) & (y < y2)
    masks: Tensor = down[:, :, None] & across[:, None, :]
    return masks


def shared_and_total(masks1: Tensor, masks2: Tensor) -> tuple[Tensor, Tensor]:
    """Pixels that two masks share, and the sum of the pixels of each, both (N, M) float64."""
    check_masks(masks1, masks2)
    first, second = masks1.flatten(1), masks2.flatten(1)  # (N, H W) and (M, H W)
    shared = torch.zeros(len(first), len(second), dtype=torch.float64, device=first.device)
    step = max(1, BLOCK_NUMBERS // max(1, len(first), len(second)))
    with torch.autocast(first.device.type, enabled=False):  # it would round the counts
        for start in range(0, first.shape[1], step):
            pixels = slice(start, start + step)
            shared = shared + first[:, pixels].float() @ second[:, pixels].float().T
    total = first.sum(1, dtype=torch.float64)[:, None] + second.sum(1, dtype=torch.float64)
    return shared, total


def check_masks(masks1: Tensor, masks2: Tensor) -> None:
    """Raise TypeError or ValueError unless both are boolean masks of one height and width."""
    for name, masks in (("masks1", masks1), ("masks2", masks2)):
        if not isinstance(masks, Tensor) or masks.dtype != torch.bool:
            kind = masks.dtype if isinstance(masks, Tensor) else type(masks).__name__
            raise TypeError(f"{name} is {kind}: expected a tensor of torch.bool")
        if masks.ndim != 3:
            raise ValueError(f"{name} has shape {tuple(masks.shape)}: expected (N, H, W)")
    check_devices(masks1=masks1, masks2=masks2)
    if masks1.shape[1:] != masks2.shape[1:]:
        raise ValueError(
            f"masks1 measure {tuple(masks1.shape[1:])} and masks2 {tuple(masks2.shape[1:])}: "
            "expected one height and width"
        )
